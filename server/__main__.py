"""`python -m osm2cdr.server`: the supervisor, which starts all the rest. Settings come from the environment."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import contextlib
import errno
import logging
import os
import socket
import sys
import time

from .logs import set_up
from .provider_settings import PROVIDER_SECRETS
from .quickstart import quick_start
from .settings import BACKLOG, MAIL_SECRET, Settings, SettingsError, from_environment
from .store.errors import StoreError, StoreUnusableError
from .workers.data_folder import alone
from .workers.supervisor import Supervisor

_TAKEN_SECONDS, _PAUSE = 3.0, 0.05


def listen(settings: Settings) -> socket.socket:
    """The socket of the settings' address; raises SettingsError where it is taken."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    deadline = time.monotonic() + _TAKEN_SECONDS
    while True:
        try:
            listener.bind((settings.host, settings.port))
            listener.listen(BACKLOG)
            return listener
        except OSError as error:
            # Web processes of a supervisor that was killed have it for a moment more.
            if error.errno == errno.EADDRINUSE and time.monotonic() < deadline:
                time.sleep(_PAUSE)
                continue
            where = f"{settings.host}:{settings.port}"
            raise SettingsError(
                f"{where} cannot be listened at ({error.strerror}); name another in OSM2CDR_HOST and OSM2CDR_PORT."
            ) from error


def main() -> int:
    """0 where it was told to stop, 1 where its folder cannot be used just now, 2 where it cannot begin."""
    # Its database and files are its own, in whatever folder.
    os.umask(0o077)
    try:
        settings = from_environment()
        # The web processes alone get it: of what jobs start, nothing.
        for name in (MAIL_SECRET, *PROVIDER_SECRETS):
            os.environ.pop(name, None)
        set_up(settings.log_level)
        with alone(settings.data), listen(settings) as listener:
            port = listener.getsockname()[1]

            def greet() -> None:
                with contextlib.suppress(OSError):
                    print(quick_start(settings, port), flush=True)

            Supervisor(settings, listener, greet if "--quick-start" in sys.argv else None).run()
    except (SettingsError, StoreUnusableError) as error:
        print(f"osm2cdr: {error}", file=sys.stderr)
        return 2
    except (OSError, StoreError) as error:
        logging.getLogger("osm2cdr").error("start", exc_info=True)
        print(f"osm2cdr: {settings.data} cannot be written to ({error}); make room there, or name another folder in "
              "OSM2CDR_DATA.", file=sys.stderr)  # fmt: skip
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
