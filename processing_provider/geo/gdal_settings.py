"""GDAL's errors and settings, held to one place and one thread.

GDAL is shared with all of QGIS: nothing here switches exceptions or options for anybody else.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import Any, Callable, Iterator

from osgeo import gdal, ogr, osr


class Errors:
    """The messages that GDAL gave inside a `quiet()` block."""

    def __init__(self) -> None:
        self.failures: list[str] = []
        self.warnings: list[str] = []
        # Gets the messages for developers, where CPL_DEBUG asks for any.
        self.hear: Callable[[str], None] = lambda message: None

    @property
    def text(self) -> str:
        """The first failure, the one that says why, or the last warning, as a phrase without its full stop."""
        messages = self.failures[:1] or self.warnings
        return messages[-1].strip().rstrip(".") if messages else "no reason given"

    def _take(self, kind: int, _number: int, message: str) -> None:
        if kind >= gdal.CE_Failure:
            self.failures.append(message)
        elif kind == gdal.CE_Warning and len(self.warnings) < 100:
            self.warnings.append(message)
        elif kind == gdal.CE_Debug:
            self.hear(message)


@contextmanager
def quiet() -> Iterator[Errors]:
    """Collect GDAL's messages of this thread instead of letting them out on stderr.

    QGIS from 3.38 on makes GDAL raise exceptions; where GDAL lets one thread differ (3.8 and later), they are
    off in here. Before that anybody may have switched them on: `attempt()` is right either way.
    """
    errors = Errors()
    with ExitStack() as stack:
        for module in (gdal, ogr, osr):
            if hasattr(module, "ExceptionMgr"):
                stack.enter_context(module.ExceptionMgr(useExceptions=False))
        gdal.PushErrorHandler(errors._take)
        try:
            yield errors
        finally:
            gdal.PopErrorHandler()


def attempt(function: Callable[..., Any], *arguments: Any) -> Any:
    """The function's result; None where it fails, whether GDAL raises exceptions or not."""
    try:
        return function(*arguments)
    except RuntimeError:
        return None


@contextmanager
def options(**values: str) -> Iterator[None]:
    """Set GDAL configuration options for this thread, and set them back."""
    before = {name: gdal.GetThreadLocalConfigOption(name) for name in values}
    for name, value in values.items():
        gdal.SetThreadLocalConfigOption(name, value)
    try:
        yield
    finally:
        for name, old in before.items():
            gdal.SetThreadLocalConfigOption(name, old)
