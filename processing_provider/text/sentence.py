"""A sentence for people that knows what it was made from, so that whoever shows it can say it in another language."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations


class Sentence(str):
    """Finished English text; `key` is its template, `values` stand at {0}, {1} ...

    It is a plain text for all that write, compare or send it. What is joined or cut from it is one without a key.
    """

    key: str = ""
    values: tuple[str, ...] = ()


def say(key: str, *values: object) -> Sentence:
    """The English sentence of a template; the template is a literal, so that `make translations` finds it."""
    kept = tuple(map(_text, values))
    sentence = Sentence(key.format(*kept))
    sentence.key, sentence.values = key, kept
    return sentence


def _text(value: object) -> str:
    """A value as a text; the sentence that an exception was raised with stays one."""
    if isinstance(value, Exception) and len(value.args) == 1 and isinstance(value.args[0], Sentence):
        return value.args[0]
    return value if isinstance(value, str) else str(value)
