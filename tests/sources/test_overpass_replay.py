"""What a real Overpass server answered to the product's own queries makes the same map as the extract that it held."""

import sqlite3

import pytest
import shapely
from overpass_recordings import REQUESTS, recordings

from areas import SHARED
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.osm.tables.detail import DETAILS
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.request.checks import make_request
from overpass_server import Play

ANSWERS = recordings()
REFUSED = b"<html><head><title>No such recording</title></head></html>"


@pytest.fixture
def replay(serve):
    """A server that answers a query that equals a recorded one, letter by letter, and no other."""
    return serve(lambda text: Play(ANSWERS[text], packed=True) if text in ANSWERS else Play(REFUSED, 400))


def tables(path):
    """Every row of every table but its geometry; and the geometries in the same order.

    A coordinate read from PBF may differ from the one read from XML by its last bit.
    """
    database = sqlite3.connect(path)
    names = [row[0] for row in database.execute("SELECT table_name FROM gpkg_contents")]
    found = {}
    for name in names:
        columns = [row[1] for row in database.execute(f'PRAGMA table_info("{name}")')]
        listed = ", ".join(f'"{column}"' for column in columns if column not in ("fid", "geom"))
        rows = sorted(database.execute(f'SELECT {listed}, geom FROM "{name}"'), key=lambda row: repr(row[:-1]))
        shapes = shapely.from_wkb([row[-1][8 + (32 if row[-1][3] & 14 else 0) :] for row in rows])
        found[name] = [row[:-1] for row in rows], shapely.normalize(shapes)
    database.close()
    return found


@pytest.mark.parametrize("name", list(REQUESTS))
def test_the_recorded_answers_make_the_map_of_the_extract(replay, qgis, tmp_path, name):
    extract, fields = REQUESTS[name]
    source = SHARED / f"{extract}.osm.pbf"
    if not source.exists():
        pytest.skip(f"{source} is not there")
    made = []
    for number, origin in enumerate((str(source), replay.url)):
        request = make_request({**fields, "formats": "gpkg", "source": origin})
        [result] = pipeline.run(request, tmp_path / str(number), Feedback())
        assert result.error is None
        made.append(tables(result.path))
    assert len(replay.queries) == 1
    # A server is asked for these by name alone.
    for table in ("admin_areas", "routes") if "layers" not in fields else ():
        made[0].pop(table, None)
    # Nor is it for what no table knows, of which it gives what comes along.
    made = [{table: rows for table, rows in found.items() if not table.startswith("others_")} for found in made]
    assert set(made[0]) == set(made[1])
    for table, (rows, shapes) in made[0].items():
        assert made[1][table][0] == rows, table
        # Where two points are equally far from a line, the last bit decides which of them simplification keeps.
        apart = 1e-9 + DETAILS[fields["detail"]].tolerance / 111_000
        assert (shapely.hausdorff_distance(made[1][table][1], shapes) <= apart).all(), table
    assert sum(len(rows) for rows, _ in made[0].values()) >= 3


def test_no_other_query_is_answered(replay, qgis, tmp_path):
    _, fields = REQUESTS["box-4"]
    request = make_request({**fields, "formats": "gpkg", "source": replay.url, "timeout": 179})
    with pytest.raises(Exception, match="did not understand"):
        pipeline.run(request, tmp_path, Feedback())
