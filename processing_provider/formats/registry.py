"""Which formats can be written on this machine, and by which module."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import importlib
import re
from types import ModuleType
from typing import Any

from ..text.sentence import say
from ..tools import find
from .catalogue import FORMATS, Format

# What people call a library, and what pip does, where that is not the module's name.
_LIBRARIES = {
    "acadsharp_native": ("ACadSharp", "acadsharp-native"),
    "duckdb": ("DuckDB 1.5 or newer", '"duckdb>=1.5"'),
    "PIL": ("Pillow", "Pillow"),
    "PIL._avif": ("Pillow 11.3 or newer", '"Pillow>=11.3"'),
}
# What people call a program, its package of Debian and Ubuntu, and where others find it.
_PROGRAMS = {
    "java": ("Java", "default-jre-headless", "adoptium.net"),
    "mkgmap": ("mkgmap", "mkgmap", "mkgmap.org.uk (the folder of mkgmap.jar has to be in PATH)"),
}


def availability(item: Format, profile: str = "") -> str:
    """Empty where the format can be written here, else the reason as a sentence with what to do.

    `profile` is a colour profile that the user brings along.
    """
    if not item.writer:
        return say("{0} is in the catalogue and not available yet.", say(item.name))
    for need in item.needs.split():
        kind, name = need.split(":", 1)
        name, _, least = name.partition(">=")
        if kind == "python" and not _imports(name, least):
            library, wanted = _LIBRARIES.get(name, (name, name))
            return say("{0} needs the Python library {1}: python3 -m pip install {2}.", say(item.name), library, wanted)
        if kind == "gdal":
            from osgeo import gdal

            driver = gdal.GetDriverByName(name)
            if driver is None:
                return say("{0} needs GDAL's driver {1}, which this GDAL has not.", say(item.name), name)
            if "YES" not in (driver.GetMetadataItem("DCAP_CREATE"), driver.GetMetadataItem("DCAP_CREATECOPY")):
                return say("{0} needs a newer GDAL, whose driver {1} writes.", say(item.name), name)
        if kind == "tool" and find(name) is None:
            return say("{0} needs the program {1}: apt install {2}, or {3}.", say(item.name), *_PROGRAMS[name])
        if kind == "profile":
            from .press_profile import chosen

            if chosen(profile) is None:
                return say(
                    "{0} needs a CMYK colour profile, such as that of Ghostscript: apt install ghostscript, or "
                    "ghostscript.com.",
                    say(item.name),
                )
    return ""


def _imports(name: str, least: str = "") -> bool:
    """Whether a library can be had, of this version or a newer one; one that does not import is as good as missing."""
    try:
        module = importlib.import_module(name)
    except Exception:
        return False
    return _numbers(getattr(module, "__version__", "0")) >= _numbers(least)


def _numbers(version: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", version)]


def writer(item: Format) -> ModuleType:
    """The format's writer module (see `writing.Writer`)."""
    return importlib.import_module(f"{__package__}.{item.writer}")


def written_formats() -> tuple[Format, ...]:
    """The formats that have a writer, in the catalogue's order."""
    return tuple(item for item in FORMATS.values() if item.writer)


def listing() -> list[dict[str, Any]]:
    """One entry per format of the catalogue: id, name, family, extension, tier, available, reason."""
    rows = []
    for item in FORMATS.values():
        reason = availability(item)
        rows.append(
            {
                "id": item.id,
                "name": item.name,
                "family": item.family,
                "extension": item.extension,
                "tier": item.tier,
                "available": not reason,
                "reason": reason,
            }
        )
    return rows
