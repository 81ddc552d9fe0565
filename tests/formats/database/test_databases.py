"""Dumps and databases beyond their rows: hostile texts whole, types, indexes, all or nothing, what is missing told."""

import json
import sys
from dataclasses import replace

import duckdb
import pytest
from databases import mariadb, postgres
from hardtexts import BOX, TEXTS, key_of, write

from osm2cdr.processing_provider.errors import WriteError
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.formats.catalogue import FORMATS
from osm2cdr.processing_provider.formats.contract import Written
from osm2cdr.processing_provider.formats.database import mysql as mysql_writer
from osm2cdr.processing_provider.formats.database import pgdump as pgdump_writer
from osm2cdr.processing_provider.formats.database.table_rows import columns, srid
from osm2cdr.processing_provider.osm.tables.map_data import MapData, Table
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.request.checks import make_request

TABLES = ("pois", "buildings", "roads")


def export(folder, formats, **more):
    fields = {"bbox": BOX, "formats": formats, "detail": 6, "source": str(write(folder / "hard.osm")), **more}
    results = pipeline.run(make_request(fields), folder / "out", Feedback())
    assert [result.error for result in results] == [None] * len(results)
    return {result.format: result.path for result in results}


@pytest.fixture(scope="module")
def made(qgis, tmp_path_factory):
    title = 'It\'s; DROP TABLE "roads"; \\! `id` --'
    return export(tmp_path_factory.mktemp("hard"), "pgdump,mysql,duckdb,geoparquet", tags="all", title=title)


def same(rows):
    """Whether pairs of osm_id and name are the texts."""
    found = {key_of(number): name for number, name in rows}
    assert found == TEXTS


def test_postgresql_has_every_text_and_its_types(made):
    server = postgres()
    # With PostGIS to be had and not there yet, as in a new database.
    name = server.load(made["pgdump"], "template0")
    for table in TABLES:
        same(json.loads(server.query(name, f"SELECT json_agg(json_build_array(osm_id, name)) FROM {table}")))
        assert server.query(name, f"SELECT count(*) FROM {table} WHERE tags::jsonb->>'name' <> name") == "0\n"
    kinds = server.query(
        name,
        "SELECT a.attname || ' ' || format_type(a.atttypid, a.atttypmod) FROM pg_attribute a"
        " WHERE attrelid = 'roads'::regclass AND attnum > 0 ORDER BY attnum",
    ).splitlines()
    assert kinds[:4] == ["fid bigint", "geom geometry(MultiLineString,4326)", "osm_id bigint", "osm_type text"]
    assert "width double precision" in kinds
    plan = server.query(
        name,
        "SET enable_seqscan = off; EXPLAIN SELECT * FROM roads WHERE geom && ST_MakeEnvelope(0, 0, 0.001, 0.001, 4326)",
    )
    assert "roads_geom_idx" in plan
    assert server.query(name, "SELECT count(*) FROM pg_tables WHERE tablename = 'roads'") == "1\n"


def test_what_postgresql_has_already_stays_as_it_is(made):
    server = postgres()
    name = server.load(made["pgdump"])
    server.query(name, "DELETE FROM pois; DROP TABLE land")
    code, told = server.load_into(name, made["pgdump"])
    assert code == 3
    assert "already exists" in told
    assert server.query(name, "SELECT count(*) FROM pois") == "0\n"
    assert server.query(name, "SELECT count(*) FROM pg_tables WHERE tablename = 'land'") == "0\n", "all or nothing"


def test_mariadb_has_every_text_and_finds_by_place(made):
    server = mariadb()
    name = server.load(made["mysql"])
    for table in TABLES:
        same(map(json.loads, server.query(name, f"SELECT JSON_ARRAY(osm_id, name) FROM {table}").split("\n")[:-1]))
        assert server.query(name, f"SELECT COUNT(*) FROM {table} WHERE JSON_VALUE(tags, '$.name') <> name") == "0\n"
    assert server.query(name, "SELECT @@GLOBAL.sql_mode = @@SESSION.sql_mode") == "1\n"
    kinds = server.query(name, "SHOW COLUMNS FROM roads").splitlines()
    assert kinds[1].split("\t")[:3] == ["geom", "multilinestring", "NO"]
    envelope = "ST_GeomFromText('POLYGON((0 0,0.0006 0,0.0006 0.0006,0 0.0006,0 0))', 4326)"
    assert "geom" in server.query(name, f"EXPLAIN SELECT fid FROM pois WHERE MBRContains({envelope}, geom)").split()
    assert server.query(name, f"SELECT osm_id FROM pois WHERE MBRContains({envelope}, geom)") == "10\n"
    # The first cafe is at 0.0005, 0.0005: longitude is x, whatever the axes of EPSG:4326 are.
    assert server.query(name, "SELECT ST_X(geom), ST_SRID(geom) FROM pois WHERE osm_id = 20") == "0.0017\t4326\n"


def test_duckdb_has_every_text(made):
    database = duckdb.connect(str(made["duckdb"]), read_only=True)
    for table in TABLES:
        same(database.execute(f"SELECT osm_id, name FROM {table}").fetchall())
        assert database.execute(f"SELECT count(*) FROM {table} WHERE tags->>'name' <> name").fetchall() == [(0,)]
    kinds = dict(
        database.execute("SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = 'roads'").fetchall()
    )
    assert (kinds["fid"], kinds["osm_id"], kinds["width"], kinds["name"]) == ("BIGINT", "BIGINT", "DOUBLE", "VARCHAR")
    database.close()


def test_other_crs(qgis, tmp_path):
    made = export(tmp_path, "pgdump,mysql,duckdb", crs="EPSG:32631")
    for server, path in ((postgres(), made["pgdump"]), (mariadb(), made["mysql"])):
        name = server.load(path)
        number, x = (
            server.query(name, "SELECT ST_SRID(geom), ST_X(geom) FROM pois LIMIT 1").replace("|", "\t").split("\t")
        )
        assert (number, 100_000 < float(x) < 900_000) == ("32631", True)
    database = duckdb.connect(str(made["duckdb"]), read_only=True)
    (crs,) = database.execute("SELECT ST_CRS(geom) FROM pois LIMIT 1").fetchone()
    assert json.loads(crs)["id"] == {"authority": "EPSG", "code": 32631}
    database.close()


@pytest.mark.parametrize(
    ("crs", "number"), [("EPSG:4326", 4326), ("ESRI:54030", 54030), ("+proj=laea", 0), ("OGC:CRS84", 0)]
)
def test_the_number_of_a_crs(tmp_path, crs, number):
    assert srid(MapData(tmp_path, crs, (), "")) == number


def test_names_of_columns_fit_and_are_unlike():
    long = "ж" * 40
    names = ("NAME", f"{long}1", f"{long}2", 'a "b`')
    found = columns(Table("t", "t", "point", 0, "", tuple((name, "TEXT") for name in names)), 63)
    assert list(found) == list(names)
    short = [name for name, _ in found.values()]
    assert len({name.lower() for name in short}) == len(names)
    assert all(len(name.encode()) <= 63 for name in short)


@pytest.mark.parametrize(("name", "writer"), [("pgdump", pgdump_writer), ("mysql", mysql_writer)])
def test_a_dump_that_is_cut_is_not_proven(made, tmp_path, name, writer):
    lines = made[name].read_text(encoding="utf-8").split("\n")
    counts = {table: len(TEXTS) for table in TABLES} | {"land": 1}
    view = MapData(made[name], "EPSG:4326", (), "")
    writer.prove(made[name], view, Written(counts))
    cut = tmp_path / "cut.sql"
    cut.write_text("\n".join(lines[:-2]) + "\n", encoding="utf-8")
    with pytest.raises(WriteError, match="does not hold"):
        writer.prove(cut, view, Written(counts))
    with pytest.raises(WriteError, match="does not hold"):
        writer.prove(made[name], view, Written({**counts, "pois": 1}))


def test_a_library_that_is_missing_or_old_is_told(monkeypatch):
    from osm2cdr.processing_provider.formats import registry

    assert registry.availability(FORMATS["duckdb"]) == ""
    monkeypatch.setattr(duckdb, "__version__", "1.4.9")
    assert 'python3 -m pip install "duckdb>=1.5"' in registry.availability(FORMATS["duckdb"])
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert "python3 -m pip install pyarrow" in registry.availability(FORMATS["geoparquet"])
    none = replace(FORMATS["gdb"], needs="gdal:AVCBin")
    assert "newer GDAL" in registry.availability(none)
