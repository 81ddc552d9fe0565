"""Numbers as mappers write them: the right one, or none."""

import json

import pytest

from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.osm.tables.layers import TABLES
from osm2cdr.processing_provider.osm.tables.numbers import number
from osm2cdr.processing_provider.osm.tables.rules import column
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.request.checks import make_request

COUNTED = {
    "1234": 1234, "1,234": 1234, "1 234": 1234, "1.234": 1234, "1'234": 1234, "1\u202f234\u00a0567": 1234567,
    "1,234,567": 1234567, "12,34,567": 1234567, "1,234 (2010)": 1234, "~1200": 1200, "ca. 1.200": 1200, "+7": 7,
    "-2": -2, " 5 ": 5, "5.0": 5, "007": 7, "1,234.0": 1234,
    "1,23": None, "1,2345": None, "5.5": None, "1200+": None, "1000-2000": None, "3;4": None, "1,234;5": None,
    "1,234 hab.": None, "many": None, "": None, "9" * 30: None, "1e3": None, "inf": None, "٣": None, "1 23": None,
    "0x10": None, "--5": None, "12 345,67": None, None: None,
}  # fmt: skip
MEASURED = {
    "12": 12.0, "12.5": 12.5, "2,5": 2.5, "12 m": 12.0, "12m": 12.0, " 7.5 ": 7.5, "~12": 12.0, "-4.2": -4.2, ".5": 0.5,
    "0,125": 0.125, "1.234": 1.234, "1,234.5": 1234.5, "1.234,5": 1234.5, "1 234": 1234.0, "1,234,567": 1234567.0,
    "10 ft": 3.048, "10'": 3.048, "32'6\"": 9.906, "250 cm": 2.5, "0.012 km": 12.0,
    "1,234": None, "12-15": None, "12;13": None, "12 floors": None, "nan": None, "high": None, "'": None, "m": None,
    "12 m 50": None, "5 (top": None,
}  # fmt: skip


@pytest.mark.parametrize(("text", "value"), COUNTED.items())
def test_what_is_counted(text, value):
    found = number(text, "integer")
    assert found == value
    assert found is None or isinstance(found, int)


@pytest.mark.parametrize(("text", "value"), MEASURED.items())
def test_what_is_measured(text, value):
    assert number(text, "metres") == (None if value is None else pytest.approx(value))


def test_levels_have_no_units():
    assert [number(text, "real") for text in ("2.5", "2,5", "3 m", "2;3")] == [2.5, 2.5, None, None]


def test_every_column_of_numbers_reads_them(qgis, tmp_path):
    """Each numeric column of the layer table by its own key, and `layer`, which all have."""
    nodes, ways, want = [], [], {}
    for table in TABLES:
        for attribute in table.attributes if table.geometry == "point" else ():
            if attribute.kind == "text":
                continue
            for text in ("1,234", "~7", "3;4"):
                key = len(nodes) + 1
                rule = table.kinds[0].rule[0]
                tags = {term.key: (term.values or ("x",))[0] for term in rule if not term.negated}
                nodes.append((key, {**tags, attribute.key: text}))
                want[key] = table.name, attribute.column, number(text, attribute.kind)
    lines = ['<osm version="0.6">']
    for key, tags in nodes:
        inner = "".join(f'<tag k="{name}" v="{value}"/>' for name, value in tags.items())
        lines.append(f'<node id="{key}" version="1" lon="{0.0001 * key}" lat="0.005">{inner}</node>')
    for key, layer in enumerate(("-1", "1;2", "+1"), 1):
        for end in (0, 1):
            lines.append(f'<node id="{key * 10 + end + 900}" version="1" lon="{0.001 + 0.001 * end}" lat="0.00{key}"/>')
        ways.append(
            f'<way id="{key}" version="1"><nd ref="{key * 10 + 900}"/><nd ref="{key * 10 + 901}"/>'
            f'<tag k="highway" v="primary"/><tag k="name" v="{layer}"/><tag k="layer" v="{layer}"/></way>'
        )
    source = tmp_path / "numbers.osm"
    source.write_text("\n".join([*lines, *ways, "</osm>"]), encoding="utf-8")
    fields = {"bbox": (0, 0, 0.01, 0.01), "formats": "geojson", "detail": 6, "source": str(source)}
    [result] = pipeline.run(make_request(fields), tmp_path, Feedback())
    found = [shape["properties"] for shape in json.loads(result.path.read_text(encoding="utf-8"))["features"]]
    nodes_found = {row["osm_id"]: row for row in found if row["osm_type"] == "node"}
    assert len(want) >= 9
    assert {key: nodes_found[key].get(name) for key, (_, name, _) in want.items()} == {
        key: value for key, (_, _, value) in want.items()
    }
    assert {row["name"]: row["layer"] for row in found if row["osm_type"] == "way"} == {"-1": -1, "1;2": 0, "+1": 1}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("10-12", 11), ("8–10 m", 9), ("10;12", 10), ("１２", 12), ("20-10", None), ("-5", -5), ("G+2", None),
        ("30 ft", 9.144),
    ],
)  # fmt: skip
def test_heights_may_be_several_and_from_to(text, value):
    assert number(text, "height") == (None if value is None else pytest.approx(value))


def test_every_numeric_key_is_read_by_this_function():
    from osm2cdr.processing_provider.osm.tables import layer_sql

    for table in TABLES:
        for source in table.source:
            text = layer_sql.select(table, source, 6)
            for attribute in table.attributes if text else ():
                if attribute.kind not in ("text", "colour"):
                    names = ", ".join(f'"{column(key)}"' for key in (attribute.key, *attribute.others))
                    asked = f"COALESCE({names})" if attribute.others else names
                    assert f"osm_number({asked}, '{attribute.kind}')" in text
