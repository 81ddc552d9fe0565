"""What a job tries whose parser a malicious file has taken over."""

import contextlib
import ctypes
import os
import subprocess
from pathlib import Path

_LIBRARY = ctypes.CDLL(None, use_errno=True)
_ATTACH, _DETACH = 16, 17


def _opens(path, mode="rb"):
    """Whether a byte of it can be read or written."""
    try:
        with open(path, mode) as file:
            return bool(file.read(1)) if mode == "rb" else file.write(b"x") == 1
    except OSError:
        return False


def _comes_at(path):
    """Whether it can be opened at all: of a process's memory the first byte is nobody's."""
    try:
        os.close(os.open(path, os.O_RDONLY))
    except OSError:
        return False
    return True


def _lists(path):
    try:
        return bool(os.listdir(path))
    except OSError:
        return False


def _attaches(pid):
    done = _LIBRARY.ptrace(_ATTACH, pid, 0, 0) == 0
    if done:
        os.waitpid(pid, 0)
        _LIBRARY.ptrace(_DETACH, pid, 0, 0)
    return done


def _kills(pid):
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True


def _processes():
    """The server's, and those of other jobs, by what they are called here: the parent of the jobs is the first."""
    parent, above = os.getppid(), {}
    for name in os.listdir("/proc"):
        with contextlib.suppress(OSError, ValueError):
            status = Path(f"/proc/{int(name)}/status").read_text()
            # Of one that has ended nothing is left to be seen.
            if "\nState:\tZ" not in status:
                above[int(name)] = int(status.split("PPid:")[1].split()[0])
    supervisor = above[parent]
    others = {f"child {pid}": pid for pid, its in above.items() if its in (parent, supervisor)}
    found = {"parent": parent, "supervisor": supervisor, **others}
    return {name: pid for name, pid in found.items() if pid != os.getpid() and (name == "parent" or pid != parent)}


def _leads_to(data, folder):
    """Descriptors that came along from the parent and are of the server's folder."""
    found = []
    for name in os.listdir("/proc/self/fd"):
        try:
            target = os.readlink(f"/proc/self/fd/{name}")
        except OSError:
            continue
        if target.startswith(f"{data}/") and not target.startswith(f"{folder}/"):
            found.append(target)
    return found


def break_in(folder):
    """What it got, and whom it is; every list and every False is as it should be."""
    data = folder.parent.parent
    goods = [data / "secret", *data.glob("osm2cdr.sqlite*"), data / "sources.json", data / "lock"]
    # What others have there, and how it is called, is told to it.
    told = Path(data.parent / "known").read_text().splitlines() if Path(data.parent / "known").exists() else []
    names = [*map(str, (data / "secret", data / "osm2cdr.sqlite", data / "osm2cdr.sqlite-wal")), *told]
    link = folder / "link"
    link.symlink_to(data / "secret")
    got = {f"read {path}": _opens(path) for path in {*map(str, goods), *names, str(link)}}
    got |= {f"write {path}": _opens(path, "r+b") for path in names}
    got[f"list {data}"] = _lists(data)
    got["list blobs"] = _lists(data / "blobs")
    got["list work"] = _lists(data / "work")
    got["make a file there"] = _opens(data / "new", "wb")
    got["make a file elsewhere"] = _opens(data.parent / "new", "wb")
    processes = _processes()
    for name, pid in processes.items():
        for what in ("mem", "environ", "maps"):
            got[f"{what} of the {name}"] = _comes_at(f"/proc/{pid}/{what}")
        got[f"root of the {name}"] = _opens(f"/proc/{pid}/root{data / 'secret'}")
        got[f"ptrace the {name}"] = _attaches(pid)
    got["descriptors"] = _leads_to(data, folder)
    other = subprocess.run(["/bin/cat", data / "secret"], capture_output=True, check=False)
    got["another program"] = other.returncode == 0
    try:
        os.link(data / "secret", folder / "hard")
        got["link"] = True
    except OSError:
        got["link"] = False
    status = dict(line.split(":\t", 1) for line in Path("/proc/self/status").read_text().splitlines() if ":\t" in line)
    return {
        "got": sorted(name for name, what in got.items() if what), "no_new_privs": status["NoNewPrivs"],
        "user": os.geteuid(), "rights": status["CapEff"], "groups": os.getgroups(),
        "signals": sorted(name for name, pid in processes.items() if _kills(pid)),
        "seen": len(processes), "known": len(told),
    }  # fmt: skip


def planted(path, what, data):
    """In the place of a result: a link to the secret, a pipe, or a link to its folder."""
    path.unlink()
    if what == "link":
        path.symlink_to(data / "secret")
    elif what == "pipe":
        os.mkfifo(path)
    elif what == "folder":
        path.parent.rmdir()
        path.parent.symlink_to(data)
        # With the name that the server will look for.
    elif what == "report":
        path.write_text("x")
        report = path.parent.parent / "report.jsonl"
        report.unlink()
        report.symlink_to(data / "secret")
