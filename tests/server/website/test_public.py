"""Pages for everybody: formats and samples, styles, the reference of the API, status and terms, in both languages."""

import re

import pytest

from areas import ROOT
from osm2cdr.processing_provider.formats.catalogue import FORMATS
from osm2cdr.server.domain.tiers import TIERS
from osm2cdr.server.website.texts import translations


def test_formats_tell_of_all_and_link_to_the_export(server):
    text = server.visitor().get("/formats")[2]
    rows = re.findall(r'<tr(?: role="row")?(?: class="away")?>\s*<th scope="row"', text)
    assert len(rows) == len(FORMATS) + len(TIERS)
    assert 'href="/export?formats=svg"' in text


@pytest.mark.parametrize("path", ["/nothing", "/account/nothing", "/account/api/create"])
def test_a_browser_is_told_by_a_page_that_nothing_is_there(server, path):
    visitor = server.visitor(language="ru")
    status, headers, text = visitor.get(path, Accept="text/html,application/xhtml+xml,*/*;q=0.8")
    assert (status, headers.get_content_type()) == (404, "text/html")
    assert "По этому адресу ничего нет." in text
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("method", "path", "accept", "wanted"),
    [
        ("GET", "/nothing", "*/*", 404), ("POST", "/nothing", "text/html", 404), ("GET", "/api/no", "text/html", 404),
        ("GET", "/site/no", "text/html", 404), ("GET", "/static/no", "text/html", 404), ("POST", "/terms", "*/*", 405),
    ],
)  # fmt: skip
def test_a_program_is_told_by_json(server, method, path, accept, wanted):
    status, headers, _ = server.visitor().ask(method, path, b"" if method == "POST" else None, Accept=accept)
    assert (status, headers.get_content_type()) == (wanted, "application/json")


def test_what_proves_a_format_is_said_in_russian(server):
    text = server.visitor(language="ru").get("/formats")[2]
    assert "свой разбор по MS-EMF, Inkscape" in text
    for cell in re.findall(r'<td role="cell"[^>]*>([^<]*)</td>', text):
        assert not re.search(r"\b(own|its|with|another|the)\b", cell), cell
    reference = server.visitor(language="ru").get("/reference")[2]
    assert "array of" not in reference
    assert "список: svg" in reference


def test_a_sample_is_kept_and_never_shown(server):
    visitor = server.visitor()
    found = re.findall(r'href="(/samples/[^"]+)"', visitor.get("/formats")[2])
    assert len(found) > 8
    # Pictures may hold scripts.
    assert "/samples/helsinki_svg.svg" in found
    for path in ("/samples/helsinki_svg.svg", "/samples/helsinki_geojson.geojson"):
        status, headers, _ = visitor.get(path)
        assert status == 200
        assert headers["Content-Disposition"].startswith("attachment")
        assert headers["Content-Type"] == "application/octet-stream"
        assert "sandbox" in headers["Content-Security-Policy"]
    for path in ("/samples/..%2f..%2fREADME.md", "/samples/corel", "/samples/helsinki_no.svg"):
        assert visitor.get(path)[0] == 404


def test_styles_are_shown_and_said_in_both_languages(server):
    shown = {name: server.visitor(language=name).get("/styles")[2] for name in ("en", "ru")}
    count = len(list((ROOT / "processing_provider" / "cartography" / "themes").glob("*.json")))
    for text in shown.values():
        assert text.count('class="card"') == count
    assert "Hairlines in three colours" in shown["en"]
    assert "Hairlines in three colours" not in shown["ru"]


def test_the_reference_has_every_call_of_the_document(server):
    text = server.visitor().get("/reference")[2]
    paths = server.get("/api/openapi.json")[1]["paths"]
    for path, operations in paths.items():
        assert f"<code>{path}</code>" in text
        for call in operations.values():
            assert f'id="{call["operationId"]}"' in text or call["operationId"].endswith("_head")
    assert "map_style" in text
    assert "swagger" not in text.lower()


def test_the_status_counts_what_metrics_count(server):
    text = server.visitor().get("/status")[2]
    assert "Maps are being made." in text
    assert "Helsinki" in text or "osm.pbf" in text
    kept = int(re.search(r"Finished and kept</dt><dd>(\d+)", text)[1])
    told = server.call("GET", "/metrics")[2].decode()
    assert f'osm2cdr_jobs{{state="completed"}} {kept}.0' in told or kept == 0


# The document of the API is English.
PAGES = ("/formats", "/styles", "/status", "/terms", "/export", "/account/sign-in")


@pytest.mark.parametrize("path", PAGES)
def test_no_text_of_a_page_stays_english_on_a_russian_one(server, path):
    known = translations("ru", "website")
    text = re.sub(r"<script.*?</script>", "", server.visitor(language="ru").get(path)[2], flags=re.DOTALL)
    words = [word.strip() for word in re.findall(r">([^<>]+)<", text)]
    assert [word for word in words if word in known and known[word] != word and len(word) > 3] == []
