"""A sentence as JSON, with its key and values: it is translated by whoever shows it, in another process."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
from typing import Any

from .sentence import Sentence

# A place for a value, or a brace that stands for itself.
_MARK = re.compile(r"(\{\d{1,3}\}|\{\{|\}\})")
# Sentences inside one another: more than anybody says, and few enough to be told by calls inside calls.
_DEEPEST = 12


def to_json(text: str) -> str | dict[str, Any]:
    """A plain text as it is, a sentence as `{"text", "key", "values"}`, of which the values may be sentences."""
    if not isinstance(text, Sentence) or not text.key:
        return str(text)
    return {"text": str(text), "key": text.key, "values": list(map(to_json, text.values))}


def from_json(value: Any, depth: int = 0) -> str:
    """What `to_json` made; TypeError or ValueError where it is none, or where the key and the values say another text.

    Who wrote it may be nobody to trust: a key is no format string, of which `{0:9999999999}` were one.
    """
    if isinstance(value, str):
        return value
    if not isinstance(value, dict) or depth > _DEEPEST:
        raise TypeError("a sentence")
    text, key, values = value.get("text"), value.get("key"), value.get("values")
    if not isinstance(text, str) or not isinstance(key, str) or not isinstance(values, list):
        raise TypeError("a sentence")
    sentence = Sentence(text)
    sentence.key, sentence.values = key, tuple(from_json(one, depth + 1) for one in values)
    if not _says(sentence):
        raise ValueError("a sentence that its key and values do not make")
    return sentence


def _says(sentence: Sentence) -> bool:
    """Whether its key and values make its text: compared in place, as it could be longer than any memory."""
    at = 0
    for number, part in enumerate(_MARK.split(sentence.key)):
        if number % 2 == 0:
            if "{" in part or "}" in part:
                return False
        elif part in ("{{", "}}"):
            part = part[0]
        elif int(part[1:-1]) < len(sentence.values):
            part = sentence.values[int(part[1:-1])]
        else:
            return False
        if not sentence.startswith(part, at):
            return False
        at += len(part)
    return at == len(sentence)
