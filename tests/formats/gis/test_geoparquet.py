"""GeoParquet beyond its rows: neighbours stand together, so that who reads a part of a map leaves groups out."""

import json
import zipfile

import numpy as np
import pytest

from areas import SAMPLE
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.formats.gis import geoparquet, hilbert
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.request.checks import make_request

BOX = (24.9400, 60.1680, 24.9470, 60.1720)


def test_the_curve_goes_from_cell_to_cell_and_to_each_once():
    side = 64
    x, y = (axis.ravel() for axis in np.meshgrid(np.arange(side), np.arange(side)))
    way = hilbert.distances(x, y)
    assert sorted(way.tolist()) == list(range(side * side))
    x, y = x[np.argsort(way)], y[np.argsort(way)]
    assert (abs(np.diff(x)) + abs(np.diff(y)) == 1).all()


def test_boxes_of_no_size_and_none_at_all_have_an_order():
    assert hilbert.order(np.zeros((3, 4))).tolist() == [0, 1, 2]
    assert hilbert.order(np.zeros((0, 4))).tolist() == []


@pytest.fixture(scope="module")
def files(qgis, tmp_path_factory):
    folder = tmp_path_factory.mktemp("parquet")
    fields = {"bbox": BOX, "formats": "geoparquet,geojson", "detail": 6, "source": str(SAMPLE), "tags": "all"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(geoparquet, "_GROUP", 30)
        parquet, geojson = pipeline.run(make_request(fields), folder, Feedback())
    assert parquet.error is None
    with zipfile.ZipFile(parquet.path) as archive:
        archive.extractall(folder / "all")
    return folder / "all", json.loads(geojson.path.read_text(encoding="utf-8"))


def test_a_group_of_rows_is_of_one_part_of_the_map(files):
    import pyarrow.parquet as pq

    folder, _ = files
    file = pq.ParquetFile(folder / "buildings.parquet")
    boxes = np.array([list(row.values()) for row in file.read(["bbox"])["bbox"].to_pylist()])
    assert file.num_row_groups == -(-len(boxes) // 30) > 2
    # What each group says of itself, by which it is left out.
    named = {file.schema.column(n).path: n for n in range(len(file.schema))}
    areas = []
    for number in range(file.num_row_groups):
        group = file.metadata.row_group(number)
        low = [group.column(named[f"bbox.{side}"]).statistics.min for side in ("xmin", "ymin")]
        high = [group.column(named[f"bbox.{side}"]).statistics.max for side in ("xmax", "ymax")]
        areas.append((high[0] - low[0]) * (high[1] - low[1]))
    whole = np.ptp(boxes[:, [0, 2]]) * np.ptp(boxes[:, [1, 3]])
    assert sum(areas) < 2 * whole, "in any other order, each of them has nearly all"


def test_every_attribute_is_that_of_the_other_formats(files):
    import duckdb

    folder, data = files
    want = {}
    for feature in data["features"]:
        values = {key: value for key, value in feature["properties"].items() if value is not None}
        want.setdefault(values.pop("table"), []).append(values)
    for table, rows in want.items():
        found = duckdb.sql(f"SELECT * EXCLUDE (geometry, bbox) FROM read_parquet('{folder}/{table}.parquet')")
        mine = [{k: v for k, v in zip(found.columns, row) if v is not None} for row in found.fetchall()]
        for row in mine:
            if "tags" in row:
                # GDAL's GeoJSON has JSON of a text as JSON.
                row["tags"] = json.loads(row["tags"])
        assert sorted(repr(sorted(row.items())) for row in mine) == sorted(repr(sorted(row.items())) for row in rows)
