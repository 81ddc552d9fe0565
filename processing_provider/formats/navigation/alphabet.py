"""The one code page of a map for Garmin's devices, and its names in it."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Iterable

from ...feedback import Feedback
from ...network.navigation import Navigation
from ...text.phrases import one_line
from ...text.sentence import say
from ..contract import Job
from ..gis.code_pages import best, in_code_page, letters_of

# Those that devices have letters for and mkgmap sorts names by; Unicode is for newer devices and for BaseCamp.
PAGES = ("1252", "1251", "1250", "1253", "1254", "1255", "1256", "1257", "1258")
UNICODE = "unicode"
# So many of the letters beyond ASCII may be replaced by their like before the map is in Unicode.
_MAY_BE_LOST = 0.1
# Letters of a name: a device shows some thirty.
_LONGEST = 120


@dataclass
class Alphabet:
    """`number` is the code page as Garmin counts (1252, 65001 for Unicode), `codec` Python's name of it.

    `lost` counts the names that have other letters, which are there as what they look like, or as question marks.
    """

    number: int
    codec: str
    lost: int = 0
    cut: int = 0

    def label(self, name: str | None) -> str:
        """A name as one line of the code page's letters, not too long; nothing in it means anything to a reader."""
        text = one_line(name or "")
        if len(text) > _LONGEST:
            self.cut += 1
            text = text[: _LONGEST - 1] + "…"
        written = in_code_page(text.replace("~[", "~ ["), self.codec)
        self.lost += written.count("?") > text.count("?")
        return written.strip()

    def tell(self, feedback: Feedback) -> None:
        """Say what became of names."""
        if self.lost:
            feedback.warning(
                "letters_lost",
                say(
                    "{0} names have letters that code page {1} has not, with question marks in their place: choose the "
                    "code page unicode, which newer devices and BaseCamp show.",
                    self.lost, self.number,
                ),
            )  # fmt: skip
        if self.cut:
            feedback.warning("names_cut", say("{0} names are cut after {1} letters.", self.cut, _LONGEST))


def alphabet(view: Navigation, job: Job) -> Alphabet:
    """The code page that was asked for, or that of most letters of all names; Unicode where none has most of them."""
    asked = str(job.options.get("code_page", "auto"))
    if asked in PAGES:
        return Alphabet(int(asked), f"cp{asked}")
    letters: Counter[str] = Counter()
    if asked != UNICODE:
        for table in view.data.tables:
            letters += letters_of(view.data, table, ("name",))
        letters.update(_beyond_ascii(way.spoken or way.name for way in view.network.ways) if view.network else ())
        codec = best(letters, tuple(f"cp{page}" for page in PAGES), ())
        lost = sum(count for letter, count in letters.items() if in_code_page(letter, codec) == "?")
        if lost <= _MAY_BE_LOST * sum(letters.values()):
            return Alphabet(int(codec[2:]), codec)
    return Alphabet(65001, "utf-8")


def _beyond_ascii(names: Iterable[str]) -> Iterable[str]:
    return (letter for name in names if not name.isascii() for letter in name if not letter.isascii())
