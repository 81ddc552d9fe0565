"""A file that GDAL makes of a dataset, with progress, cancel, and its reason where it cannot."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from pathlib import Path

from osgeo import gdal

from ...errors import Cancelled, WriteError
from ...feedback import Feedback
from ...geo.gdal_settings import attempt, quiet
from ...text.sentence import say


def copied(source: gdal.Dataset, path: Path, driver: str, options: list[str], label: str, feedback: Feedback) -> None:
    """Write `source` to `path` by one of GDAL's drivers and close it; `label` is what people call the format.

    Raises Cancelled where asked to stop, WriteError with GDAL's reason where it fails.
    """

    def report(fraction: float, _text: str, _data: object) -> int:
        if feedback.cancelled:
            return 0
        feedback.progress(100 * fraction)
        return 1

    with quiet() as errors:
        copy = gdal.GetDriverByName(driver).CreateCopy
        result = attempt(lambda: copy(str(path), source, False, options, callback=report))
        failed = result is None
        # Closing it writes what is left.
        result = None
    if feedback.cancelled:
        raise Cancelled
    if failed or errors.failures:
        raise WriteError("write_failed", say("{0} could not be written: {1}.", label, errors.text))
