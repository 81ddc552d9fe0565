"""Dumps of SQL: a real PostgreSQL with PostGIS and a real MariaDB load them and are asked what they have."""

import json
from pathlib import Path

from databases import mariadb, postgres

from readers.found import Found, union


def pgdump(path: Path) -> Found:
    server = postgres()
    name = server.load(path)
    tables = json.loads(
        server.query(
            name,
            "SELECT json_agg(json_build_array(f_table_name, srid, type, obj_description(f_table_name::regclass),"
            " (SELECT count(*) FROM pg_indexes WHERE tablename = f_table_name AND indexdef LIKE '%USING gist%')))"
            " FROM geometry_columns",
        )
    )
    found = Found()
    boxes = []
    for table, srid, kind, comment, indexes in tables:
        assert kind in ("POINT", "MULTILINESTRING", "MULTIPOLYGON")
        assert indexes == 1
        found.crs, found.notice = srid, comment
        row = server.query(
            name,
            "SELECT json_build_array(count(*), json_agg(name), ST_XMin(ST_Extent(geom)), ST_YMin(ST_Extent(geom)),"
            f" ST_XMax(ST_Extent(geom)), ST_YMax(ST_Extent(geom)), count(*) FILTER (WHERE ST_IsValid(geom)))"
            f' FROM "{table}"',
        )
        found.layers[table], names, *box, valid = json.loads(row)
        assert valid == found.layers[table]
        found.texts |= set(names)
        boxes.append(tuple(box))
    found.box = union(boxes)
    return found


def mysql(path: Path) -> Found:
    server = mariadb()
    name = server.load(path)
    listed = server.query(
        "information_schema",
        "SELECT JSON_ARRAY(TABLE_NAME, TABLE_COMMENT, (SELECT COUNT(*) FROM STATISTICS s WHERE s.TABLE_SCHEMA ="
        " t.TABLE_SCHEMA AND s.TABLE_NAME = t.TABLE_NAME AND INDEX_TYPE = 'SPATIAL')) FROM TABLES t"
        f" WHERE TABLE_SCHEMA = '{name}'",
    )
    found = Found()
    boxes = []
    for line in listed.split("\n")[:-1]:
        table, found.notice, indexes = json.loads(line)
        assert indexes == 1
        rows = server.query(
            name,
            f"SELECT JSON_ARRAY(ST_SRID(geom), name, ST_AsText(ST_Envelope(geom))) FROM `{table}`",
        ).split("\n")[:-1]
        found.layers[table] = len(rows)
        for row in rows:
            found.crs, text, envelope = json.loads(row)
            found.texts.add(text)
            spots = [
                tuple(map(float, one.split())) for one in envelope[envelope.rindex("(") + 1 :].rstrip(")").split(",")
            ]
            xs, ys = zip(*spots)
            boxes.append((min(xs), min(ys), max(xs), max(ys)))
    found.box = union(boxes)
    return found


READERS = {"pgdump": pgdump, "mysql": mysql}
