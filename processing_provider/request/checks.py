"""What is asked for, checked in one place for every door: dialog, model, launcher, server."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
import math
import re
from typing import Any, Mapping, Sequence

from ..cartography.themes.loading import checked_style
from ..cartography.themes.points import checked_points
from ..errors import RequestError
from ..formats.catalogue import FORMATS
from ..geo.area import MAX_KM2, Area, finite, read_area
from ..osm.tables.detail import DETAILS
from ..osm.tables.language import normalized
from ..osm.tables.layers import GROUPS
from ..text.phrases import is_line, listed, nearest, quoted, turning
from ..text.sentence import say
from .export_request import ExportRequest
from .inline_overlay import checked_overlay
from .naming import NAMELESS, checked_name
from .options import BY_FIELD, BY_FORMAT_OPTION, Value, values
from .papers import FIT, PAGES, PAPERS, PARTS

MAX_PIXELS = 256_000_000
# The largest area in km2 that detail levels 6, 5, ... suit.
_SUITS = ((6, 0.5), (5, 4.0), (4, 30.0), (3, 200.0), (2, 2000.0))
# What stands beside a map does so on a paper: on this one where none is chosen.
_SHEET_PAPER = "A4"
# What most ask for: the names of all would fill a page.
_SOME = "svg, pdf, png, cdr, dxf, geojson, gpkg, shp"
_FIELDS = ("bbox", "geometry", "formats", *BY_FIELD)
_CRS = re.compile(r"(EPSG|ESRI):[0-9]{1,6}")


def make_request(
    fields: Mapping[str, Any],
    max_formats: int | None = None,
    max_km2: float | None = None,
    area: Area | None = None,
) -> ExportRequest:
    """Check `fields` (numbers may be strings, lists may be `a,b`); RequestError names the field at fault.

    `max_km2` takes the place of MAX_KM2 where the data are not OpenStreetMap's; `area` that of the fields' area.
    """
    for key in fields:
        if key not in _FIELDS:
            raise RequestError(
                "unknown_field", say("There is no field {0}{1}.", quoted(key), nearest(key, _FIELDS)), str(key)
            )
    area = area or read_area(fields, MAX_KM2 if max_km2 is None else max_km2)
    detail = _whole(fields, "detail")
    crs = str(fields.get("crs") or "").strip().upper()
    if crs and not _CRS.fullmatch(crs):
        raise RequestError("bad_crs", say("The CRS {0} is not of the form EPSG:n or ESRI:n.", quoted(crs)), "crs")
    style = checked_style(str(fields.get("style") or "default"))
    sheet = _sheet(fields.get("sheet"))
    page = _page(str(fields.get("page") or FIT)) or (_SHEET_PAPER if sheet else "")
    language = str(fields.get("language") or "").strip()
    scale = _whole(fields, "scale")
    formats = _formats(fields.get("formats"), max_formats)
    return ExportRequest(
        area=area,
        formats=formats,
        style=style,
        detail=detail or _suitable(area, page, scale, formats),
        layers=tuple(_known(word, GROUPS, "layers", "layer") for word in _words(fields.get("layers"))),
        crs=crs,
        source=str(fields.get("source") or "").strip(),
        page=page,
        scale=scale,
        dpi=_whole(fields, "dpi"),
        title=_line(fields, "title"),
        subtitle=_line(fields, "subtitle"),
        name=_named(fields),
        options=_options(fields.get("options")),
        timeout=_whole(fields, "timeout"),
        tags=_word(fields, "tags", "choice of tags"),
        orientation=_word(fields, "orientation", "orientation"),
        language=normalized(language) if language else "",
        text=_word(fields, "text", "kind of text"),
        magnify=_word(fields, "magnify", "enlargement"),
        colors=_word(fields, "colors", "kind of colours"),
        profile=str(fields.get("profile") or "").strip(),
        sheet=sheet,
        pois=checked_points(str(fields.get("pois") or "")),
        overlay=checked_overlay(fields.get("overlay")),
    )


def _line(fields: Mapping[str, Any], where: str) -> str:
    """A title or subtitle: one line that reads as it stands."""
    text, is_title = str(fields.get(where) or "").strip(" "), where == "title"
    fault = ""
    if len(text) > 200 or not is_line(text):
        fault = (
            say("The title must be one line of at most 200 characters.") if is_title
            else say("The subtitle must be one line of at most 200 characters.")
        )  # fmt: skip
    elif control := turning(text):
        fault = (
            say("The title has the bidirectional control {0}, which makes it read otherwise than it stands; leave it "
                "out.", control) if is_title
            else say("The subtitle has the bidirectional control {0}, which makes it read otherwise than it stands; "
                     "leave it out.", control)
        )  # fmt: skip
    if fault:
        raise RequestError(f"bad_{where}", fault, where)
    return text


def _sheet(value: Any) -> tuple[str, ...]:
    """What stands beside the map, in the order of the table."""
    asked = {_known(word, PARTS, "sheet", "part of a sheet") for word in _words(value)}
    return tuple(part for part in PARTS if part in asked)


def _named(fields: Mapping[str, Any]) -> str:
    """The files' name; empty where it is given as None: then the place gives it."""
    if "name" in fields and fields["name"] is None:
        return ""
    return checked_name(str(fields.get("name") or NAMELESS))


def _options(value: Any) -> dict[str, Value]:
    """Options of formats: a JSON object, or its text."""
    if isinstance(value, str) and value.strip():
        try:
            value = json.loads(value)
        except ValueError as error:
            raise RequestError("bad_options", say("The options {0} are not JSON.", quoted(value)), "options") from error
    if value in (None, ""):
        return {}
    if not isinstance(value, dict):
        raise RequestError("bad_options", "The options must be a JSON object.", "options")
    for key, chosen in value.items():
        known = values(BY_FORMAT_OPTION[_known(str(key), BY_FORMAT_OPTION, "options", "option")])
        if chosen not in known or type(chosen) is not type(known[0]):
            words = listed(json.dumps(choice) for choice in known)
            raise RequestError(
                "bad_option",
                say("The option {0} cannot be {1}; there are {2}.", key, json.dumps(chosen), words),
                "options",
            )
    low, high = (value.get(key) or 0 for key in ("min_zoom", "max_zoom"))
    if low > high > 0:
        raise RequestError(
            "bad_option", say("The lowest zoom of tiles, {0}, is above the highest, {1}.", low, high), "options"
        )
    return dict(value)


def _suitable(area: Area, page: str, scale: int, formats: tuple[str, ...]) -> int:
    """The detail level where none is asked for: that of the scale where pages have one, else that of the area."""
    pages = [name for name in formats if FORMATS[name].is_page]
    if scale and len(pages) == len(formats):
        return min(DETAILS.values(), key=lambda one: (abs(math.log(scale / one.design_scale)), one.level)).level
    return suitable_detail(max(area.km2, _sheet_km2(page, scale) if pages else 0.0))


def suitable_detail(km2: float) -> int:
    """The detail level that suits an area of so many km2."""
    return next((level for level, limit in _SUITS if km2 <= limit), 1)


def check_image_size(width_mm: float, height_mm: float, dpi: int) -> None:
    """Raise RequestError where a picture of this size and resolution would not fit in memory."""
    pixels = (width_mm / 25.4 * dpi) * (height_mm / 25.4 * dpi)
    if pixels > MAX_PIXELS:
        largest = math.floor(dpi * math.sqrt(MAX_PIXELS / pixels))
        raise RequestError(
            "image_too_large",
            say(
                "A picture of {0} x {1} mm at {2} DPI has {3} megapixels and needs {4} GB; at most {5} DPI fits.",
                f"{width_mm:.0f}",
                f"{height_mm:.0f}",
                dpi,
                f"{pixels / 1e6:.0f}",
                f"{pixels * 4 / 1e9:.1f}",
                largest,
            ),
            "dpi",
        )


def _whole(fields: Mapping[str, Any], where: str) -> int:
    """A number of the table, which may be 0 where that means something; nothing given is its default."""
    option, value = BY_FIELD[where], fields.get(where)
    if where == "scale" and isinstance(value, str):
        # As maps write it.
        value = re.sub(r"^\s*1\s*:\s*", "", value)
    if value is None or value == "":
        return int(option.default)
    number = finite(value, where)
    if number == 0 and option.zero:
        return 0
    if number != int(number) or not option.low <= number <= option.high:
        low = 0 if option.zero and option.low == 1 else option.low
        raise RequestError(
            f"bad_{where}",
            say(
                "The {0} {1} is not a whole number from {2} to {3}.", where, quoted(value, plain=True), low, option.high
            ),
            where,
        )
    return int(number)


def _word(fields: Mapping[str, Any], where: str, what: str) -> str:
    """A word of the table's choices; nothing given is its default."""
    return _known(str(fields.get(where) or BY_FIELD[where].default), values(BY_FIELD[where]), where, what)


def _words(value: Any) -> list[str]:
    if value is None or value == "":
        return []
    given = [value] if isinstance(value, str) else value
    words = [word.strip() for entry in given for word in str(entry).split(",")]
    return [word for word in dict.fromkeys(words) if word]


def _known(word: str, known: Any, where: str, what: str) -> str:
    if word not in known:
        raise RequestError(
            f"unknown_{what.split()[0]}",
            say("There is no {0} {1}{2}; there are {3}.", what, quoted(word), nearest(word, known), listed(known)),
            where,
        )
    return word


def _page(word: str) -> str:
    """The paper's name however it is spelt, empty for the page that is cut to the map."""
    spelt = {name.lower(): name for name in PAGES}.get(word.strip().lower(), word)
    return "" if spelt == FIT else _known(spelt, PAGES, "page", "page")


def _sheet_km2(page: str, scale: int) -> float:
    """What a paper shows at a scale, 0 where one of them is left open."""
    width, height = PAPERS[page] if page else (0.0, 0.0)
    return width * height * (scale / 1e6) ** 2


def unknown_formats(words: Sequence[str]) -> str:
    """The sentence that names all words that are no formats; empty where there is none."""
    unknown = [(quoted(word), nearest(word, FORMATS)) for word in words if word not in FORMATS]
    if len(unknown) == 1:
        [(word, hint)] = unknown
        if not hint:
            rest = len(FORMATS) - len(_SOME.split(","))
            return say("There is no format {0}; there are {1}, and {2} more.", word, _SOME, rest)
        return say("There is no format {0}{1}.", word, hint)
    return say("There are no formats {0}.", ", ".join(map("".join, unknown))) if unknown else ""


def _formats(value: Any, most: int | None) -> tuple[str, ...]:
    words = _words(value)
    if not words:
        raise RequestError("no_format", "No format is named; give one or more, such as svg,gpkg.", "formats")
    if fault := unknown_formats(words):
        raise RequestError("unknown_format", fault, "formats")
    if most is not None and len(words) > most:
        raise RequestError(
            "too_many_formats", say("{0} formats are too many; at most {1}.", len(words), most), "formats"
        )
    return tuple(words)
