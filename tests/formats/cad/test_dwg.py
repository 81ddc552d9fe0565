"""DWG: texts as they are, whose data it is, and what is said where its library fails."""

from pathlib import Path

from hardtexts import BOX, TEXTS, write

from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.formats.cad import dwg
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.request.checks import make_request

JOINER = "\u2060"


def exported(folder):
    source = write(folder / "hard.osm", TEXTS)
    fields = {"bbox": BOX, "formats": "dwg", "detail": 6, "source": str(source), "title": "{DWG} %%c"}
    [result] = pipeline.run(make_request(fields), folder, Feedback())
    return result


def test_names_that_look_like_codes_stay_names(qgis, tmp_path):
    from ezdwg import raw

    result = exported(tmp_path)
    assert result.error is None
    assert [path.name for path in tmp_path.glob("*.dxf")] == []
    name = str(result.path)
    assert raw.detect_version(name) == "AC1024"
    texts = {row[1].replace(JOINER, "") for row in raw.decode_attrib_entities(name)}
    for key in ("percent", "escape", "emoji", "backslash", "markup", "plane"):
        assert TEXTS[key] in texts, key
    numbers = {row[1] for row in raw.decode_attrib_entities(name) if row[2] == "OSM_ID"}
    assert len(numbers) == len(TEXTS)


def test_title_and_rights_are_its_properties(qgis, tmp_path):
    from ezdwg import raw

    name = str(exported(tmp_path).path)
    [(at, size)] = [place for section, *place in raw.list_section_locators(name) if section == "AcDb:SummaryInfo"]
    # Texts of two bytes a letter behind lengths of two bytes, in pages with heads of their own.
    told = Path(name).read_bytes()[at : at + 2 * size].decode("utf-16-le", "replace")
    assert "{DWG} %%c" in told
    assert "© OpenStreetMap contributors" in told
    assert "EPSG:" in told


def test_a_failure_of_the_library_is_told(qgis, tmp_path, monkeypatch):
    def fail():
        raise RuntimeError("out of handles")

    monkeypatch.setattr(dwg, "_runtime", fail)
    result = exported(tmp_path)
    assert "DWG could not be written: out of handles." in str(result.error)
    assert list(tmp_path.glob("*.dxf")) == []
