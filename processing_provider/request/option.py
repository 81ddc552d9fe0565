"""What an option is, and which formats heed it."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Callable, Mapping, Sequence, Union

from ..formats.catalogue import FORMATS, Format

# What an option can be.
Value = Union[bool, int, str]
# A word of a list, several of them, a whole number, a text, a file or address, yes or no, an object of other options.
KINDS = ("word", "words", "whole", "text", "file", "flag", "object")
# What an option rules: where the data come from, how the map looks, what is in it, its page, the rest.
OPTION_GROUPS = ("where", "look", "what", "page", "more")


@dataclass(frozen=True)
class Option:
    """One option. `field` is its name in ExportRequest, in the launcher (`--field`) and, unless `api` says otherwise,
    in the API (none where `api` is empty); `parameter` is its name in Processing, the field in capitals by itself.

    `label` is what a dialog calls it, `about` what it does, for all doors; `files` what is to say only where files
    can be given. `choices` are asked for when they are needed; `low` and `high` bound a number, `zero` says what 0
    means beside them. `heeded` says which formats it makes a difference to: words of HEEDERS, ids of formats, or
    `-id` for one that it makes none to, `id+option` for one where that option of formats is set.
    """

    field: str
    kind: str
    group: str
    label: str
    about: str
    default: Value = ""
    heeded: str = "all"
    choices: Callable[[], Sequence[Value]] | None = None
    low: int = 0
    high: int = 0
    zero: str = ""
    files: str = ""
    metavar: str = ""
    example: Value | list[str] | dict[str, object] | None = None
    api: str | None = None
    parameter: str = ""
    # Whether Processing takes a blank for the default.
    blank: bool = True
    # Whether a dialog folds it away.
    advanced: bool = True

    @property
    def api_name(self) -> str:
        """Its name in the API; empty where the API has it not."""
        return self.field if self.api is None else self.api

    @property
    def parameter_name(self) -> str:
        """Its name in Processing."""
        return self.parameter or self.field.upper()

    def is_heeded_by(self, item: Format, options: Mapping[str, Value] = MappingProxyType({})) -> bool:
        """Whether it makes a difference to a format where these options of formats are set."""
        words = self.heeded.split()
        if f"-{item.id}" in words:
            return False
        # What stands behind a plus has to be set as well.
        usable = [
            word for word, _, other in (entry.partition("+") for entry in words) if not other or options.get(other)
        ]
        return any(HEEDERS[word](item) if word in HEEDERS else word == item.id for word in usable)


# Which formats heed an option, by what the catalogue says of them.
HEEDERS: dict[str, Callable[[Format], bool]] = {
    "all": lambda item: True,
    "pages": lambda item: item.is_page,
    "pictures": lambda item: item.view == "picture",
    "drawings": lambda item: item.view == "drawing",
    "toolpaths": lambda item: item.view == "toolpaths",
    "data": lambda item: item.view == "data",
    "tables": lambda item: item.is_tables and item.layers != "none",
    "titled": lambda item: "no_title" not in item.abilities,
    "attributes": lambda item: item.view == "data" and item.attributes == "all",
    "names": lambda item: item.is_page or item.view in ("data", "navigation"),
    "scenes": lambda item: item.view == "scene",
    "vector_tiles": lambda item: item.view == "tiles" and not item.is_painted,
    "painted_tiles": lambda item: item.view == "tiles" and item.is_painted,
    "crs": lambda item: not item.has_fixed_crs,
    "cad_data": lambda item: item.family == "cad" and item.view == "data",
}


def _plain(word: str) -> str:
    return word.lstrip("-").partition("+")[0]


def by_field(options: tuple[Option, ...]) -> dict[str, Option]:
    """The options by their field; ValueError for a word in the table that nobody knows."""
    for option in options:
        wrong = [word for word in option.heeded.split() if word not in HEEDERS and _plain(word) not in FORMATS]
        if option.kind not in KINDS or option.group not in OPTION_GROUPS or wrong:
            raise ValueError(f"options.py: {option.field} has {option.kind}, {option.group} or {wrong}, unknown here.")
    return {option.field: option for option in options}


def values(option: Option) -> tuple[Value, ...]:
    """What an option of few choices can be, its default first."""
    if option.kind == "flag":
        return option.default, not option.default
    return tuple(option.choices()) if option.choices else ()
