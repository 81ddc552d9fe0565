"""What went wrong, in the language of the page: by the templates of the core's sentences, of the server's by code."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from ..api.errors import ApiError
from ..domain.attempts import BEGUN
from .texts import Speak, speaker, told, translations

_PLACE = re.compile(r"\{(\d+)\}")
# A template with less of its own says nothing of a sentence that it fits.
_LEAST = 8
# Longer ones are no sentences, and would take long.
_LONGEST = 600


def in_words(language: str, code: str, text: str) -> str:
    """A sentence of the core or of the server for who reads the page; English where nobody translated it."""
    if language == "en" or not text:
        return text
    return _translated(language, text) or _by_code(speaker(language)).get(code, "") or text


def in_language(language: str, error: ApiError) -> ApiError:
    """An error whose sentence people can read; what programs read of it is the same."""
    error.text = in_words(language, error.code, error.text)
    return error


def of_task(language: str, body: dict[str, Any]) -> dict[str, Any]:
    """What the API tells of a task, for who reads the page: in place."""
    t = speaker(language)
    step = t("beginning") if body["step"] == BEGUN else body["step"] or ""
    body["step"] = _translated(language, step) or step
    if body["error"]:
        body["error"] = in_words(language, body["error_code"] or "", body["error"])
    for file in body["files"]:
        if file.get("error"):
            file["error"] = in_words(language, file["error_code"] or "", file["error"])
        if file.get("warnings"):
            file["warnings"] = [in_words(language, "", text) for text in file["warnings"]]
    return body


@lru_cache(maxsize=4096)
def _translated(language: str, text: str, depth: int = 0) -> str:
    """By the template that has most in common with it; what stands in its places is translated, too."""
    known = told(language, text)
    if known != text:
        return known
    if len(text) > _LONGEST:
        return ""
    best, length = "", _LEAST - 1
    for pattern, own, translation in _templates(language):
        found = pattern.fullmatch(text) if own > length else None
        if found:
            values = [_translated(language, value, depth + 1) if depth < 2 else "" for value in found.groups()]
            filled = {name: value or found[name] for name, value in zip(found.groupdict(), values)}
            best, length = translation.format(**filled), own
    return best


@lru_cache(maxsize=8)
def _templates(language: str) -> tuple[tuple[re.Pattern[str], int, str], ...]:
    """Each with places: as a pattern, how many letters of its own it has, and its translation, to be filled."""
    found = []
    for source, translation in translations(language, "sentences").items():
        parts = re.split(r"(\{\d+\})", source)
        if len(parts) == 1:
            continue
        pattern, seen = "", set()
        for part in parts:
            place = _PLACE.fullmatch(part)
            if place is None:
                pattern += re.escape(part)
            else:
                pattern += f"(?P=v{place[1]})" if place[1] in seen else f"(?P<v{place[1]}>.+?)"
                seen.add(place[1])
        if set(_PLACE.findall(translation)) <= seen:
            own = sum(map(len, parts[::2]))
            found.append((re.compile(pattern, re.DOTALL), own, _PLACE.sub(r"{v\1}", translation)))
    return tuple(found)


def _by_code(t: Speak) -> dict[str, str]:
    """What a code means to people, where its sentence has values of the server's own."""
    older = t("The page is older than the server. Open it anew.")
    lost = t("The map data of that place could not be read; the request is given back.")
    return {
        **dict.fromkeys(("unknown_format", "unknown_style", "unknown_layer", "unknown_field", "missing_field"), older),
        **dict.fromkeys(("bad_source", "no_source", "no_sample"), lost),
        "area_too_large": t("The area is larger than the tier allows."),
        "format_not_in_tier": t("A format that was chosen is not in the tier."),
        "format_unavailable": t("This server cannot write a format that was chosen."),
        "area_not_covered": t("This server has no map data of that place."),
        "source_out": t("The map data of that place cannot be read just now. Try again in a minute."),
        "quota_used_up": t("The maps of this day are used up. The next ones begin at midnight UTC."),
        "rate_limit": t("Too many calls. Wait a minute."),
        "queue_full": t("Too many maps are waiting just now. Try again in a while."),
        "disk_full": t("The server has no room just now. Try again later."),
        "storage": t("The server cannot reach its storage just now. Try again in a few seconds."),
        "too_many_streams": t("Too many pages listen just now."),
        "sign_in": t("Sign in to make maps here."),
        "scope": t("This key may not do that."),
        "csrf": t("The page was open for too long. Open it anew."),
        "bad_geometry": t("The outline is not sound: it crosses itself, or its parts overlap."),
        "bad_bbox": t("Type four numbers: west before east, south before north."),
        "bad_title": t("The title is one line of at most 200 characters."),
        "bad_formats": t("Choose one format or more."),
        "bad_config": t("A field of the page holds what it cannot."),
        "slow_body": t("The request did not arrive in time. Try again."),
        "format_lost": t("This file is lost; make the map again."),
        "no_account": t("There is no such account."),
        "body_too_large": t("The outline is too large; take a simpler one."),
        "too_long": t("That is longer than it may be."),
        "expired": t("The results of this task are not kept any more."),
        "no_task": t("There is no such task."),
        "no_key": t("There is no such key."),
        "revoked": t("This key is revoked already."),
        "not_found": t("There is nothing at this address."),
        "cancelled": t("The task was cancelled."),
        "timeout": t("The task took too long; ask for a smaller area, fewer formats, or a lower detail level."),
        "out_of_memory": t("The task needed too much memory; ask for a smaller area or a lower detail level."),
        "file_too_large": t("A file of the task would have been too large; ask for a smaller area."),
        "worker_lost": t("The task broke off more than once. It is given back."),
        "internal": t("Something unexpected went wrong in the server; its operator can look into the log."),
    }  # fmt: skip
