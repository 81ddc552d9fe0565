"""Which font each label is set in: the theme's, or one that has its letters; never boxes in their place.

A label is set as a whole in one family where one has all of its letters. Names that no font here has are shown in Latin
letters where the data have such a name, else left out, and one warning tells of them.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Iterable

from qgis.core import QgsExpression, QgsPalLayerSettings, QgsTextFormat
from qgis.PyQt.QtGui import QFont, QFontMetricsF

from ...feedback import Feedback
from ...geo.sql import sql
from ...osm.tables.language import LATIN, LOCAL
from ...osm.tables.map_data import MapData
from ...text.sentence import say
from ..features.reading import LETTERING, Thing, Value
from ..fonts.scripts import GENERAL, OTHER, Faces, Script, han_region, is_sign, is_straight, script_of
from ..themes.loading import Theme
from .label_styles import Rule

# The height of lines by that of the theme's font: some faces have room for the rarest stack of marks.
_ROOM = 1.1
# How much lower letters reach, by their size.
_LOWER = 0.2
_STYLES = {
    (False, False): "Regular", (True, False): "Bold", (False, True): "Italic", (True, True): "Bold Italic"
}  # fmt: skip


@dataclass(frozen=True)
class Lettering:
    """How a label is set: families in place of the theme's, none where that has all letters; along no curve."""

    families: tuple[str, ...]
    straight: bool


# The theme's own font, with all of its letters.
PLAIN = Lettering((), False)


class Letterer:
    """Finds the lettering of every text of one picture."""

    def __init__(self, data: MapData, theme: Theme, language: str = "") -> None:
        self.data = data
        self.language = language
        self.faces = Faces()
        # All of one picture; a thing's LETTERING is the place in it.
        self.letterings: list[Lettering] = []
        self._families = sorted({GENERAL} | {value for value in theme.font.values() if value in self.faces.known})
        self._found: dict[tuple[str, str, bool], Lettering | None] = {}
        # Names that no font here has, by script: with another name in their place, and without.
        self._replaced: dict[Script, set[str]] = {}
        self._lost: dict[Script, set[str]] = {}

    @cached_property
    def region(self) -> str:
        """Whose Han characters this map takes."""
        texts = {str(name) for rows in self._named.values() for _, name, *_ in rows}
        return han_region(texts, self.language)

    @cached_property
    def _named(self) -> dict[str, list[tuple[Any, ...]]]:
        """What has a name with letters beyond ASCII, which every font has, by table: its number and its names."""
        result = {}
        with closing(sqlite3.connect(str(self.data.path))) as database:
            for table in self.data.tables:
                there = {column for column, _ in table.columns}
                if "name" in there:
                    names = ["name", *(column for column in (LOCAL, LATIN) if column in there)]
                    query = "SELECT fid, {names!i} FROM {table!i} WHERE name GLOB '*[^ -~]*'"
                    result[table.name] = database.execute(sql(query, names=names, table=table.name)).fetchall()
        return result

    def _region(self) -> str:
        return self.region

    def choose_names(self) -> None:
        """Leave in the data, which are this picture's alone, only names that can be drawn; all others are emptied."""
        with closing(sqlite3.connect(str(self.data.path))) as database:
            for name, rows in self._named.items():
                chosen = {texts: self._choose(texts) for texts in {row[1:] for row in rows}}
                changed = [(chosen[row[1:]], row[0]) for row in rows if chosen[row[1:]] != row[1]]
                database.executemany(sql("UPDATE {table!i} SET name = ? WHERE fid = ?", table=name), changed)
            database.commit()

    def _choose(self, texts: tuple[str | None, ...]) -> str | None:
        """The first of a thing's names that can be drawn; None where there is none."""
        first = str(texts[0])
        for text in texts:
            shown = self._without_signs(text) if text else ""
            if shown and all(self.lettering(family, shown) for family in self._families):
                if text != first:
                    self._note(self._replaced, first)
                return shown
        self._note(self._lost, first)
        return None

    def fit(self, things: list[Thing], rules: list[Rule]) -> tuple[list[Thing], list[Rule]]:
        """The things with their letterings, and rules for each of these beside those for the theme's own font."""
        columns = sorted({column for settings, _ in rules for column in _columns(settings)})
        fonts = [settings.format().font() for settings, _ in rules]
        looks = sorted({(font.family(), _in_capitals(font)) for font in fonts})
        result = [self._fitted(thing, columns, looks) for thing in things]
        used = sorted({number for thing in result if (number := thing[LETTERING]) is not None})
        if not used:
            return result, rules
        wider = [(settings, f'"{LETTERING}" IS NULL AND ({expression})') for settings, expression in rules]
        for number in used:
            wider += [
                (self._settings(settings, self.letterings[number]), f'"{LETTERING}"={number} AND ({expression})')
                for settings, expression in rules
            ]
        return result, wider

    def _fitted(self, thing: Thing, columns: list[str], looks: list[tuple[str, bool]]) -> Thing:
        changed: dict[str, Value] = {}
        chosen: list[Lettering] = []
        for column in columns:
            value = thing[column]
            if not isinstance(value, str) or value.isascii():
                continue
            found = [self.lettering(family, value, caps) for family, caps in looks]
            if None in found:
                # A house number, say; names were chosen before.
                self._note(self._lost, value)
                changed[column] = None
            chosen += [lettering for lettering in found if lettering and lettering != PLAIN]
        if chosen:
            names = dict.fromkeys(family for lettering in chosen for family in lettering.families)
            lettering = Lettering(tuple(names), any(lettering.straight for lettering in chosen))
            if lettering not in self.letterings:
                self.letterings.append(lettering)
            changed[LETTERING] = self.letterings.index(lettering)
        return Thing(thing.geometry, {**thing.values, **changed}) if changed else thing

    def _without_signs(self, text: str) -> str:
        """`text` without emoji and the like that no font here has."""
        signs = {letter for letter in text if not letter.isascii() and is_sign(letter)}
        for family in (*self._families, GENERAL) if signs else ():
            signs &= self.faces.lacks(family, signs)
        return " ".join("".join(letter for letter in text if letter not in signs).split()) if signs else text

    def lettering(self, family: str, text: str, caps: bool = False) -> Lettering | None:
        """How `text` is set where the theme asks for `family`; None where some letter is in no font here."""
        key = family, text, caps
        if key not in self._found:
            # Only letters that the table does not name have capitals that are set.
            capitals = text.upper() if caps and all(script_of(letter) is OTHER for letter in text) else ""
            chain = self.faces.chain(family, text + capitals, self._region)
            if chain is None and capitals:
                chain = self.faces.chain(family, text, self._region)
            self._found[key] = None if chain is None else Lettering(chain, is_straight(text))
        return self._found[key]

    def format(self, format_: QgsTextFormat, text: str) -> QgsTextFormat:
        """The format that `text` is drawn with, where `format_` is what the theme asks for."""
        font = format_.font()
        lettering = None if text.isascii() else self.lettering(font.family(), text, _in_capitals(font))
        return self._format(format_, lettering) if lettering and lettering != PLAIN else format_

    def _format(self, format_: QgsTextFormat, lettering: Lettering) -> QgsTextFormat:
        result = QgsTextFormat(format_)
        font = result.font()
        own = font.family()
        names = list(dict.fromkeys((*lettering.families, own, GENERAL)))
        font.setFamily(names[0])
        font.setFamilies(names)
        # No face is made bold or slanted that has no such cut.
        bold, italic = self.faces.styles(names[0])
        font.setBold(font.bold() and bold)
        font.setItalic(font.italic() and italic)
        if lettering.straight:
            font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0)
        if lettering.straight or names[0] not in (own, GENERAL):
            font.setCapitalization(QFont.Capitalization.MixedCase)
            height = QFontMetricsF(QFont(names[0])).height()
            if height:
                ratio = QFontMetricsF(QFont(own)).height() / height
                result.setLineHeight(result.lineHeight() * min(1.0, _ROOM * ratio))
        result.setFont(font)
        result.setNamedStyle(_STYLES[font.bold(), font.italic()])
        return result

    def _settings(self, settings: QgsPalLayerSettings, lettering: Lettering) -> QgsPalLayerSettings:
        result = QgsPalLayerSettings(settings)
        result.setFormat(self._format(settings.format(), lettering))
        if lettering.straight:
            _make_straight(result, settings.format().size())
        return result

    def _note(self, where: dict[Script, set[str]], text: str) -> None:
        lacking = [letter for letter in text if not letter.isascii()]
        script = next((script for script in map(script_of, lacking) if script is not OTHER), OTHER)
        where.setdefault(script, set()).add(text)

    def warn(self, feedback: Feedback) -> None:
        """One warning for all names that could not be shown as they are."""
        scripts = sorted({*self._replaced, *self._lost}, key=lambda script: script.name)
        if not scripts:
            return
        replaced = sum(map(len, self._replaced.values()))
        lost = sum(map(len, self._lost.values()))
        names = ", ".join(script.name for script in scripts)
        packages = ", ".join(sorted({script.package for script in scripts}))
        feedback.warning(
            "no_font",
            say(
                "No font on this machine has the letters of {0} names ({1}): {2} are shown in Latin "
                "letters, {3} are left out; install one, on Debian the package {4}.",
                replaced + lost,
                names,
                replaced,
                lost,
                packages,
            ),
        )


def _make_straight(settings: QgsPalLayerSettings, size: float) -> None:
    """Take the label off its curve, and farther off its point: the letters of such scripts reach lower."""
    if settings.placement == QgsPalLayerSettings.Placement.Curved:
        settings.placement = QgsPalLayerSettings.Placement.Line
    elif settings.placement == QgsPalLayerSettings.Placement.OrderedPositionsAroundPoint:
        settings.dist += _LOWER * size * 25.4 / 72


def _columns(settings: QgsPalLayerSettings) -> Iterable[str]:
    if not settings.isExpression:
        return [settings.fieldName]
    return list(QgsExpression(settings.fieldName).referencedColumns())


def _in_capitals(font: QFont) -> bool:
    return bool(font.capitalization() == QFont.Capitalization.AllUppercase)
