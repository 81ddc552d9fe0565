"""The server with another engine: its parent loads no QGIS, its jobs do what their names say (see BODIES)."""

import ctypes
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

BIG = 1 << 20


def good(folder, parameters):
    """A file for each format, each another one."""
    from osm2cdr.processing_provider.pipeline import events

    files = folder / "files"
    files.mkdir()
    for name in parameters["FORMATS"].split(","):
        path = files / f"{name}.{name}"
        path.write_text(f'{{"features": ["{folder.name}", "{name}"]}}', encoding="utf-8")
        events.emit(events.Made(name, str(path), path.stat().st_size, 1))
    events.emit(events.End(ok=True))
    return 0


def tell(text):
    """The test finds it among the warnings of each file."""
    from osm2cdr.processing_provider.pipeline import events

    events.emit(events.Warned("told", text))


def gossip(folder, parameters):
    """As GDAL tells of files: by their whole paths."""
    tell(f"{folder}/files/map.gpkg was written twice.")
    return good(folder, parameters)


def blabber(folder, parameters):
    """The same where it fails."""
    from osm2cdr.processing_provider.pipeline import events

    events.emit(events.Failed("write_failed", "", f"{folder}/files/map.gpkg could not be opened."))
    events.emit(events.End(ok=False))
    return 0


def nap(folder, parameters):
    """A while, told of as the algorithm does, then good."""
    from osm2cdr.processing_provider.pipeline import events

    for percent in range(0, 100, 10):
        events.emit(events.Progress(percent, "nap", "sleeping"))
        time.sleep(0.1)
    return good(folder, parameters)


def wait(folder, parameters):
    """Until the test says so, then good."""
    while not Path(os.environ["OSM2CDR_STUB_GO"]).exists():
        time.sleep(0.02)
    return good(folder, parameters)


def eat(folder, parameters):
    """Memory, without an end."""
    taken = []
    while True:
        taken.append(bytearray(b"x") * (8 * BIG))
        time.sleep(0.005)


def eat_by_forks(folder, parameters):
    """Less than the limit in each of four processes, more than it in all of them, in sessions of their own."""
    for _ in range(4):
        if os.fork() == 0:
            os.setsid()
            taken = bytearray(b"x") * (100 * BIG)
            time.sleep(600)
            return len(taken)
    time.sleep(600)
    return 0


def eat_at_once(folder, parameters):
    """More than there can be: refused, as QGIS's own exception handlers tell it."""
    from osm2cdr.processing_provider.errors import unexpected
    from osm2cdr.processing_provider.pipeline import events

    try:
        return len(bytearray(1 << 50))
    except MemoryError:
        fault = unexpected()
        events.emit(events.Failed(fault.code, "", fault.text))
        events.emit(events.End(ok=False))
    return 0


def throw(folder, parameters):
    """As C++ ends where memory was refused and nobody caught it."""
    os.write(2, b"terminate called after throwing an instance of 'std::bad_alloc'\n")
    os.abort()


def spin(folder, parameters):
    """Every processor, without an end."""
    for _ in range(os.cpu_count() or 1):
        if os.fork() == 0:
            while True:
                pass
    while True:
        pass


def toil(folder, parameters):
    """The same with rests: what is ended by the clock need not heat the machine until then."""
    for _ in range(os.cpu_count() or 1):
        if os.fork() == 0:
            break
    while True:
        until = time.thread_time() + 0.005
        while time.thread_time() < until:
            pass
        time.sleep(0.04)


def sleep(folder, parameters):
    """Nothing, for a long time."""
    time.sleep(600)


def deaf(folder, parameters):
    """Nothing, and does not hear when told to end."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True:
        time.sleep(600)


def deadlock(folder, parameters):
    """Waits for itself."""
    lock = threading.Lock()
    with lock, lock:
        pass


def segfault(folder, parameters):
    """Reads what is nobody's."""
    ctypes.string_at(0)


def big(folder, parameters):
    """One file without an end."""
    with (folder / "big").open("wb") as file:
        while True:
            file.write(bytes(BIG))


def stray(folder, parameters):
    """Good, but leaves processes in sessions of their own: one that forked, one that is another program."""
    keep = {**os.environ, "STRAY": folder.name}
    program = subprocess.Popen(["/bin/sleep", "600"], start_new_session=True, env=keep)
    left, right = os.pipe()
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.write(right, str(os.getpid()).encode())
            os.close(right)
            time.sleep(600)
        os._exit(0)
    os.close(right)
    forked = os.read(left, 20).decode()
    # For the test, which looks whether they still are.
    tell(f"{program.pid} {forked}")
    return good(folder, parameters)


def half(folder, parameters):
    """Tells of its first file, and is killed."""
    from osm2cdr.processing_provider.pipeline import events

    events.emit(events.Made("svg", str(folder / "files" / "svg.svg"), 1, 1))
    os.kill(os.getpid(), signal.SIGKILL)


def burglar(folder, parameters):
    """Tries to get at what is the server's, and tells what it got."""
    from stub_burglar import break_in

    tell(json.dumps(break_in(folder)))
    return good(folder, parameters)


def planter(folder, parameters):
    """Puts something else in the place of its result: the TITLE says what."""
    from stub_burglar import planted

    done = good(folder, parameters)
    planted(folder / "files" / "svg.svg", parameters["TITLE"], folder.parent.parent)
    return done


BODIES = {
    body.__name__: body
    for body in (
        good, gossip, blabber, nap, wait, eat, eat_by_forks, eat_at_once, throw, spin, toil, sleep, deaf, deadlock,
        segfault, big, stray, half, burglar, planter,
    )
}  # fmt: skip
# Of who gives no name, as the house's own jobs.
BODIES["map"] = good


def run(folder, parameters):
    """The body that the job names."""
    if "REQUEST" in parameters:
        asked = json.loads(parameters["REQUEST"])
        words = {"NAME": asked["name"], "FORMATS": ",".join(asked["formats"]), "TITLE": asked["title"]}
        parameters = {**parameters, **words}
    return BODIES[parameters.get("NAME", "good")](folder, parameters)


def without_landlock():
    """As a kernel says that has no such call."""
    from osm2cdr.server.workers import landlock

    landlock._CREATE = 100_000


def command(settings):
    """How the parent of such jobs is started."""
    return [sys.executable, str(Path(__file__).resolve()), "parent"]


def main():
    """The parent, or the server."""
    if os.environ.get("OSM2CDR_STUB_OLD_KERNEL"):
        without_landlock()
    if sys.argv[1:2] == ["parent"]:
        sys.path.append(str(Path(__file__).resolve().parent))
        from osm2cdr.server.workers.fork import parent

        parent.main("stub", run)
        return 0
    if os.environ.get("OSM2CDR_STUB_TIMES"):
        import stub_times

        stub_times.begin(os.environ["OSM2CDR_STUB_TIMES"])
    from osm2cdr.server import __main__ as server
    from osm2cdr.server import web_processes
    from osm2cdr.server.workers.fork import parent_client

    held = os.environ.get("OSM2CDR_STUB_START")
    if held:
        # Its database takes as long as the test says.
        from osm2cdr.server import starting
        from osm2cdr.server.store.opening import Store

        starting.PATIENCE_SECONDS, prepare = 0.1, Store.prepare

        def preparing(*given, **more):
            while not Path(held).exists():
                time.sleep(0.02)
            return prepare(*given, **more)

        Store.prepare = preparing
    clock, real = os.environ.get("OSM2CDR_STUB_CLOCK"), time.time
    if clock:
        # The supervisor's wall clock is so many seconds off.
        time.time = lambda: real() + float(Path(clock).read_text())

    parent_client._command = command
    # By the module's name among its words others know it.
    web = str(Path(__file__).resolve().with_name("stub_web.py"))
    web_processes._command = lambda: [sys.executable, web, "osm2cdr.server.web"]
    return server.main()


if __name__ == "__main__":
    sys.exit(main())
