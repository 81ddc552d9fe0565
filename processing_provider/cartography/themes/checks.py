"""What a theme file may say: known parts and tokens, colours, numbers in their range, flags of the right type."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
from typing import Any, Mapping

from ...errors import RequestError
from ...text.phrases import listed, nearest
from ...text.sentence import say

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
                _fail(name, say("{0} is {1}, not a text", repr(key), _shown(value)))
        elif key not in _PARTS:
            _fail(name, say("there is no part {0}{1}", repr(key), nearest(key, [*_WORDS, *_PARTS])))
        elif not isinstance(value, dict):
            _fail(name, say("the part {0} is {1}, not an object of tokens", repr(key), _shown(value)))
        else:
            _check_part(name, key, value, base[key])


def _check_part(name: str, part: str, tokens: Mapping[str, Any], base: Mapping[str, Any]) -> None:
    for token, value in tokens.items():
        if token not in base:
            _fail(name, say("there is no {0}.{1}{2}", part, token, nearest(token, base)))
        wanted = _wanted(part, token, value, base[token])
        if wanted:
            _fail(name, say("{0}.{1} is {2}, not {3}", part, token, _shown(value), wanted))


def _wanted(part: str, token: str, value: Any, default: Any) -> str:
    """What should stand there, empty where `value` is right."""
    if part == "color":
        if token in _ALWAYS and value is None:
            return say("#RRGGBB; it is needed for the notice of the data's rights")
        # As the default style says it, for who copies it whole.
        good = value is None or value == default or (isinstance(value, str) and _COLOR.match(value))
        return "" if good else say("#RRGGBB or null")
    if isinstance(default, bool):
        return "" if isinstance(value, bool) else say("true or false")
    if isinstance(default, (int, float)):
        low, high = _RANGES.get(token, (0, 10))
        good = isinstance(value, (int, float)) and not isinstance(value, bool) and low <= value <= high
        return "" if good else say("a number from {0} to {1}", f"{low:g}", f"{high:g}")
    if token in _CHOICES:
        return "" if value in _CHOICES[token] else say("one of {0}", listed(_CHOICES[token]))
    if isinstance(default, str):
        return "" if isinstance(value, str) and value.strip() else say("a text")
    return _wanted_words(value, default)


def _wanted_words(value: Any, default: list[str] | None) -> str:
    if value is None and default is None:
        return ""
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        return say("a list of words") if default else say("a list of words or null")
    unknown = [word for word in value if default is not None and word not in default]
    return say("words among {0}{1}", listed(default or ()), nearest(unknown[0], default or ())) if unknown else ""


def _shown(value: Any) -> str:
    text = "null" if value is None else repr(value)
    return text if len(text) <= 40 else text[:37] + "..."


def _fail(name: str, text: str) -> None:
    raise RequestError("bad_style", say("In the style {0}: {1}.", repr(name), text), "style")
