"""A sentence for people that knows what it was made from, so that whoever shows it can say it in another language."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Iterable


class Sentence(str):
    """Finished English text; `key` is its template, `values` stand at {0}, {1} ...

    It is a plain text for all that write, compare or send it. What is cut from it is one without a key.
    """

    key: str = ""
    values: tuple[str, ...] = ()


def say(key: str, *values: object) -> Sentence:
    """The English sentence of a template: a literal, or a name of our tables, so that `make translations` finds it.

    A value that is a sentence itself, or was raised with one, is translated with it.
    """
    kept = tuple(map(_text, values))
    sentence = Sentence(key.format(*kept))
    sentence.key, sentence.values = key, kept
    return sentence


def joined(parts: Iterable[str], between: str = " ") -> Sentence:
    """Several as one text, in which each is still known; `join` would leave finished English."""
    kept = list(parts)
    space = between.replace("{", "{{").replace("}", "}}")
    return say(space.join(f"{{{number}}}" for number in range(len(kept))), *kept)


def _text(value: object) -> str:
    """A value as a text; the sentence that an exception was raised with stays one."""
    if isinstance(value, Exception) and len(value.args) == 1 and isinstance(value.args[0], Sentence):
        return value.args[0]
    return value if isinstance(value, str) else str(value)
