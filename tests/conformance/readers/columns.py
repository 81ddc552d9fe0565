"""DuckDB: its databases in another process, to be read alone; and GeoParquet, which pyarrow wrote, with shapely."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

from readers.found import Found, union

READ = """
import duckdb, json, sys
database = duckdb.connect(sys.argv[1], read_only=True)
found = {"layers": {}, "texts": [], "boxes": []}
for name, comment in database.execute("SELECT table_name, comment FROM duckdb_tables()").fetchall():
    if name == "metadata":
        found["about"] = dict(database.execute('SELECT * FROM metadata').fetchall())
        continue
    assert found.get("about", {}).get("rights", "") in comment, comment
    (kind,) = database.execute("SELECT data_type FROM duckdb_columns() WHERE table_name = ? AND column_name = 'geom'",
        [name]).fetchone()
    assert kind == "GEOMETRY('OGC:CRS84')", kind
    rows = database.execute(f'SELECT name, hex(ST_AsWKB(geom)) FROM "{name}"').fetchall()
    found["layers"][name] = len(rows)
    found["texts"] += [row[0] for row in rows]
    found["boxes"] += [row[1] for row in rows]
json.dump(found, sys.stdout)
"""


def bounds(shapes):
    """The boxes of WKB."""
    import shapely

    made = shapely.from_wkb(shapes)
    assert shapely.is_valid(made).all()
    return [tuple(box) for box in shapely.bounds(made).tolist()]


def duckdb(path: Path) -> Found:
    before = path.read_bytes()
    command = [sys.executable, "-c", READ, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert path.read_bytes() == before
    data = json.loads(done.stdout)
    found = Found(layers=data["layers"], crs=4326, texts=set(data["texts"]), notice=" ".join(data["about"].values()))
    assert data["about"]["crs"] == "EPSG:4326"
    found.box = union(bounds(data["boxes"]))
    return found


def geoparquet(path: Path) -> Found:
    import duckdb as reader

    found = Found()
    boxes = []
    folder = path.with_suffix("")
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder)
    for file in folder.glob("*.parquet"):
        database = reader.connect()
        told = {
            bytes(key).decode(): bytes(value).decode()
            for key, value in database.execute("SELECT key, value FROM parquet_kv_metadata(?)", [str(file)]).fetchall()
        }
        found.notice = f"{told['rights']} {told.get('date')} {told['source']}"
        geo = json.loads(told["geo"])
        assert (geo["version"], geo["primary_column"]) == ("1.1.0", "geometry")
        column = geo["columns"]["geometry"]
        assert column["encoding"] == "WKB"
        assert column["covering"] == {"bbox": {side: ["bbox", side] for side in ("xmin", "ymin", "xmax", "ymax")}}
        found.crs = column["crs"]["id"]["code"]
        database.execute("SET enable_geoparquet_conversion = false")
        rows = database.execute("SELECT name, geometry, bbox FROM read_parquet(?)", [str(file)]).fetchall()
        found.layers[file.stem] = len(rows)
        found.texts |= {row[0] for row in rows}
        mine = bounds([bytes(row[1]) for row in rows])
        assert mine == [tuple(row[2].values()) for row in rows], "the boxes are those of the shapes"
        boxes += mine
        assert tuple(column["bbox"]) == union(mine)
        packed = database.execute("SELECT DISTINCT compression FROM parquet_metadata(?)", [str(file)]).fetchall()
        assert packed == [("ZSTD",)]
        database.close()
    found.box = union(boxes)
    return found


READERS = {"duckdb": duckdb, "geoparquet": geoparquet}
