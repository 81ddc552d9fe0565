"""Parameters of several choices among words, whose own list QGIS before 3.30 shows blank."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from qgis.core import QgsProcessingParameterDefinition, QgsProcessingParameterEnum

# Only named here: it is imported when a window opens, and never without one.
CHOOSER = f"{__name__.rsplit('.', 3)[0]}.osm2cdr_plugin.wrappers.Chooser"


def with_chooser(parameter: QgsProcessingParameterDefinition) -> None:
    """Have QGIS's windows show our list for a parameter of several words; others stay as they are."""
    enum = isinstance(parameter, QgsProcessingParameterEnum)
    if enum and parameter.allowMultiple() and parameter.usesStaticStrings():
        parameter.setMetadata({"widget_wrapper": {"class": CHOOSER}})
