"""A renderer that draws as another one does, and says of each stroke which class and feature it belongs to."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable

from qgis.core import (
    QgsFeature,
    QgsFeatureRenderer,
    QgsFields,
    QgsRenderContext,
    QgsRuleBasedRenderer,
    QgsSymbol,
)
from qgis.PyQt import sip

from .stamping import Stamps
from .steps import Steps

# These draw features one by one, by their symbols alone; what others do (clusters, heat maps) only they can.
PLAIN = ("RuleRenderer", "categorizedSymbol", "graduatedSymbol", "singleSymbol", "nullSymbol")
_NAMES = ("name", "Name", "NAME")


@dataclass(frozen=True)
class Source:
    """Where a mark comes from: the class's name, the number of its symbol layer and how many there are, the object."""

    title: str
    part: int
    parts: int
    name: str
    key: str


@dataclass
class _Job:
    level: int
    number: int
    symbol: QgsSymbol
    part: int
    feature: QgsFeature
    source: Source


class AttributingRenderer(QgsFeatureRenderer):
    """Wraps a plain renderer. `tell` is called before each symbol layer of a feature is painted.

    With `paint` off nothing is painted, but features are still labelled and stand in the way of labels.
    """

    def __init__(
        self,
        inner: QgsFeatureRenderer,
        tell: Callable[[Source], None],
        steps: Steps | None = None,
        paint: bool = True,
        stamps: Stamps | None = None,
    ) -> None:
        super().__init__("osm2cdrAttributing")
        self._inner = inner
        self._tell = tell
        self._steps = steps
        self._stamps = stamps
        self._paint = paint
        self._jobs: list[_Job] = []
        self._titles: dict[str, str] = {}
        self._rules: dict[int, str] = {}
        self._has_else = False
        self._names: tuple[int, int, int] = (-1, -1, -1)

    def clone(self) -> AttributingRenderer:
        """Another one, as QGIS wants it for each job."""
        copy = AttributingRenderer(self._inner.clone(), self._tell, self._steps, self._paint, self._stamps)
        self.copyRendererData(copy)
        return copy

    @property
    def paints(self) -> bool:
        """Whether anything is painted."""
        return self._paint

    def take_over(self, inner: QgsFeatureRenderer) -> None:
        """What QGIS asks a layer's renderer for beside its symbols: effects, order of features, scale of symbols."""
        if inner.paintEffect() is not None:
            self.setPaintEffect(inner.paintEffect().clone())
        self.setForceRasterRender(inner.forceRasterRender())
        self.setReferenceScale(inner.referenceScale())
        self.setOrderBy(inner.orderBy())
        self.setOrderByEnabled(inner.orderByEnabled())

    def startRender(self, context: QgsRenderContext, fields: QgsFields) -> None:  # noqa: N802
        """Begin a layer."""
        super().startRender(context, fields)
        self._inner.startRender(context, fields)
        self._jobs = []
        if self._stamps is not None:
            self._stamps.begin()
        self._titles = {item.ruleKey(): item.label() for item in self._inner.legendSymbolItems()}
        if isinstance(self._inner, QgsRuleBasedRenderer):
            # A rule's key is made anew with each clone, its symbol is drawn itself.
            rules = self._inner.rootRule().descendants()
            self._has_else = any(rule.isElse() for rule in rules)
            self._rules = {sip.unwrapinstance(rule.symbol()): rule.label() for rule in rules if rule.symbol()}
        name = next((fields.indexFromName(name) for name in _NAMES if fields.indexFromName(name) >= 0), -1)
        self._names = name, fields.indexFromName("osm_id"), fields.indexFromName("osm_type")

    def renderFeature(  # noqa: N802
        self,
        feature: QgsFeature,
        context: QgsRenderContext,
        layer: int = -1,
        selected: bool = False,
        drawVertexMarker: bool = False,  # noqa: N803
    ) -> bool:
        """Take note of what to paint; true where the feature has a symbol."""
        symbols = self.symbolsForFeature(feature, context)
        if self._steps is not None:
            self._steps.read()
        if self._inner.type() == "nullSymbol":
            return True
        if self._paint and symbols:
            kept = QgsFeature(feature)
            keys = sorted(self._inner.legendKeysForFeature(feature, context))
            name, key = self._object(feature)
            levels = self._inner.usingSymbolLevels()
            for index, symbol in enumerate(symbols):
                title = self._rules.get(sip.unwrapinstance(symbol))
                if title is None:
                    title = self._titles.get(keys[index] if index < len(keys) else "", "")
                parts = symbol.symbolLayerCount()
                for part in range(parts):
                    level = symbol.symbolLayer(part).renderingPass() if levels else 0
                    source = Source(title, part, parts, name, key)
                    self._jobs.append(_Job(level, len(self._jobs), symbol, part, kept, source))
        return bool(symbols)

    def _object(self, feature: QgsFeature) -> tuple[str, str]:
        """The feature's name, and its OSM object as `w123`."""
        values = [feature.attribute(index) if index >= 0 else None for index in self._names]
        name, number, kind = (value if isinstance(value, (str, int)) else "" for value in values)
        return str(name), f"{str(kind)[:1]}{number}" if number else ""

    def stopRender(self, context: QgsRenderContext) -> None:  # noqa: N802
        """Paint, the lower levels first."""
        super().stopRender(context)
        for number, job in enumerate(sorted(self._jobs, key=lambda job: (job.level, job.number))):
            if context.renderingStopped():
                break
            if self._steps is not None:
                self._steps.painted(number, len(self._jobs))
            context.expressionContext().setFeature(job.feature)
            self._tell(job.source)
            if self._stamps is None or not self._stamps.paint(job.symbol, job.part, job.feature, context):
                job.symbol.renderFeature(job.feature, context, job.part, False, False)
        self._inner.stopRender(context)
        self._jobs = []

    def symbolForFeature(self, feature: QgsFeature, context: QgsRenderContext) -> QgsSymbol | None:  # noqa: N802
        """As the renderer inside."""
        return self._inner.symbolForFeature(feature, context)

    def symbolsForFeature(self, feature: QgsFeature, context: QgsRenderContext) -> list[QgsSymbol]:  # noqa: N802
        """As the renderer inside paints: asked for symbols, QGIS counts those of an ELSE rule in for every feature."""
        if self._has_else:
            return _painted(self._inner.rootRule(), feature, context)
        return list(self._inner.symbolsForFeature(feature, context))

    def originalSymbolsForFeature(  # noqa: N802
        self, feature: QgsFeature, context: QgsRenderContext
    ) -> list[QgsSymbol]:
        """As the renderer inside; points stand in the way of labels by them."""
        return list(self._inner.originalSymbolsForFeature(feature, context))

    def symbols(self, context: QgsRenderContext) -> list[QgsSymbol]:
        """As the renderer inside."""
        return list(self._inner.symbols(context))

    def usedAttributes(self, context: QgsRenderContext) -> Any:  # noqa: N802
        """What the renderer inside uses, and what objects are called by."""
        return {*self._inner.usedAttributes(context), *_NAMES, "osm_id", "osm_type"}

    def filterNeedsGeometry(self) -> bool:  # noqa: N802
        """As the renderer inside."""
        return bool(self._inner.filterNeedsGeometry())

    def capabilities(self) -> Any:
        """As the renderer inside, but that symbol levels are painted by ourselves."""
        return self._inner.capabilities()

    def filter(self, fields: QgsFields = QgsFields()) -> str:  # noqa: B008
        """As the renderer inside."""
        return str(self._inner.filter(fields))


def _painted(rule: Any, feature: QgsFeature, context: QgsRenderContext) -> list[QgsSymbol]:
    """The symbols of a rule and of those below it; ELSE holds where none of its neighbours paints."""
    if not rule.isFilterOK(feature, context):
        return []
    scale = context.rendererScale()
    children = [child for child in rule.children() if child.active() and child.isScaleOK(scale)]
    inner = [symbol for child in children if not child.isElse() for symbol in _painted(child, feature, context)]
    if not inner:
        inner = [symbol for child in children if child.isElse() for symbol in _painted(child, feature, context)]
    return [rule.symbol(), *inner] if rule.symbol() else inner
