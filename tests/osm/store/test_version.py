"""The version of stores rises when the code makes other rows of a source: no store of before is taken then.

`OSM2CDR_TEST_RECORD=1 .ci/test tests/osm/store/test_version.py` writes down what the rows are now.
"""

import hashlib
import json
import os
from pathlib import Path

import pytest
from made_town import write_town
from stores import built

from areas import SAMPLE
from osm2cdr.processing_provider.osm.store import keeper
from osm2cdr.processing_provider.osm.store.layout import VERSION, Blocks, read_header

RECORD = Path(__file__).parent / "rows.json"


def digests(folder):
    """A digest of the rows of each table, in any order of the blocks."""
    header = read_header(folder)
    blocks = Blocks(folder, header)
    parts = {name: [f"{count}".encode()] for name, count in zip(header.tables, header.counts)}
    for block in blocks.index:
        rows = parts[header.tables[block["table"]]]
        rows += [blocks.heads(block).tobytes(), blocks.part(block, 1), blocks.part(block, 2)]
    blocks.close()
    return {name: hashlib.sha256(b"".join(rows)).hexdigest()[:16] for name, rows in parts.items()}


@pytest.mark.one_system("libraries mend areas each in their way")
def test_other_rows_have_another_version(tmp_path, qgis):
    town = write_town(tmp_path / "made.osm")
    rows = {path.name: digests(built(path, tmp_path / path.stem)) for path in (SAMPLE, town)}
    now = {"version": VERSION, "tables": keeper.tables_digest(), "rows": rows}
    if os.environ.get("OSM2CDR_TEST_RECORD"):
        RECORD.write_text(json.dumps(now, indent=1) + "\n", encoding="utf-8")
    then = json.loads(RECORD.read_text(encoding="utf-8"))
    others = {name for path in rows for name in rows[path] if rows[path][name] != then["rows"][path].get(name)}
    if others and (now["version"], now["tables"]) == (then["version"], then["tables"]):
        pytest.fail(f"Rows are others now, raise VERSION in store/layout.py and record them: {sorted(others)}")
    assert now == then, "Record the rows of this version, see above."


def test_stores_are_of_one_version_and_of_the_tables(tmp_path, monkeypatch):
    path = tmp_path / "town.osm.pbf"
    path.write_bytes(b"x")
    keys = [keeper.key_of(path)]
    monkeypatch.setattr(keeper, "VERSION", VERSION + 1)
    keys.append(keeper.key_of(path))
    monkeypatch.setattr(keeper, "tables_digest", lambda: "others")
    keys.append(keeper.key_of(path))
    monkeypatch.setattr(keeper, "_libraries", lambda: "others")
    keys.append(keeper.key_of(path))
    assert len(set(keys)) == 4
