"""The catalogue of formats: one row of `catalogue.csv` each, written or not."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

VIEWS = ("data", "source", "picture", "scene", "drawing", "tiles", "network")
TIERS = ("free", "basic", "pro", "enterprise")


@dataclass(frozen=True)
class Format:
    """One format. `writer` is a module under `formats`, empty where there is none yet.

    `needs` lists `python:MODULE` or `gdal:DRIVER`; `crs` is the default CRS: `4326`, `utm`,
    `page`, `local`, `3857`, or `lonlat` where the format knows nothing else; `layers` tells
    whether the file keeps them (`yes`, `no`, `file` each; `points lines` where it holds only those).
    """

    id: str
    name: str
    extension: str
    media_type: str
    family: str
    view: str
    writer: str
    needs: str
    tier: str
    crs: str
    layers: str
    reader: str
    users: str


def _load() -> dict[str, Format]:
    with Path(__file__).with_name("catalogue.csv").open(encoding="utf-8", newline="") as file:
        formats = [Format(**row) for row in csv.DictReader(file)]
    return {item.id: item for item in formats}


FORMATS: dict[str, Format] = _load()
