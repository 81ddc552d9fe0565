"""What a theme file may say: known parts and tokens, colours, numbers in their range, flags of the right type."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
from typing import Any, Mapping

from ...errors import RequestError
from ...text.phrases import listed, nearest

# Beside the four parts; `name` and `about` are for people.
_WORDS = ("name", "about", "extends")
_PARTS = ("color", "width", "font", "flags")
_COLOR = re.compile(r"#[0-9A-Fa-f]{6}\Z")
# The smallest and the largest of what is not from 0 to 10.
_RANGES = {"scale": (0.01, 10), "thinnest": (0.01, 1), "building": (0.01, 5), "exp": (0, 1.5), "size": (0.3, 4)}
_CHOICES = {"rail_style": ("dash", "line")}
# The notice of whose data it is takes it: that is on every picture.
_ALWAYS = ("text",)


def check_theme(name: str, data: Mapping[str, Any], base: Mapping[str, Any]) -> None:
    """Raise RequestError where `data` says what `base`, the whole default style, does not know, or the wrong thing."""
    for key, value in data.items():
        if key in _WORDS:
            if not isinstance(value, str) and value is not None:
                _fail(name, f"{key!r} is {_shown(value)}, not a text")
        elif key not in _PARTS:
            _fail(name, f"there is no part {key!r}{nearest(key, [*_WORDS, *_PARTS])}")
        elif not isinstance(value, dict):
            _fail(name, f"the part {key!r} is {_shown(value)}, not an object of tokens")
        else:
            _check_part(name, key, value, base[key])


def _check_part(name: str, part: str, tokens: Mapping[str, Any], base: Mapping[str, Any]) -> None:
    for token, value in tokens.items():
        if token not in base:
            _fail(name, f"there is no {part}.{token}{nearest(token, base)}")
        wanted = _wanted(part, token, value, base[token])
        if wanted:
            _fail(name, f"{part}.{token} is {_shown(value)}, not {wanted}")


def _wanted(part: str, token: str, value: Any, default: Any) -> str:
    """What should stand there, empty where `value` is right."""
    if part == "color":
        if token in _ALWAYS and value is None:
            return "#RRGGBB; it is needed for the notice of the data's rights"
        good = value is None or (isinstance(value, str) and _COLOR.match(value))
        return "" if good else "#RRGGBB or null"
    if isinstance(default, bool):
        return "" if isinstance(value, bool) else "true or false"
    if isinstance(default, (int, float)):
        low, high = _RANGES.get(token, (0, 10))
        good = isinstance(value, (int, float)) and not isinstance(value, bool) and low <= value <= high
        return "" if good else f"a number from {low:g} to {high:g}"
    if token in _CHOICES:
        return "" if value in _CHOICES[token] else f"one of {listed(_CHOICES[token])}"
    if isinstance(default, str):
        return "" if isinstance(value, str) and value.strip() else "a text"
    return _wanted_words(value, default)


def _wanted_words(value: Any, default: list[str] | None) -> str:
    if value is None and default is None:
        return ""
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        return "a list of words" if default else "a list of words or null"
    unknown = [word for word in value if default is not None and word not in default]
    return f"words among {listed(default or ())}{nearest(unknown[0], default or ())}" if unknown else ""


def _shown(value: Any) -> str:
    text = "null" if value is None else repr(value)
    return text if len(text) <= 40 else text[:37] + "..."


def _fail(name: str, text: str) -> None:
    raise RequestError("bad_style", f"In the style {name!r}: {text}.", "style")
