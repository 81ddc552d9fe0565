"""The same few objects as each program writes them, plain and packed: all of them are read, whole and once."""

import bz2
import gzip

import osm_files
import pytest
from osm_files import KEYS, TAGS, TURBO, WHOLE, answer, as_json, element, put, tables

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
META = 'version="3" timestamp="2024-01-02T03:04:05Z" changeset="7" uid="8" user="Ж &amp; Co"'
BOUNDS = {"minlat": 48.199, "minlon": 16.368, "maxlat": 48.206, "maxlon": 16.378}
SIDES = " ".join(f'{side}="{value}"' for side, value in BOUNDS.items())
BY_ID = sorted(KEYS, key=lambda key: ("node", "way", "relation").index(key[0]))
SHOWN = [key for key in KEYS if key in TAGS]


def josm():
    """Attributes in single quotes, nodes by their numbers downwards, objects changed but not sent."""
    elements = [element(*key, f'action="modify" visible="true" {META}') for key in reversed(KEYS)]
    text = f'<osm version="0.6" generator="JOSM" upload="never" locked="true">\n<bounds {SIDES} origin="x"/>\n'
    return HEAD + (text + "".join(elements) + "</osm>").replace('"', "'").replace("&amp;", "&#38;")


def vespucci():
    """As JOSM's, without versions of what is new."""
    elements = [element(*key, 'action="create" visible="true"') for key in BY_ID]
    head = f'<osm version="0.6" generator="Vespucci 19.3" upload="true">\n<bounds origin="" {SIDES}/>\n'
    return "<?xml version='1.0' encoding='UTF-8' ?>" + head + "".join(elements) + "</osm>"


def overpass(keys=TURBO, inline=False):
    """A note, the date of the data, members behind what was asked for."""
    head = '<osm version="0.6" generator="Overpass API 0.7.62">\n<note>The data is ODbL.</note>\n'
    head += f'<meta osm_base="2026-01-01T00:00:00Z"/>\n<bounds {SIDES}/>\n'
    return HEAD + head + "".join(element(*key, META, inline=inline) for key in keys) + "</osm>"


def overpass_twice():
    """`out body; >; out skel`: what is found twice comes twice, with less."""
    return overpass([*KEYS, *SHOWN])


def osmosis():
    """The box as `bound`, versions of all."""
    head = '<osm version="0.6" generator="Osmosis 0.49">\n<bound box="48.199,16.368,48.206,16.378" origin="x"/>\n'
    return HEAD + head + "".join(element(*key, META) for key in BY_ID) + "</osm>"


def osmium():
    """No box, no date."""
    elements = "".join(element(*key, f'visible="true" {META}') for key in BY_ID)
    return HEAD + f'<osm version="0.6" upload="false" generator="libosmium/2.20">\n{elements}</osm>'


@pytest.mark.parametrize("suffix", [".osm", ".osm.gz", ".osm.bz2", ".osm.pbf"])
@pytest.mark.parametrize("writer", [josm, vespucci, overpass, overpass_twice, osmosis, osmium])
def test_a_file_of_each_program_is_read_whole(qgis, tmp_path, writer, suffix):
    found, rings, warnings = tables(put(tmp_path, writer(), suffix), tmp_path / "out")
    assert (found, rings, warnings) == (WHOLE, 2, [])


@pytest.mark.parametrize("out", [(), ("meta",), ("geom",), ("meta", "geom", "bb"), ("center",)])
@pytest.mark.parametrize("suffix", [".json", ".json.gz", ".json.bz2"])
def test_an_answer_as_json_is_read_whole(qgis, tmp_path, out, suffix):
    path = tmp_path / f"an answer{suffix}"
    elements = [{**as_json(*key, out), **({"version": 3, "user": "Ж"} if "meta" in out else {})} for key in TURBO]
    data = answer(elements).encode()
    packers = {".json": bytes, ".json.gz": gzip.compress, ".json.bz2": bz2.compress}
    path.write_bytes(packers[suffix](data))
    assert tables(path, tmp_path / "out") == (WHOLE, 2, [])


@pytest.mark.parametrize("suffix", [".osm", ".osm.bz2", ".osm.pbf", ".json"])
def test_the_highest_numbers_are_read_in_every_form(qgis, tmp_path, monkeypatch, suffix):
    high = 2**62 - 100
    monkeypatch.setattr(osm_files, "PLACES", {key + high: place for key, place in osm_files.PLACES.items()})
    ways = {key + high: [ref + high for ref in refs] for key, refs in osm_files.WAYS.items()}
    members = {key + high: [(kind, ref + high, word) for kind, ref, word in rows]
               for key, rows in osm_files.MEMBERS.items()}  # fmt: skip
    monkeypatch.setattr(osm_files, "WAYS", {**ways, 22: ways[22 + high]})
    monkeypatch.setattr(osm_files, "MEMBERS", members)
    monkeypatch.setattr(osm_files, "TAGS", {(kind, number + high): tags for (kind, number), tags in TAGS.items()})
    keys = [(kind, number + high) for kind, number in KEYS]
    if suffix == ".json":
        source = tmp_path / "an answer.json"
        source.write_text(answer([as_json(*key) for key in keys]), encoding="utf-8")
    else:
        source = put(tmp_path, osm_files.document(element(*key) for key in keys), suffix)
    assert tables(source, tmp_path / "out")[0] == {(table, name, number + high) for table, name, number in WHOLE}


def test_a_packed_file_is_known_by_its_bytes(qgis, tmp_path):
    source = tmp_path / "named as the other.osm.gz"
    source.write_bytes(bz2.compress(osmium().encode()))
    assert tables(source, tmp_path / "out")[0] == WHOLE
