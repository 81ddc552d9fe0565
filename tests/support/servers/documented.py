"""The examples of the documented API, and data where they ask for them."""

import re
from pathlib import Path

from areas import AREAS, SHARED, TESTS
from moved import move

FOLDER = TESTS / "server" / "examples"
REFERENCE = SHARED.parent / "api" / "reference.txt"
ADDRESS, KEY = "https://osm2cdr.ru/api", "ocd_your_key_here"
# The boxes of the batch example; that of the others lies in the first.
CITIES = {
    "moscow": (37.35, 55.57, 37.85, 55.92),
    "spb": (30.15, 59.85, 30.50, 60.05),
    "kazan": (49.05, 55.75, 49.20, 55.85),
}
CENTRE = (37.58, 55.74, 37.65, 55.76)


def example(name, address, key):
    """An example as it is documented but for address and key."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    return text.replace(ADDRESS, address).replace(KEY, key)


def bare(text):
    """A text as the reference has it: without the white space at the beginning of lines, and without empty ones."""
    return re.sub(r"\n\s*", "\n", text).strip()


def cities(folder: Path, copies: tuple[int, int] = (5, 2)) -> str:
    """The sample in the middle of each city, some copies of it over the centre of Moscow: OSM2CDR_SOURCE."""
    sample, box = AREAS["sample"]
    for name, covers in CITIES.items():
        to, grid = (CENTRE, copies) if name == "moscow" else (covers, (1, 1))
        move(sample, folder / f"{name}.osm.pbf", box, to, grid, covers)
    return ",".join(str(folder / f"{name}.osm.pbf") for name in CITIES)
