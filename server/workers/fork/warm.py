"""QGIS and the provider, loaded once for all jobs; and a job, run in a child of that process."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import gc
import importlib
import os
import pkgutil
import signal
import sys
from pathlib import Path
from typing import Any

from ....processing_provider.request.request_argument import ALGORITHM

_kept: list[Any] = []


def load() -> None:
    """Everything that a job would load anew: QGIS, Processing, our modules and the libraries that they take."""
    from qgis.core import QgsApplication

    application = QgsApplication([], False)
    application.initQgis()
    _kept.append(application)
    sys.path.append(str(Path(QgsApplication.pkgDataPath()) / "python" / "plugins"))
    from processing.core.Processing import Processing

    Processing.initialize()
    from .... import processing_provider
    from ....processing_provider.provider import Osm2CdrProvider

    provider = Osm2CdrProvider()
    QgsApplication.processingRegistry().addProvider(provider)
    _kept.append(provider)
    for module in pkgutil.walk_packages(processing_provider.__path__, f"{processing_provider.__name__}."):
        if "._vendor" not in module.name:
            importlib.import_module(module.name)
    _warm()
    # The collector of a child would touch, and so copy, every page of this.
    gc.collect()
    gc.freeze()


def _warm() -> None:
    """What QGIS and Qt do once, on first use, and keep: PROJ's tables, expression functions, typefaces; no drawing."""
    from qgis.core import QgsCoordinateReferenceSystem, QgsExpressionContextUtils
    from qgis.PyQt.QtGui import QFont, QFontMetricsF

    from ....processing_provider.cartography.fonts import font_files
    from ....processing_provider.geo.area import Area
    from ....processing_provider.geo.projection import local_crs

    for crs in (local_crs(Area(0, 0, 1, 1)), "EPSG:4326", "EPSG:32631"):
        _kept.append(QgsCoordinateReferenceSystem.fromProj(crs) if crs[0] == "+" else QgsCoordinateReferenceSystem(crs))
    _kept.append(QgsExpressionContextUtils.globalScope())
    font_files.register()
    for family in font_files.families():
        for weight in (QFont.Weight.Normal, QFont.Weight.Bold):
            QFontMetricsF(QFont(family, 10, weight)).horizontalAdvance("osm2cdr")


def run(folder: Path, parameters: dict[str, Any]) -> int:
    """The algorithm, in the job's folder; 0 where it came to its end, whatever came of it: the report says that."""
    from qgis import processing
    from qgis.core import QgsProcessingException, QgsProcessingFeedback

    os.chdir(folder)
    feedback = QgsProcessingFeedback(False)
    signal.signal(signal.SIGTERM, lambda _number, _frame: feedback.cancel())
    try:
        processing.run(ALGORITHM, parameters, feedback=feedback)
    except QgsProcessingException as error:
        print(error)  # noqa: T201
    return 0
