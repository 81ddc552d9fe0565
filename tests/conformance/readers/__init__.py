"""The independent readers of the formats: for each, a program that did not write the file tells what it finds.

A module per family, named as the writers' folders are, or per program where one needs more; each has its own table, put
together here.
"""

from readers import (
    artwork,
    cad,
    geodatabase,
    gis,
    heights,
    image,
    mapinfo,
    model,
    osmdata,
    simulation,
    tiles,
    topology,
)  # fmt: skip
from readers.found import Found

FAMILIES = (artwork, image, gis, geodatabase, mapinfo, topology, osmdata, cad, model, heights, tiles, simulation)
READERS = {name: reader for family in FAMILIES for name, reader in family.READERS.items()}

__all__ = ["READERS", "Found"]
