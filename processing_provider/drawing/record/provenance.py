"""A renderer that draws as another one does, and says of each stroke which class and feature it belongs to."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from operator import itemgetter
from typing import Any, Callable, NamedTuple, Tuple

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


class Source(NamedTuple):
    """Where a mark comes from: the class's name, the number of its symbol layer and how many there are, the object.

    `feature` is its number in the layer.
    """

    title: str
    part: int
    parts: int
    name: str
    key: str
    feature: int = 0


# What is to be painted: its level, symbol, feature and source. A plain one, since there are as many as objects.
_Job = Tuple[int, QgsSymbol, QgsFeature, Source]


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
        # Of symbols by their address: their rule's name, and the level of each of their layers.
        self._rules: dict[int, str] = {}
        self._levels: dict[int, list[int]] = {}
        self._is_null = inner.type() == "nullSymbol"
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
        self._jobs, self._levels = [], {}
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
        symbols = (self.symbolsForFeature if self._has_else else self._inner.symbolsForFeature)(feature, context)
        if self._steps is not None:
            self._steps.read()
        if self._is_null:
            return True
        if self._paint and symbols:
            kept = QgsFeature(feature)
            keys: list[str] | None = None
            name, key = self._object(feature)
            for index, symbol in enumerate(symbols):
                address = sip.unwrapinstance(symbol)
                title = self._rules.get(address)
                if title is None:
                    if keys is None:
                        keys = sorted(self._inner.legendKeysForFeature(feature, context))
                    title = self._titles.get(keys[index] if index < len(keys) else "", "")
                levels = self._levels.get(address) or self._levels_of(symbol)
                if address in self._rules:
                    self._levels[address] = levels
                for part, level in enumerate(levels):
                    self._jobs.append((level, symbol, kept, Source(title, part, len(levels), name, key, feature.id())))
        return bool(symbols)

    def _levels_of(self, symbol: QgsSymbol) -> list[int]:
        """On which level each of a symbol's layers is painted."""
        parts = range(symbol.symbolLayerCount())
        if not self._inner.usingSymbolLevels():
            return [0] * len(parts)
        return [symbol.symbolLayer(part).renderingPass() for part in parts]

    def _object(self, feature: QgsFeature) -> tuple[str, str]:
        """The feature's name, and its OSM object as `w123`."""
        name, number, kind = self._names
        called = _value(feature, name)
        known = _value(feature, number) if number >= 0 else ""
        return str(called), f"{str(_value(feature, kind))[:1]}{known}" if known else ""

    def stopRender(self, context: QgsRenderContext) -> None:  # noqa: N802
        """Paint, the lower levels first."""
        super().stopRender(context)
        expressions = context.expressionContext()
        # Of one level as they came.
        for number, (_, symbol, feature, source) in enumerate(sorted(self._jobs, key=itemgetter(0))):
            if context.renderingStopped():
                break
            if self._steps is not None:
                self._steps.painted(number, len(self._jobs))
            expressions.setFeature(feature)
            self._tell(source)
            if self._stamps is None or not self._stamps.paint(symbol, source.part, feature, context):
                symbol.renderFeature(feature, context, source.part, False, False)
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


def _value(feature: QgsFeature, index: int) -> str | int:
    value = feature.attribute(index) if index >= 0 else ""
    return value if isinstance(value, (str, int)) else ""


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
