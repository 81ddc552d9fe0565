"""What the pages say, in the languages that there are: the texts of i18n/*.ts, read without Qt."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from functools import lru_cache
from typing import Callable, Mapping

from aiohttp import web

from ..settings import CHECKOUT

Speak = Callable[..., str]
# Each by its own name.
LANGUAGES = {"en": "English", "ru": "Русский"}
COOKIE = "osm2cdr_language"
_WANTED = re.compile(r"(?:^|,)\s*([A-Za-z]{2})[^,;]*(?:;q=([01](?:\.\d+)?))?")
_FOLDER = CHECKOUT / "i18n"
_CONTEXT, _OTHERS = "website", ("osm2cdr", "sentences")


def language_of(request: web.Request) -> str:
    """The one that was chosen, else the first of the browser's that there is."""
    for word in (request.query.get("lang", ""), request.cookies.get(COOKIE, "")):
        if word in LANGUAGES:
            return word
    ranked = sorted(
        _WANTED.findall(request.headers.get("Accept-Language", ""))[:20], key=lambda pair: -float(pair[1] or 1)
    )
    return next((word.lower() for word, _ in ranked if word.lower() in LANGUAGES), "en")


@lru_cache(maxsize=8)
def texts(language: str) -> Mapping[str, Mapping[str, str]]:
    """The finished translations by context; none of English, which is what stands in the code."""
    found: dict[str, dict[str, str]] = {}
    path = _FOLDER / f"osm2cdr_{language}.ts"
    if not path.exists():
        return found
    for context in ElementTree.parse(path).getroot().iter("context"):
        known = found.setdefault(context.findtext("name") or "", {})
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is not None and translation.get("type") is None and translation.text:
                known[message.findtext("source") or ""] = translation.text
    return found


def translations(language: str, context: str) -> Mapping[str, str]:
    """All finished ones of a context, by the English."""
    return texts(language).get(context, {})


def speaker(language: str) -> Speak:
    """Says a text of the pages: {0}, {1} ... are its values."""
    known = texts(language).get(_CONTEXT, {})

    def speak(text: str, *values: object) -> str:
        return known.get(text, text).format(*values) if values else known.get(text, text)

    return speak


def noted(text: str) -> str:
    """The text itself, which is translated where it is said."""
    return text


def told(language: str, text: str) -> str:
    """A name of the catalogue or a sentence of the core, as far as it is translated."""
    known = texts(language)
    return next((known[name][text] for name in _OTHERS if text in known.get(name, {})), text)


def script_texts(language: str, keys: tuple[str, ...]) -> dict[str, str]:
    """What scripts say, by the English."""
    known = texts(language).get(_CONTEXT, {})
    return {key: known[key] for key in keys if key in known}
