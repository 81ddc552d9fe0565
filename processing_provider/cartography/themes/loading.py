"""Map styles as tokens: a theme file names what differs from the one that it extends.

A style is named by its file: one of the seventeen of `themes/`, a user's own in the QGIS profile
(`<profile>/osm2cdr/styles/NAME.json`), or the path of any other file. Where a user's style has the name of a bundled
one it takes its place, and may extend it.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterator, List, TypedDict, Union, cast

from ...errors import RequestError
from ...text.phrases import listed, nearest
from ...text.sentence import say
from .checks import check_theme

FOLDER = Path(__file__).parent
_ALIASES = Path(__file__).parent.with_name("aliases.json")
PARTS = ("color", "width", "font", "flags")
_OWN = ("osm2cdr", "styles")
# Colours that stand for several: the token of the whole, and how those of its members begin. A style that gives the
# whole a colour of its own takes none of the members over.
FAMILIES = {"poi": "poi_", "motorway": "shield_"}


class Fonts(TypedDict):
    """Families, factors of sizes, the smallest size in points, and how wide the halo of a street's name is in mm."""

    family: str
    place: str
    water: str
    size: float
    least: float
    place_caps: bool
    street_halo: float


class Flags(TypedDict):
    """What is drawn at all, and how; `poi_classes` of None are all, `poi_rank` is the last that is shown."""

    casings: bool
    labels: List[str]
    trees: bool
    poi_classes: Union[List[str], None]
    poi_rank: int
    # Kinds of routes that it shows unasked, with their numbers and termini; None for none.
    routes: Union[List[str], None]
    shields: bool
    rail_style: str
    coastline_line: bool
    street_ground: bool
    # Whether it is lines alone, which tools can follow.
    hairlines: bool
    tunnels: bool
    paths: bool


@dataclass(frozen=True)
class Theme:
    """A style. `color` maps tokens to #RRGGBB, or None for what is not drawn; widths are in mm."""

    name: str
    color: dict[str, str | None]
    width: dict[str, float]
    font: Fonts
    flags: Flags


def style_names() -> tuple[str, ...]:
    """The styles that there are, `default` first; those of the user's profile last."""
    bundled = sorted((path.stem for path in FOLDER.glob("*.json")), key=lambda name: (name != "default", name))
    own = own_folder()
    more = sorted(path.stem for path in own.glob("*.json")) if own else []
    return tuple(dict.fromkeys([*bundled, *more]))


def aliases() -> dict[str, str]:
    """Other names that bundled styles go by, each with the style that it means."""
    return _read(_ALIASES)


def own_folder() -> Path | None:
    """Where the user's own styles lie; None where no QGIS runs."""
    core = sys.modules.get("qgis.core")
    if core is None or core.QgsApplication.instance() is None:
        return None
    return Path(core.QgsApplication.qgisSettingsDirPath()).joinpath(*_OWN)


def checked_style(word: str) -> str:
    """The style that `word` means: a name, or the absolute path of a file; RequestError where it is none or wrong."""
    found = load_theme(word)
    return str(Path(word).expanduser().absolute()) if _is_path(word) else found.name


def load_theme(word: str) -> Theme:
    """The style that a name, another name or a path means, with all that it inherits.

    Raises RequestError of the field `style`, one sentence that says what is wrong with which file.
    """
    if _is_path(word):
        path = Path(word).expanduser()
        if not path.is_file():
            raise RequestError("bad_style", say("The style file {0} is not there.", word), "style")
    else:
        places = list(_places(word))
        if not places:
            raise RequestError(
                "unknown_style",
                say(
                    "There is no style {0}{1}; there are {2}, and any file NAME.json.",
                    repr(word),
                    nearest(word, [*style_names(), *aliases()]),
                    listed(style_names()),
                ),
                "style",
            )
        path = places[0]
    chain = _chain(path)
    base = _read(FOLDER / "default.json")
    parts: dict[str, dict[str, Any]] = {part: dict(base[part]) for part in PARTS}
    for data in reversed(chain):
        colors = data.get("color", {}) if data != base else {}
        members = tuple(FAMILIES[whole] for whole in FAMILIES if whole in colors)
        parts["color"].update({token: None for token in parts["color"] if token.startswith(members)})
        for part in PARTS:
            parts[part].update(data.get(part, {}))
    parts["color"] = {token: _resolved(value, parts["color"]) for token, value in parts["color"].items()}
    fonts, flags = cast(Fonts, parts["font"]), cast(Flags, parts["flags"])
    return Theme(path.stem, parts["color"], parts["width"], fonts, flags)


def _resolved(value: str | None, colors: dict[str, str | None]) -> str | None:
    """A colour; one that is said as other tokens (`sand+water`) is the mean of theirs, None where one of them is."""
    if value is None or value.startswith("#"):
        return value
    found = [colors[token] for token in value.split("+")]
    if not all(found):
        return None
    sums = [sum(int((color or "")[at : at + 2], 16) for color in found) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(total / len(found)):02X}" for total in sums)


def _chain(path: Path) -> list[dict[str, Any]]:
    """The data of a theme file and of all that it extends, itself first, each checked."""
    base = _read(FOLDER / "default.json")
    paths, chain = [path], []
    while True:
        data = _read(paths[-1])
        name = paths[-1].stem
        if paths[-1].parent != FOLDER:
            check_theme(name, data, base)
        chain.append(data)
        word = data.get("extends")
        if not word:
            return chain
        beside = paths[-1].parent / word if _is_path(word) else None
        places = [beside] if beside and beside.is_file() else list(_places(word, paths[-1].parent))
        if not places:
            known = [*style_names(), *aliases()]
            raise RequestError(
                "bad_style",
                say("The style {0} extends {1}, which is no style{2}.", repr(name), repr(word), nearest(word, known)),
                "style",
            )
        fresh = [place for place in places if place not in paths]
        if not fresh:
            circle = ", ".join(repr(place.stem) for place in [*paths, places[0]])
            raise RequestError("bad_style", say("The styles {0} extend each other in a circle.", circle), "style")
        paths.append(fresh[0])


def _places(word: str, beside: Path | None = None) -> Iterator[Path]:
    """The files that a name may mean, the nearest first; bundled styles extend bundled ones alone."""
    own = own_folder()
    folders = [beside, own] if beside is not None and beside != FOLDER else [own] if beside is None else []
    name = aliases().get(word, word)
    for folder, stem in [*((folder, word) for folder in folders if folder), (FOLDER, name)]:
        # A name is compared, not looked up: on some systems DARK would find dark.json.
        if folder.is_dir() and stem in {path.stem for path in folder.glob("*.json")}:
            yield folder / f"{stem}.json"


def _is_path(word: str) -> bool:
    return word.lower().endswith(".json") or "/" in word or "\\" in word


def _read(path: Path) -> dict[str, Any]:
    """The JSON object in a theme file."""
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise RequestError(
            "bad_style", say("The style file {0} cannot be read: {1}.", path, error.strerror), "style"
        ) from error
    except json.JSONDecodeError as error:
        where = say("line {0}, column {1}: {2}", error.lineno, error.colno, error.msg)
        raise RequestError("bad_style", say("The style file {0} is not JSON ({1}).", path, where), "style") from error
    except (ValueError, RecursionError) as error:
        raise RequestError("bad_style", say("The style file {0} is not JSON in UTF-8.", path), "style") from error
    if not isinstance(data, dict):
        raise RequestError("bad_style", say("The style file {0} holds no JSON object.", path), "style")
    return data
