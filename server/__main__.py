"""`python -m osm2cdr.server`: the supervisor, which starts all the rest. Settings come from the environment."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import socket
import sys

from .logs import set_up
from .quickstart import quick_start
from .settings import Settings, SettingsError, from_environment
from .store.database import SchemaError
from .supervisor import Supervisor

_BACKLOG = 512


def listen(settings: Settings) -> socket.socket:
    """The socket of the settings' address; raises SettingsError where it is taken."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError as error:
        where = f"{settings.host}:{settings.port}"
        raise SettingsError(
            f"{where} cannot be listened at ({error.strerror}); name another in OSM2CDR_HOST and OSM2CDR_PORT."
        ) from error
    listener.listen(_BACKLOG)
    return listener


def main() -> int:
    """0 where it was told to stop, 2 where it cannot begin."""
    try:
        settings = from_environment()
        set_up(settings.log_level)
        with listen(settings) as listener:
            port = listener.getsockname()[1]

            def greet() -> None:
                print(quick_start(settings, port), flush=True)

            Supervisor(settings, listener, greet if "--quick-start" in sys.argv else None).run()
    except (SettingsError, SchemaError) as error:
        print(f"osm2cdr: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
