"""The independent readers of the formats: for each, a program that did not write the file tells what it finds.

A module per family, named as the writers' folders are; each has its own table, put together here.
"""

from readers import artwork, cad, gis, image, model, osmdata, tiles
from readers.found import Found

READERS = {
    **artwork.READERS,
    **image.READERS,
    **gis.READERS,
    **osmdata.READERS,
    **cad.READERS,
    **model.READERS,
    **tiles.READERS,
}

__all__ = ["READERS", "Found"]
