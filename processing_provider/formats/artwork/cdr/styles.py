"""The table of styles of a CorelDRAW 12 document: fills, outlines, typefaces and paragraphs of its texts.

Layout: docs/corel.md, "stlt". Every text has a style of its own that differs from the root in fill, font and, where its
letters stand apart, interval.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass
from typing import Iterable

from .records import FACES, UNITS
from .riff import i32, u16, u32

_POINT = 25.4 / 72
_NAMES = (
    "fill_text fill_graphic outline_text outline_graphic font_paragraph font_artistic align interval underline tabs "
    "bullet indent hyphen drop last paragraph artistic graphic"
)  # fmt: skip
_GRAPHIC, _ARTISTIC, _PARAGRAPH = 1, 2, 3
# Lines under, through and over a text: where (thousandths of its size) and how thick.
_LINES = (
    (-90909, 45455), (-90909, 90909), (-90909, 45455), (-181819, 45455), (845455, 45455), (868182, 90909),
    (800000, 45455), (890910, 45455), (333333, 45455), (356060, 90909), (378788, 45455), (287878, 45455),
)  # fmt: skip


@dataclass(frozen=True)
class TextStyle:
    """A style of text: ids of it and of its entries, number of the font, size in points, face, id of the fill.

    `spacing` is what stands between the letters of a word, in millionths of the font's space.
    """

    style: int
    font_entry: int
    fill_entry: int
    interval_entry: int
    font: int
    size: float
    face: int
    fill: int
    spacing: int


@dataclass(frozen=True)
class Roots:
    """The ids of the root styles and their entries."""

    ids: dict[str, int]

    @staticmethod
    def made(first: int) -> Roots:
        """Ids from `first` on."""
        return Roots({name: first + number for number, name in enumerate(_NAMES.split())})

    def __getitem__(self, name: str) -> int:
        return self.ids[name]

    def __len__(self) -> int:
        return len(self.ids)


def _font(number: int, parent: int, font: int, size: float, face: int) -> bytes:
    """A font entry (60 bytes): the same font and size for Latin, Asian and Arabic letters."""
    units = round(size * _POINT * UNITS)
    empty = u16(0xFFFF, 0) * 3 + u32(1)
    return u32(number, parent) + empty + u16(font, 0) * 3 + i32(units, units, units) + u32(face, face, face)


def _interval(number: int, parent: int, letters: int) -> bytes:
    """Spacing (52 bytes): of letters, of languages, of words, of lines, before and after, and the most and least."""
    return u32(number, parent, 0xFFFF, letters, 0, *[1_000_000] * 3, 0, 2_000_000, 600_000, 3_000_000, 0)


def _table(entries: Iterable[bytes]) -> bytes:
    listed = list(entries)
    return u32(len(listed)) + b"".join(listed)


def table(roots: Roots, texts: list[TextStyle], black: int, none: int, no_line: int, hairline: int) -> bytes:
    """The content of `stlt`; the last four are ids of fills and outlines."""
    plain = FACES[False, False]
    fills = [
        u32(roots["fill_text"], 0, black), u32(roots["fill_graphic"], 0, none),
        *(u32(text.fill_entry, roots["fill_text"], text.fill) for text in texts),
    ]  # fmt: skip
    outlines = [u32(roots["outline_text"], 0, no_line), u32(roots["outline_graphic"], 0, hairline)]
    fonts = [
        _font(roots["font_paragraph"], 0, 1, 12, plain), _font(roots["font_artistic"], 0, 1, 24, plain),
        *(_font(text.font_entry, roots["font_artistic"], text.font, text.size, text.face) for text in texts),
    ]  # fmt: skip
    intervals = [
        _interval(roots["interval"], 0, 0),
        *(_interval(text.interval_entry, roots["interval"], text.spacing) for text in texts if text.spacing),
    ]
    underline = u32(roots["underline"], 0, 0) + b"".join(i32(*line, 0) for line in _LINES)[:-4]
    tabs = u32(roots["tabs"], 0, 0x1000C, 0x2E) + b"".join(u32(0, 0, 75_000 * n, 0) for n in range(1, 13))
    bullet = (
        u32(roots["bullet"], 0, 0, 0, 1) + u16(1, 0) * 3 + i32(42_333, 42_333, 42_333) + u32(plain, plain, plain)
        + u32(0, 0, 0, 0, 0, 0x21)
    )  # fmt: skip
    parts = [
        _table(fills), _table(outlines), _table(fonts), _table([u32(roots["align"], 0, 0)]), _table(intervals),
        _table([underline]), _table([tabs.ljust(784, b"\0")]), _table([bullet]),
        _table([u32(roots["indent"], 0, 0xFF, 0, 0, 0, 0)]), _table([u32(roots["hyphen"], 0, 0, 0, 6, 3, 2, 127_000)]),
        _table([u32(roots["drop"], 0, 0, 0, 3, 0, 0)]), _table([u32(roots["last"], 0, 0)]),
    ]  # fmt: skip
    styles = _root_styles(roots)
    for text in texts:
        interval = text.interval_entry if text.spacing else 0
        entries = (text.fill_entry, 0, text.font_entry, 0, interval, 0, 0)
        styles.append(_style(_ARTISTIC, text.style, roots["artistic"], False, "", entries))
    return u32(len(styles)) + b"".join(parts) + b"".join(styles)


def _root_styles(roots: Roots) -> list[bytes]:
    text = ["align", "interval", "underline", "last"]
    more = ["tabs", "bullet", "indent", "hyphen", "drop"]

    def ids(*names: str) -> list[int]:
        return [roots[name] for name in names]

    return [
        _style(
            _PARAGRAPH, roots["paragraph"], 0, True, "CorelDefaultID_5007",
            ids("fill_text", "outline_text", "font_paragraph", *text, *more),
        ),
        _style(
            _ARTISTIC, roots["artistic"], 0, True, "CorelDefaultID_5006",
            ids("fill_text", "outline_text", "font_artistic", *text),
        ),
        _style(
            _GRAPHIC, roots["graphic"], 0, True, "CorelDefaultID_5008", ids("fill_graphic", "outline_graphic"),
        ),
    ]  # fmt: skip


def _style(kind: int, number: int, parent: int, is_root: bool, name: str, entries: Iterable[int]) -> bytes:
    flag = int(is_root)
    return u32(kind, number, parent, flag, flag, len(name)) + name.encode("utf-16le") + u32(*entries)
