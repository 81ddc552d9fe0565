"""What README and the pages of docs/ list is what there is: formats, styles, tokens, papers, fonts, options, files."""

import ast
import json
import re

import pytest

from areas import ROOT, TESTS
from osm2cdr.processing_provider.cartography.fonts import font_files
from osm2cdr.processing_provider.cartography.themes.loading import aliases, style_names
from osm2cdr.processing_provider.formats.catalogue import FORMATS, VIEWS
from osm2cdr.processing_provider.request import papers

README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")])


def page(name):
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_links_and_pictures_lead_somewhere(path):
    text = path.read_text(encoding="utf-8")
    links = [link.split("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link]
    assert [link for link in links if link and not (path.parent / link).exists()] == []


def test_the_folders_of_the_readme_are_there():
    named = re.findall(r"^\| `([\w/.]+)` \|", README, re.MULTILINE)
    assert len(named) > 10
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_file_of_the_tests_that_is_named_is_there():
    """By its path, or in a text by the name alone."""
    known = {path.name for path in TESTS.rglob("test_*.py")}
    scripts = [path for path in (ROOT / ".ci").iterdir() if path.is_file()]
    named = 0
    for path in [*PAGES, *scripts, *TESTS.rglob("*.py"), *(ROOT / "bench").glob("*.py")]:
        text = path.read_text(encoding="utf-8")
        for word in re.findall(r"(?<![\w./-])tests/[\w./-]*[\w/]", text):
            named += 1
            assert (ROOT / word).exists(), (path, word)
        if path.suffix == ".md":
            assert set(re.findall(r"\btest_\w+\.py", text)) <= known, path
    assert named > 20


def test_artwork_is_what_the_readme_says():
    listed = re.search(r"^Artwork \(([\w, ]+)\)", README, re.MULTILINE)[1].split(", ")
    written = [item for item in FORMATS.values() if item.family == "graphic-vector" and item.writer]
    assert listed == sorted((item.id for item in written), key=listed.index)
    assert len(listed) == len(written)
    assert [item.id for item in written if item.layers == "none"] == ["eps", "ps", "wmf"]
    assert "(EPS, PS and WMF know none:" in README
    opened = {item.id for item in written if "Inkscape" in item.reader}
    tried = set()
    for page, listed_as in (
        ("test_editors.py", "FORMATS"),
        ("test_exchange.py", "INKSCAPE"),
        ("test_designs.py", "INKSCAPE"),
    ):
        text = (ROOT / "tests" / "formats" / "artwork" / page).read_text()
        found = re.search(rf"^{listed_as} = (\(.*?\))$", text, re.MULTILINE | re.DOTALL)
        tried |= set(ast.literal_eval(found[1]))
    assert opened == tried


def test_every_option_of_the_readme_is_one():
    from osm2cdr.cli.main import make_parser

    told = make_parser()[1]["export"].format_help()
    commands = " ".join(line for line in README.splitlines() if "osm2cdr export" in line)
    options = set(re.findall(r"`(--[a-z]+)", README)) | set(re.findall(r" (--[a-z]+) ", commands))
    assert len(options) > 15
    assert {option for option in options if f"{option} " not in told and f"{option}]" not in told} == set()


def test_the_demo_has_twelve_formats_of_different_families():
    names = (ROOT / ".ci" / "demo-formats").read_text().strip().split(",")
    assert "in twelve formats" in " ".join(README.split())
    assert len(names) == 12
    assert len({FORMATS[name].family for name in names}) > 4


def test_styles_and_their_other_names():
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| ([^|]*)\|$", page("styles.md").split("## One of")[0], re.MULTILINE)
    assert {name for name, _ in rows} == set(style_names())
    other = {alias: name for name, cell in rows for alias in re.findall(r"`(\w+)`", cell)}
    assert other == aliases()
    assert "seventeen styles" in README
    assert len(rows) >= 17


def test_every_token_stands_in_the_docs_once():
    tokens = json.loads((ROOT / "processing_provider/cartography/themes/default.json").read_text(encoding="utf-8"))
    colors, others = page("styles.md").split("| in `color` |")[1].split("| in `width`")
    for text, wanted in ((colors, tokens["color"]), (others, {**tokens["width"], **tokens["font"], **tokens["flags"]})):
        found = []
        for cell in re.findall(r"^\| ([^|]+) \|", text, re.MULTILINE):
            names = re.findall(r"`(\w+)`", cell)
            plain, ends = [[n for n in names if n.startswith("_") == is_end] for is_end in (False, True)]
            found += plain + [name + end for name in plain for end in ends]
        assert sorted(found) == sorted(wanted)


def test_papers_and_scales():
    text = " ".join(page("cartography.md").split())
    assert "A5 to A0, Letter, Legal, Tabloid, `square` (210 mm), `square-30` and `square-50` (cm)" in text
    names = [f"A{number}" for number in range(6)]
    assert set(papers.PAPERS) == {*names, "Letter", "Legal", "Tabloid", "square", "square-30", "square-50"}
    from osm2cdr.processing_provider.request.pages import ROUND_SCALES

    listed = re.search(r"round ones \(([\d., ]+) x 10\^n\)", text)[1]
    assert [float(one) for one in listed.split(", ")] == list(ROUND_SCALES[:-1])
    assert "maps the classes of OpenStreetMap to 102 icons" in text
    assert len(list((ROOT / "processing_provider/cartography/symbology/icons").glob("*.svg"))) == 102


def test_scripts_that_come_along():
    row = next(line for line in page("languages.md").splitlines() if line.endswith("| Noto Sans, comes along |"))
    listed = set(row.split("|")[1].strip().split(", "))
    files = {
        path.name[len("NotoSans") : -len("-Regular.ttf")] for path in font_files.FOLDER.glob("NotoSans*-Regular.ttf")
    }
    # Its letters are called so today.
    assert listed == {name.replace("Oriya", "Odia") for name in files if name}


def test_the_links_of_the_docs_lead_somewhere():
    """Files, folders and pages of the project; what stands on the web is not asked."""
    for page in [*(ROOT / "docs").glob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]:
        for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
            if "://" not in link and not link.startswith("#"):
                assert (page.parent / link.partition("#")[0]).exists(), (page.name, link)


def test_the_views_are_in_the_docs():
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert all(f"| {view} | [{place.rpartition('.')[2]}]" in text for view, place in VIEWS.items())
