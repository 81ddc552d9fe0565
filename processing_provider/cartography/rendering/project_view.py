"""What a project shows and how: its layers in their order, its map themes, what it says about drawing."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from qgis.core import (
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsMapLayer,
    QgsMapSettings,
    QgsProcessingContext,
    QgsProject,
)

from ...errors import RequestError
from ...text.phrases import listed, nearest
from ...text.sentence import say


def visible_layers(project: QgsProject, theme: str = "") -> list[QgsMapLayer]:
    """The layers that the project shows, or that it shows in a theme, the top one first; RequestError where none is."""
    themes = project.mapThemeCollection()
    if theme and not themes.hasMapTheme(theme):
        known = themes.mapThemes()
        there = listed(known) if known else say("none")
        raise RequestError(
            "unknown_theme",
            say("The project has no map theme {0}{1}; there are {2}.", repr(theme), nearest(theme, known), there),
            "theme",
        )
    ordered = ordered_layers(project)
    if theme:
        shown = {layer.id() for layer in themes.mapThemeVisibleLayers(theme)}
    else:
        root = project.layerTreeRoot()
        groups = [group for group in root.findGroups(True) if hasattr(group, "groupLayer") and group.groupLayer()]
        shown = {node.layerId() for node in root.findLayers() if node.isVisible()}
        shown |= {group.groupLayer().id() for group in groups if group.isVisible()}
    layers = [layer for layer in ordered if layer.id() in shown]
    if not layers:
        raise RequestError("no_layers", "No layer of the project is visible; tick some, or name them.", "input")
    notes = project.mainAnnotationLayer()
    return [notes, *layers] if notes.items() else layers


def ordered_layers(project: QgsProject) -> list[QgsMapLayer]:
    """All layers as the project draws them, the top one first; those of a group that is drawn as one stand as one."""
    root = project.layerTreeRoot()
    # Since QGIS 3.24.
    ask = getattr(root, "layerOrderRespectingGroupLayers", None) or root.layerOrder
    # A table without shapes is nothing to draw; whether a layer that cannot be read has some, nobody knows.
    return [layer for layer in ask() if layer is not None and (layer.isSpatial() or not layer.isValid())]


def project_settings(project: QgsProject | None, context: QgsProcessingContext) -> tuple[QgsMapSettings, str]:
    """What a project says about drawing, and its background."""
    settings = QgsMapSettings()
    settings.setTransformContext(context.transformContext())
    # One by one: a list of scopes would stay Python's.
    variables = QgsExpressionContext()
    variables.appendScope(QgsExpressionContextUtils.globalScope())
    background = "#FFFFFF"
    if project is not None:
        settings.setPathResolver(project.pathResolver())
        settings.setEllipsoid(project.ellipsoid())
        settings.setLabelingEngineSettings(project.labelingEngineSettings())
        variables.appendScope(QgsExpressionContextUtils.projectScope(project))
        background = project.backgroundColor().name()
    settings.setExpressionContext(variables)
    return settings, background
