"""What a run tells its starter: typed events, as JSON lines in the file that OSM2CDR_REPORT names.

A run is another process, of a server even one that nobody trusts: a line that is no event as it should be is left out.

`text` is finished English. One that was said with values (`say`) has its `key` and `values` beside it, and is a
sentence again where it is read, to be shown in any language; one without is its own key. In a list it is an object of
these three.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import contextlib
import json
import os
import signal
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Dict, Mapping, Sequence, Type, Union

from ..osm.tables.account import Account
from ..text.sentence_json import from_json, to_json

VARIABLE = "OSM2CDR_REPORT"
# The private folder of a server's job, where the run is one.
JOB_VARIABLE = "OSM2CDR_JOB"
# What people read: a plain text, or a sentence that knows its key and values.
Said = str


@dataclass(frozen=True)
class Progress:
    """How far it is in percent, the step (a word), and what it does, for people."""

    percent: float
    step: str
    text: Said


@dataclass(frozen=True)
class Warned:
    """What was left out, cut, repaired or not understood."""

    code: str
    text: Said


@dataclass(frozen=True)
class Made:
    """A file that was proven: of which format, where, how large, how many features, also by layer; and its account.

    `warnings` are its writer's alone; `told` are those of the run (see Warned) that belong to it.
    """

    format: str
    path: str
    bytes: int
    features: int
    warnings: list[Said] = field(default_factory=list)
    layers: dict[str, int] = field(default_factory=dict)
    account: Account = field(default_factory=Account)
    told: list[Said] = field(default_factory=list)


@dataclass(frozen=True)
class Lost:
    """A format of which there is no file, and why."""

    format: str
    code: str
    text: Said


@dataclass(frozen=True)
class Failed:
    """Why the run fails, which field of the request is at fault, and whether it was refused before it began."""

    code: str
    field: str
    text: Said
    bad_request: bool = False


@dataclass(frozen=True)
class End:
    """Nothing comes after it."""

    ok: bool


Event = Union[Progress, Warned, Made, Lost, Failed, End]
KINDS: Dict[str, Type[Event]] = {
    "progress": Progress,
    "warning": Warned,
    "file": Made,
    "lost": Lost,
    "error": Failed,
    "end": End,
}
_NAMES = {kind: name for name, kind in KINDS.items()}


def obey_limits() -> None:
    """Be ended by a file that grows too large, where a server set that limit.

    Python ignores the signal, and libraries go on behind a file that was cut off.
    """
    if JOB_VARIABLE in os.environ and hasattr(signal, "SIGXFSZ"):
        # Not in the main thread: then whoever reads the file again will tell.
        with contextlib.suppress(ValueError):
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL)


def emit(event: Event) -> None:
    """Append one event; does nothing where nobody asked for a report.

    OSError where that cannot be written; of mere progress that is no reason to end.
    """
    target = os.environ.get(VARIABLE)
    if target:
        line = json.dumps(_written(event), ensure_ascii=False) + "\n"
        with contextlib.suppress(*(OSError,) if isinstance(event, Progress) else ()), open(target, "ab") as file:
            file.write(line.encode())


def _written(event: Event) -> Dict[str, Any]:
    """An event as the object of its line."""
    values: Dict[str, Any] = {"event": _NAMES[type(event)]}
    for one in fields(event):
        value = getattr(event, one.name)
        if one.type == "Said":
            said = to_json(value)
            values.update({one.name: said} if isinstance(said, str) else said)
        elif isinstance(value, Account):
            values[one.name] = value.as_json()
        else:
            values[one.name] = list(map(to_json, value)) if one.type == "list[Said]" else value
    return values


def read_line(line: Union[str, bytes]) -> Union[Event, None]:
    """The event of a line; None where it is none."""
    try:
        values = json.loads(line)
        kind = KINDS[values["event"]]
        if "key" in values:
            values["text"] = {word: values.get(word) for word in ("text", "key", "values")}
        return kind(**{one.name: _checked(values[one.name], one.type) for one in fields(kind) if one.name in values})
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def read_events(path: Path) -> list[Event]:
    """The events so far, without a last line that is still being written, or one that a full disk cut off."""
    if not path.exists():
        return []
    text = path.read_text(encoding="utf-8", errors="replace")
    found = (read_line(line) for line in text[: text.rfind("\n") + 1].split("\n"))
    return [event for event in found if event is not None]


def warnings_of(made: Made, events: Sequence[Event]) -> list[Said]:
    """All that a program should know of a file: its own warnings, and those of the run that belong to no one file."""
    others = {text for event in events if isinstance(event, Made) for text in event.told}
    of_all = [event.text for event in events if isinstance(event, Warned) and event.text not in others]
    return list(dict.fromkeys([*made.warnings, *made.told, *of_all]))


def _checked(value: Any, wanted: Any) -> Any:
    """A value of JSON as the field's type, which is told by its name; TypeError where it is of another."""
    if wanted == "Said":
        return from_json(value)
    if wanted == "Account":
        return Account.from_json(value)
    whole = isinstance(value, int) and not isinstance(value, bool)
    good: Mapping[str, bool] = {
        "str": isinstance(value, str),
        "bool": isinstance(value, bool),
        "int": whole,
        "float": whole or isinstance(value, float),
        "list[Said]": isinstance(value, list),
        "dict[str, int]": isinstance(value, dict) and all(isinstance(item, int) for item in value.values()),
    }
    if not good[wanted]:
        raise TypeError(wanted)
    return list(map(from_json, value)) if wanted == "list[Said]" else value
