"""What every reader gives back, and what they share."""

from dataclasses import dataclass, field

import numpy as np

Box = tuple[float, float, float, float]


@dataclass
class Found:
    """What a reader found. `box` is in the units of `crs` (EPSG code, 0 where the file says none)."""

    layers: dict[str, int] = field(default_factory=dict)
    box: Box | None = None
    crs: int = 0
    texts: set[str] = field(default_factory=set)
    notice: str = ""
    size_mm: tuple[float, float] | None = None
    # All text in the order of the file, without white space, in lower case.
    flow: str = ""


def union(boxes: list[Box]) -> Box:
    array = np.array([box for box in boxes if box and all(np.isfinite(box))])
    return (*array[:, :2].min(axis=0), *array[:, 2:].max(axis=0))


def epsg(wkt: str) -> int:
    import pyproj

    return pyproj.CRS.from_user_input(wkt).to_epsg(min_confidence=25) or 0


def flow(text: str) -> str:
    return "".join(text.split()).casefold()
