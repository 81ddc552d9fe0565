"""What a job tries whose parser a malicious file has taken over."""

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


def _parents():
    """The parent of the jobs, and the supervisor."""
    parent = os.getppid()
    status = Path(f"/proc/{parent}/status").read_text()
    return parent, int(status.split("PPid:")[1].split()[0])


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
    names = [str(path) for path in (data / "secret", data / "osm2cdr.sqlite", data / "osm2cdr.sqlite-wal")]
    link = folder / "link"
    link.symlink_to(data / "secret")
    got = {f"read {path}": _opens(path) for path in {*map(str, goods), *names, str(link)}}
    got |= {f"write {path}": _opens(path, "r+b") for path in names}
    got[f"list {data}"] = _lists(data)
    got["list blobs"] = _lists(data / "blobs")
    got["list work"] = _lists(data / "work")
    got["make a file there"] = _opens(data / "new", "wb")
    got["make a file elsewhere"] = _opens(data.parent / "new", "wb")
    for name, pid in zip(("parent", "supervisor"), _parents()):
        for what in ("mem", "environ", "maps"):
            got[f"{what} of the {name}"] = _opens(f"/proc/{pid}/{what}")
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
        "user": os.geteuid(), "rights": status["CapEff"], "signals": _kills(_parents()[0]),
        "groups": os.getgroups(),
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
