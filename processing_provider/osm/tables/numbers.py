"""Numbers as mappers write them: what cannot be read for certain is none, never a wrong one.

https://wiki.openstreetmap.org/wiki/Map_features/Units: a point before the decimals, metres where no unit stands. What
is counted has no decimals, so `1,234` and `1.234` people are 1234; a height of `1,234` may be either, and is left out.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
import unicodedata

# A remark behind, and a word before that says how sure the number is.
_REMARK = re.compile(r"\s*\([^()]*\)$")
_ABOUT = re.compile(r"^(~|≈|ca\.?\s|circa\s)\s*", re.I)
_BLANKS = re.compile("[\u00a0\u2009\u202f]")
# Thousands (and lakhs) set apart by blanks, apostrophes, commas or points, each with the decimals that leaves room for.
_GROUPED = (
    re.compile(r"(\d{1,3}(?: \d{3})+)(?:[.,](\d+))?"),
    re.compile(r"(\d{1,3}(?:'\d{3})+)(?:[.,](\d+))?"),
    re.compile(r"(\d{1,3}(?:,\d{2,3})*,\d{3})\.(\d+)"),
    re.compile(r"(\d{1,3}(?:\.\d{3})+),(\d+)"),
    re.compile(r"(\d{1,3}(?:,\d{2,3})+,\d{3})()"),
    re.compile(r"(\d{1,3}(?:\.\d{3}){2,})()"),
)
# One group alone may be a thousand or three decimals.
_EITHER = re.compile(r"([1-9]\d{0,2})[.,](\d{3})")
_PLAIN = re.compile(r"\d+(?:[.,]\d*)?|[.,]\d+")
_UNIT = re.compile(r"(.*?)\s*(m|metres?|meters?|cm|mm|km|yd|yards?|ft|feet|foot|'|′|in|inch|inches|\"|″)\.?", re.I)
_FEET_INCHES = re.compile(r"(\d+)\s*(?:'|′|ft)\s*(\d+(?:\.\d+)?)\s*(?:\"|″|in|'')", re.I)
_METRES = {
    "m": 1.0, "metre": 1.0, "metres": 1.0, "meter": 1.0, "meters": 1.0, "cm": 0.01, "mm": 0.001, "km": 1000.0,
    "ft": 0.3048, "feet": 0.3048, "foot": 0.3048, "'": 0.3048, "′": 0.3048, "in": 0.0254, "inch": 0.0254,
    "yd": 0.9144, "yard": 0.9144, "yards": 0.9144, "inches": 0.0254, '"': 0.0254, "″": 0.0254,
}  # fmt: skip
# From one to another, with a dash or a hyphen; a sign before the first is none of these.
_RANGE = re.compile(r"([^-–—]*\d[^-–—]*)[-–—](.*\d.*)")
# A column of whole numbers holds no more digits for certain.
_MOST_DIGITS = 18


def number(text: str | None, kind: str) -> float | int | None:
    """The number of a tag's value as a column of `kind` has it; None where it is none.

    `integer`, `real`, `metres`; `height` and `storeys` are metres and reals of which several may be given, where the
    first counts (`10;12`), and of a range the middle (`10-12`).
    """
    if text is None:
        return None
    if text.isdigit() and text.isascii() and len(text) <= _MOST_DIGITS:
        # As nearly all are.
        return int(float(text)) if kind == "integer" else float(text)
    if kind in ("height", "storeys"):
        return _of_several(unicodedata.normalize("NFKC", text) if not text.isascii() else text, kind)
    rest = _ABOUT.sub("", _REMARK.sub("", text.strip()))
    sign = -1 if rest[:1] in ("-", "−") else 1
    rest = rest[1:] if rest[:1] in ("-", "−", "+") else rest
    found = _metres(rest) if kind == "metres" else _plain(rest, kind == "integer")
    if found is None or (kind == "integer" and found != int(found)):
        return None
    return sign * int(found) if kind == "integer" else sign * found


def _of_several(text: str, kind: str) -> float | int | None:
    plain = "metres" if kind == "height" else "real"
    first = text.split(";")[0] if ";" in text else text
    between = _RANGE.fullmatch(first.strip())
    if between is None:
        return number(first, plain)
    # A unit stands behind the second one.
    high = number(between[2], plain)
    unit = _UNIT.fullmatch(between[2].strip())
    low = number(between[1] + (f" {unit[2]}" if unit and not _UNIT.fullmatch(between[1].strip()) else ""), plain)
    return None if low is None or high is None or low > high else (low + high) / 2


def _metres(text: str) -> float | None:
    both = _FEET_INCHES.fullmatch(text)
    if both:
        return int(both[1]) * 0.3048 + float(both[2]) * 0.0254
    unit = _UNIT.fullmatch(text)
    value = _plain(unit[1] if unit else text, False)
    return value if value is None or unit is None else value * _METRES[unit[2].lower()]


def _plain(text: str, whole: bool) -> float | None:
    text = _BLANKS.sub(" ", text).replace("’", "'")
    if not text.isascii() or len(text) > _MOST_DIGITS:
        return None
    for pattern in _GROUPED:
        found = pattern.fullmatch(text)
        if found:
            return float(re.sub(r"\D", "", found[1]) + "." + (found[2] or "0"))
    either = _EITHER.fullmatch(text)
    if either and whole:
        return float(either[1] + either[2])
    if (either and "," in text) or not _PLAIN.fullmatch(text):
        return None
    return float(text.replace(",", "."))
