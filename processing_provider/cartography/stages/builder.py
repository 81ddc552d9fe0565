"""The layers of a picture as they grow: map data, theme and page in one hand for ground, network and names."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from functools import cached_property
from typing import Iterable, Iterator

from qgis.core import (
    QgsFeatureRequest,
    QgsMapLayer,
    QgsNullSymbolRenderer,
    QgsRuleBasedRenderer,
    QgsSymbol,
    QgsVectorLayer,
)

from ...feedback import Feedback
from ...osm.tables.map_data import MapData
from ...request.pages import Page
from ..features.reading import Thing, layer, opened, read
from ..occupancy.kinds import Kind
from ..occupancy.paper import Paper
from ..rendering.picture import Picture, reference_system
from ..rendering.settings import plates
from ..symbology import label_styles
from ..symbology.label_styles import Labels
from ..symbology.lettering import Letterer
from ..symbology.symbols import rules
from ..themes.loading import Theme
from ..themes.widths import Widths


class Builder:
    """The layers of one picture as they grow, the bottom one first."""

    def __init__(
        self, data: MapData, page: Page, theme: Theme, detail: int, feedback: Feedback, language: str = ""
    ) -> None:
        self.data = data
        self.page = page
        self.theme = theme
        self.detail = detail
        self.feedback = feedback
        self.color = theme.color
        self.widths = Widths(theme, page.scale)
        self.labels = Labels(theme, self.widths, detail)
        self.language = language
        self.letterer = Letterer(data, theme, language)
        self.crs = reference_system(page.crs)
        self.layers: list[QgsMapLayer] = []
        self.objects: dict[str, int] = {}
        self._read: dict[str, list[Thing]] = {}
        self._database: sqlite3.Connection | None = None
        self.sea = self.things("sea")

    @contextmanager
    def reading(self) -> Iterator[None]:
        """The data are opened once for all tables, which takes longer than reading a small one."""
        with closing(opened(self.data)) as database:
            self._database = database
            try:
                yield
            finally:
                self._database = None

    def things(self, table: str) -> list[Thing]:
        """The features of a table, read once for all stages: make new ones rather than change them."""
        if table not in self._read:
            self._read[table] = read(self.data, table, self._database)
        return list(self._read[table])

    def add(
        self,
        title: str,
        geometry: str,
        things: list[Thing],
        cases: Iterable[tuple[str, QgsSymbol, str]] = (),
        levels: bool = False,
        names: list[label_styles.Rule] | None = None,
    ) -> None:
        """One layer on top of those before; nothing where it has no feature, or none that is drawn or named."""
        self.feedback.check()
        cases = list(cases)
        renderer: QgsRuleBasedRenderer | QgsNullSymbolRenderer | None = rules(cases, levels)
        names = label_styles.drawn(names or ())
        if renderer is None and names:
            renderer = QgsNullSymbolRenderer()
        if renderer is None or not things:
            return
        if names:
            things, names = self.letterer.fit(things, names)
        made = layer(title, geometry, self.crs, things)
        if not names and not _any(made, [expression for expression, *_ in cases]):
            return
        made.setRenderer(renderer)
        if names:
            label_styles.apply(made, names)
        self.layers.append(made)
        self.objects[title] = len(things)

    def picture(self, background: str, unnamed: dict[tuple[str, str], str] | None = None) -> Picture:
        """What was built, the top layer first; and which names found no place, as (style, name), and why."""
        layers = list(reversed(self.layers))
        return Picture(
            layers, self.page, self.crs, background, self.theme, self.objects, self.data.notice, self.data.date,
            unnamed or {},
        )  # fmt: skip

    @cached_property
    def paper(self) -> Paper:
        """What stands where on the page, for all stages: at first what is going to stand on the map."""
        paper = Paper(self.page)
        for box in plates(self.picture("")):
            # From the upper left corner.
            low, high = paper.height - box.bottom(), paper.height - box.top()
            paper.put_box(Kind.PLATE, (box.left(), low, box.right(), high))
        return paper


def _any(layer: QgsVectorLayer, expressions: list[str]) -> bool:
    """Whether one of the expressions takes a feature."""
    if "TRUE" in expressions:
        return layer.featureCount() > 0
    request = QgsFeatureRequest()
    request.setFilterExpression(" OR ".join(f"({expression})" for expression in expressions))
    request.setLimit(1)
    return bool(list(layer.getFeatures(request)))
