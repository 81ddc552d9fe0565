"""A PostgreSQL with PostGIS and a MariaDB of the tests' own, on sockets in folders of theirs, started when asked for.

Each lives until the tests end, or die; data are not kept.
"""

import atexit
import functools
import getpass
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

PATIENCE = 600


def found(pattern):
    """The newest of Debian's programs of that name."""
    programs = sorted(Path("/usr").glob(pattern), key=lambda path: [int(p) if p.isdigit() else 0 for p in path.parts])
    assert programs, f"/usr/{pattern} is not there: .ci/setup installs it"
    return str(programs[-1])


class Server:
    """A program in the background, which goes with the tests; root lets it run as the user that Debian has for it."""

    def __init__(self, user):
        self.user = user if os.geteuid() == 0 else ""
        self.folder = Path(tempfile.mkdtemp(prefix="osm2cdr-", dir="/tmp"))
        self.folder.chmod(0o755)
        if self.user:
            shutil.chown(self.folder, self.user, self.user)
        self.process = None
        atexit.register(self.stop)

    def as_user(self, *command):
        """A command as the server's user has it."""
        change = ["--reuid", self.user, "--regid", self.user, "--clear-groups"] if self.user else []
        return ["setpriv", *change, "--pdeathsig", "KILL", *command]

    def run(self, *command):
        """What it prints; its own complaint where it fails."""
        done = subprocess.run(self.as_user(*command), cwd="/", capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def start(self, command, ready):
        """Begin, and wait until `ready()`."""
        log = (self.folder / "log").open("wb")
        self.process = subprocess.Popen(self.as_user(*command), cwd="/", stdout=log, stderr=log)
        end = time.monotonic() + PATIENCE
        while not ready():
            assert self.process.poll() is None, (self.folder / "log").read_text()[-2000:]
            assert time.monotonic() < end
            time.sleep(0.05)

    def stop(self):
        """End it, and leave nothing."""
        if self.process is not None:
            self.process.send_signal(signal.SIGQUIT if self.user == "postgres" else signal.SIGKILL)
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


class Postgres(Server):
    """PostgreSQL; a database called `spatial` has PostGIS already, to be copied."""

    def __init__(self):
        super().__init__("postgres")
        data, self.owner = self.folder / "data", self.user or getpass.getuser()
        initdb, server = found("lib/postgresql/*/bin/initdb"), found("lib/postgresql/*/bin/postgres")
        self.run(
            initdb, "-D", str(data), "-A", "trust", "-U", self.owner, "--no-sync", "-E", "UTF8", "--locale=C.UTF-8"
        )
        settings = {
            "unix_socket_directories": self.folder,
            "listen_addresses": "",
            "fsync": "off",
            "full_page_writes": "off",
        }
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        self.start([server, "-D", str(data), *options], lambda: self._try("SELECT 1"))
        self.query("postgres", "CREATE DATABASE spatial")
        self.query("spatial", "CREATE EXTENSION postgis")

    def _try(self, statement):
        done = subprocess.run(self._psql("postgres", "-c", statement), capture_output=True, check=False)
        return done.returncode == 0

    def _psql(self, database, *more):
        return [
            "psql",
            "-X",
            "-q",
            "-At",
            "-v",
            "ON_ERROR_STOP=1",
            "-h",
            str(self.folder),
            "-U",
            self.owner,
            "-d",
            database,
            *more,
        ]

    def query(self, database, statement):
        """What a statement answers, a line a row."""
        done = subprocess.run(self._psql(database, "-c", statement), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def load(self, path, template="spatial"):
        """A new database, into which psql loads a file; the name of it."""
        name = f"d{time.monotonic_ns()}"
        self.query("postgres", f"CREATE DATABASE {name} TEMPLATE {template}")
        assert self.load_into(name, path) == (0, "")
        return name

    def load_into(self, name, path):
        """The exit code of psql and its complaints."""
        done = subprocess.run(self._psql(name, "-f", str(path)), capture_output=True, text=True, check=False)
        return done.returncode, done.stderr[-2000:]


class MariaDB(Server):
    """MariaDB."""

    def __init__(self):
        super().__init__("mysql")
        data, self.socket = self.folder / "data", self.folder / "socket"
        user = [f"--user={self.user}"] if self.user else []
        install = ["mariadb-install-db", "--no-defaults", f"--datadir={data}", "--skip-test-db", *user]
        self.run(*install, "--auth-root-authentication-method=normal")
        server = found("sbin/mariadbd")
        options = [
            "--skip-networking",
            "--innodb-flush-log-at-trx-commit=0",
            f"--socket={self.socket}",
            f"--pid-file={self.folder}/pid",
        ]
        self.start([server, "--no-defaults", f"--datadir={data}", *options, *user], lambda: self._try("SELECT 1"))

    def _client(self, *more):
        return [
            "mariadb",
            "--no-defaults",
            "-u",
            "root",
            "-N",
            "-B",
            "-r",
            f"--socket={self.socket}",
            "--default-character-set=utf8mb4",
            *more,
        ]

    def _try(self, statement):
        return subprocess.run(self._client("-e", statement), capture_output=True, check=False).returncode == 0

    def query(self, database, statement):
        """What a statement answers, a line a row."""
        done = subprocess.run(
            self._client("-D", database, "-e", statement), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def load(self, path):
        """A new database, into which the client loads a file as people do; the name of it."""
        name = f"d{time.monotonic_ns()}"
        self.query("mysql", f"CREATE DATABASE {name} CHARACTER SET latin1")
        with path.open("rb") as file:
            done = subprocess.run(self._client("-D", name), stdin=file, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, ""), done.stderr[-2000:]
        return name


@functools.cache
def postgres():
    """The one of this run."""
    return Postgres()


@functools.cache
def mariadb():
    """The one of this run."""
    return MariaDB()
