"""A disk as small as a test wants it, which it can fill and empty while programs use it."""

import contextlib
import os
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest


def flags():
    """Of unshare: root may mount, others may in a user namespace of their own."""
    return "-m" if os.geteuid() == 0 else "-Urm"


def mounted(folder, options):
    """The flags of unshare and the command that mount a small disk at `folder`, tried once; skips where none can be."""
    mount = f"mount -t tmpfs -o {options} none {shlex.quote(str(folder))}"
    if subprocess.run(["unshare", flags(), "sh", "-c", mount], capture_output=True, check=False).returncode:
        assert not os.environ.get("CI"), "no small disk can be mounted here"
        pytest.skip("no small disk can be mounted here")
    return flags(), mount


def read_only(folder):
    """What stands before a command to which `folder` is read-only, tried once; skips where nothing can be mounted."""
    place = shlex.quote(str(folder))
    mount = f"mount --bind {place} {place} && mount -o remount,bind,ro {place}"
    command = ["unshare", flags(), "sh", "-c", f'{mount} && cd / && exec "$@"', "sh"]
    tried = subprocess.run([*command, "touch", folder / "tried"], capture_output=True, text=True, check=False)
    if "Read-only" not in tried.stderr:
        assert not os.environ.get("CI"), tried.stderr
        pytest.skip("no folder can be mounted read-only here")
    return command


class SmallDisk:
    """Mounted at `folder` for those programs alone that are started with `within` before their command."""

    def __init__(self, folder, megabytes):
        folder.mkdir(exist_ok=True)
        unshare, mount = mounted(folder, f"size={megabytes}m")
        self.folder = folder
        self._holder = subprocess.Popen(
            ["unshare", unshare, "sh", "-c", f"{mount} && echo mounted && exec sleep infinity"],
            stdout=subprocess.PIPE, start_new_session=True,
        )  # fmt: skip
        assert self._holder.stdout.readline() == b"mounted\n"
        pid = str(self._holder.pid)
        users = [] if os.geteuid() == 0 else ["-U", "--preserve-credentials"]
        # The root too: these tests may run in another one than that of the mounts.
        self.within = ["nsenter", "-m", "-r", "-w", *users, "-t", pid]
        # The same folder, seen from here.
        self.seen = Path(f"/proc/{pid}/root{folder}")
        self._ballast = self.seen / "ballast"

    def fill(self, left=0):
        """Until only `left` bytes are free."""
        with self._ballast.open("ab") as file:
            # Whoever writes at the same time may take what was counted.
            while (more := shutil.disk_usage(self.seen).free - left) > 0:
                with contextlib.suppress(OSError):
                    os.posix_fallocate(file.fileno(), file.tell(), more)
                file.seek(0, os.SEEK_END)

    def empty(self):
        """There is room again."""
        self._ballast.unlink(missing_ok=True)

    def close(self):
        self._holder.kill()
        self._holder.wait()
        self._holder.stdout.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
