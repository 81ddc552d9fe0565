"""What a server says when it is ready: its address, a key on the first start, and a call that works."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
import os
import re
import shlex
import time
from contextlib import closing
from pathlib import Path
from string import Template

from .settings import CHECKOUT, Settings
from .sources import Source, Sources, inward
from .store.opening import open_store
from .workers.density import load

PROGRAM = Path(__file__).with_name("quickstart.py.txt")
_NO_KEY = "YOUR_KEY"
# Half the side of the box of the example, in degrees of latitude and longitude: within the Free tier everywhere.
_HALF = (0.006, 0.008)
# No road, building or coast of the sample is cut in it.
_SAMPLE_BOX = (24.9368, 60.1652, 24.9516, 60.1775)


def quick_start(settings: Settings, port: int) -> str:
    """The text; makes a Free key where there is no key yet, which is shown this once, and in no log.

    The same as a program, with that key, is laid into the data folder.
    """
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host
    address = settings.base_url or f"http://{f'[{host}]' if ':' in host else host}:{port}"
    key = "" if _is_journal() else _first_key(settings)
    sources = Sources(settings.found).all()
    box = example_box(sources, settings.surveys)
    lines = [f"osm2cdr listens at {address}: make a map at {address}/export (documentation: {address}/api/docs)"]
    lines += [f"Not used: {source.why_out()}" for source in sources if source.is_out]
    if key:
        lines += ["", f"Your API key, of the tier Free, shown this once: {key}"]
    bbox = dict(zip(("min_lon", "min_lat", "max_lon", "max_lat"), box))
    header = f"-H 'X-API-Key: {key or _NO_KEY}'"
    lines += [
        "",
        f"curl {address}/api/render {header} \\",
        f"  -H 'Content-Type: application/json' -d '{json.dumps({'bbox': bbox, 'formats': ['svg']})}'",
        f"curl {header} {address}/api/status/TASK_ID",
        f"curl {header} -OJ {address}/api/download/TASK_ID/svg",
        "",
        *_program(settings, address, key, bbox),
        f"Keys: {_elsewhere(settings)}bin/osm2cdr keys create --tier pro. "
        "Ctrl-C ends the server; waiting tasks go on at its next start.",
    ]
    return "\n".join(lines)


def _elsewhere(settings: Settings) -> str:
    """What a command needs before it to work on this server's folder; empty where it does so by itself."""
    return "" if settings.data == CHECKOUT / "build" / "server" else f"OSM2CDR_DATA={shlex.quote(str(settings.data))} "


def _program(settings: Settings, address: str, key: str, bbox: dict[str, float]) -> list[str]:
    """The line that tells of the program, which is of this address and data; a key that it had is kept where there is
    no new one. None where it cannot be written: the server starts all the same."""
    path = settings.data / "quickstart.py"
    try:
        if not key and path.exists():
            found = re.search(r'^API_KEY = "(.+)"$', path.read_text(encoding="utf-8", errors="replace"), re.MULTILINE)
            key = found[1] if found else ""
        text = Template(PROGRAM.read_text(encoding="utf-8")).substitute(
            address=address, api=json.dumps(f"{address}/api"), key=json.dumps(key or _NO_KEY), bbox=json.dumps(bbox)
        )
        path.write_text(text, encoding="utf-8")
        # It holds a key.
        path.chmod(0o600)
    except OSError:
        return []
    return [f"The same as a program: python3 {shlex.quote(str(path))}"]


def _is_journal() -> bool:
    """Whether systemd keeps what is printed (systemd.exec, $JOURNAL_STREAM)."""
    kept = os.fstat(1)
    return os.environ.get("JOURNAL_STREAM") == f"{kept.st_dev}:{kept.st_ino}"


def _first_key(settings: Settings) -> str:
    with closing(open_store(settings).connect()) as rows:
        return "" if rows.keys.are_there() else rows.keys.create(time.time(), "free", name="first start")


def example_box(sources: list[Source], surveys: Path) -> tuple[float, float, float, float]:
    """West, south, east, north of a small box of the first source, where that is densest or else in its middle; of the
    sample where none tells."""
    for source in sources:
        if source.name == "sample" or source.box is None or source.fault:
            continue
        west, south, east, north = source.box
        dy, dx = min(_HALF[0], (north - south) / 2), min(_HALF[1], (east - west) / 2)
        survey = load(surveys, Path(source.path))
        x, y = (survey.densest(2 * dx, 2 * dy) if survey else None) or ((west + east) / 2, (south + north) / 2)
        x, y = min(max(x, west + dx), east - dx), min(max(y, south + dy), north - dy)
        return inward((x - dx, y - dy, x + dx, y + dy))
    return _SAMPLE_BOX
