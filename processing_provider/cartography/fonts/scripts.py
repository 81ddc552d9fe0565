"""Scripts, and the fonts of this machine that have their letters.

`scripts.json` names the families for each script, the best first: the bundled ones, and those that come with Windows,
macOS and Debian. Ranges are those of Unicode's blocks (Blocks.txt). Chinese, Japanese and Korean share characters whose
shapes differ, so each has families of its own.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Iterable

from qgis.PyQt.QtGui import QFont, QFontDatabase, QRawFont

# It has Latin, Greek, Cyrillic and Vietnamese letters, and is bundled.
GENERAL = "Noto Sans"
HAN = "Chinese, Japanese or Korean"
_TABLE = json.loads(Path(__file__).with_name("scripts.json").read_text(encoding="utf-8"))
_HAN_FAMILIES: dict[str, list[str]] = _TABLE["han"]
# Categories that leave no mark where a font lacks them: controls and formats, and spaces.
_INVISIBLE = {"Cc", "Cf", "Zs", "Zl", "Zp"}
_VARIATIONS = range(0xFE00, 0xFE10)
_KANA = (range(0x3041, 0x3100), range(0x31F0, 0x3200))
_HANGUL = (range(0xAC00, 0xD7A4), range(0x1100, 0x1200), range(0x3130, 0x3190))
_IDEOGRAPHS = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0x20000, 0x31350))
# A map of Japan has kana in more names than that, one of another country in the name of a restaurant.
_JAPANESE = 0.1


@dataclass(frozen=True)
class Script:
    """A script: `straight` where letters join, stack or run from the right, so that they cannot be set one by one."""

    name: str
    families: tuple[str, ...]
    straight: bool
    package: str


OTHER = Script("other", (), False, "fonts-noto-core")
_SCRIPTS = {
    row["script"]: Script(row["script"], tuple(row["families"]), row["straight"], row["package"])
    for row in _TABLE["scripts"]
}
_BLOCKS = sorted(
    (int(low, 16), int(high, 16), _SCRIPTS[row["script"]])
    for row in _TABLE["scripts"]
    for low, high in (text.split("-") for text in row["ranges"])
)
_STARTS = [low for low, _, _ in _BLOCKS]
# Latin, Greek and Cyrillic names have only letters below these, and are most names.
_FIRST_STRAIGHT = chr(min(low for low, _, script in _BLOCKS if script.straight))
_FIRST_EASTERN = chr(min(part.start for part in (*_KANA, *_HANGUL, *_IDEOGRAPHS)))


def script_of(letter: str) -> Script:
    """The script of a letter; OTHER for Latin, Greek, Cyrillic, signs, and what the table does not name."""
    code = ord(letter)
    place = bisect_right(_STARTS, code) - 1
    return _BLOCKS[place][2] if place >= 0 and code <= _BLOCKS[place][1] else OTHER


def is_straight(text: str) -> bool:
    """Whether `text` holds letters that cannot be set one by one along a curve."""
    return max(text, default="") >= _FIRST_STRAIGHT and any(script_of(letter).straight for letter in text)


def is_sign(letter: str) -> bool:
    """Whether a name is still the same name without `letter`: an emoji, an arrow, a star."""
    return unicodedata.category(letter)[0] in "SC" or ord(letter) in _VARIATIONS


def han_region(texts: Iterable[str], language: str) -> str:
    """Whose shapes of Han characters a map takes (JP, KR, SC, TC): by the language asked for, else by its names."""
    first = language.split("-")[0].split("_")[0].lower()
    if first == "zh":
        return "TC" if any(part in language.lower() for part in ("hant", "-tw", "-hk", "-mo")) else "SC"
    if first in ("yue", "nan", "hak"):
        return "TC"
    if first in ("ja", "ko"):
        return {"ja": "JP", "ko": "KR"}[first]
    kana = hangul = han = simple = traditional = 0
    for text in texts:
        if max(text, default="") < _FIRST_EASTERN:
            continue
        codes = [ord(letter) for letter in text]
        kana += _any_in(codes, _KANA)
        hangul += _any_in(codes, _HANGUL)
        ideographs = "".join(letter for letter, code in zip(text, codes) if _any_in((code,), _IDEOGRAPHS))
        if ideographs:
            han += 1
            # Each of these old character sets has the forms of one side of the reform alone.
            simple += _encodes(ideographs, "gb2312") and not _encodes(ideographs, "big5")
            traditional += _encodes(ideographs, "big5") and not _encodes(ideographs, "gb2312")
    if hangul > han:
        return "KR"
    if kana > _JAPANESE * max(han, 1):
        return "JP"
    return "TC" if traditional > simple else "SC"


def _any_in(codes: Iterable[int], ranges: tuple[range, ...]) -> bool:
    return any(code in part for code in codes for part in ranges)


def _encodes(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def families(script: Script, region: str) -> tuple[str, ...]:
    """The families that may have a script's letters, the best first."""
    if script.name != HAN:
        return script.families
    order = [region, *(other for other in _HAN_FAMILIES if other != region)]
    return tuple(family for part in order for family in _HAN_FAMILIES[part])


def _database() -> QFontDatabase:
    """Its functions are static from Qt 6 on, and there is no object of it."""
    try:
        return QFontDatabase()
    except TypeError:
        return QFontDatabase


def known_families() -> frozenset[str]:
    """The families that this machine has, bundled ones among them."""
    return frozenset(_database().families())


class Faces:
    """What the fonts of this machine can draw, asked once per letter."""

    def __init__(self) -> None:
        self.known = known_families()
        self._fonts: dict[str, QRawFont] = {}
        self._has: dict[str, dict[str, bool]] = {}

    def lacks(self, family: str, letters: Iterable[str]) -> set[str]:
        """Those of `letters` that `family` has no glyph for; all where there is no such family."""
        if family not in self.known:
            return set(letters)
        has = self._has.setdefault(family, {})
        if family not in self._fonts:
            self._fonts[family] = QRawFont.fromFont(QFont(family))
        for letter in letters:
            if letter not in has:
                has[letter] = _is_invisible(letter) or self._fonts[family].supportsCharacter(ord(letter))
        return {letter for letter in letters if not has[letter]}

    def chain(self, family: str, text: str, region: Callable[[], str]) -> tuple[str, ...] | None:
        """The families for `text` in the order that letters are looked for in them, before `family` itself.

        None where some letter is in no font here. `region` tells whose Han characters are meant (see han_region).
        """
        lacking = self.lacks(family, set(text))
        if not lacking:
            return ()
        chain: list[str] = []
        for script in sorted({script_of(letter) for letter in lacking} - {OTHER}, key=lambda script: script.name):
            own = {letter for letter in lacking if script_of(letter) is script}
            candidates = families(script, region() if script.name == HAN else "")
            better = next((name for name in candidates if not self.lacks(name, own)), None)
            if better is None:
                return None
            chain.append(better)
            lacking -= own
        for name in (*chain, GENERAL):
            rest = self.lacks(name, lacking)
            if rest != lacking and name not in chain:
                chain.append(name)
            lacking = rest
        return None if lacking else tuple(chain)

    def unknown(self, family: str, text: str) -> str:
        """The letters of a text that are in no font here, in its order, where `family` is asked for."""
        lacking = self.lacks(family, set(text))
        lost = {letter for letter in lacking if self.chain(family, letter, lambda: han_region([text], "")) is None}
        return "".join(dict.fromkeys(letter for letter in text if letter in lost))

    def styles(self, family: str) -> tuple[bool, bool]:
        """Whether a family has a bold and an italic face of its own."""
        database = _database()
        names = database.styles(family)
        bold = any(database.weight(family, name) >= QFont.Weight.Bold for name in names)
        return bold, any(database.italic(family, name) for name in names)


def _is_invisible(letter: str) -> bool:
    return unicodedata.category(letter) in _INVISIBLE or ord(letter) in _VARIATIONS
