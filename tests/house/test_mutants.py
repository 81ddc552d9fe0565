"""The list of changes that tests must notice is sound; `make mutants` tries them."""

from collections import Counter

import mutants
import pytest

from areas import ROOT

LIST = mutants.load()
ROOMS = (
    "processing_provider/request/checks.py", "processing_provider/geo/area.py", "processing_provider/request/pages.py",
    "processing_provider/pipeline/", "processing_provider/osm/staging.py", "processing_provider/osm/cut.py",
    "processing_provider/osm/simplify.py", "processing_provider/osm/coastline.py",
    "processing_provider/osm/tables/language.py",
    "processing_provider/sources/", "processing_provider/cartography/",
    "processing_provider/cartography/sheet/layout.py",
    "processing_provider/drawing/", "processing_provider/formats/artwork/", "processing_provider/formats/gis/",
    "processing_provider/formats/cad/", "processing_provider/formats/image/", "processing_provider/scene/",
    "processing_provider/algorithms/", "server/api/", "server/store/", "server/workers/", "cli/", "osm2cdr_plugin/",
)  # fmt: skip


def test_all_rooms_are_there():
    assert len(LIST) >= 40
    missing = [room for room in ROOMS if not any(mutant["file"].startswith(room) for mutant in LIST)]
    assert missing == []


def test_no_change_stands_there_twice():
    assert [one for one, count in Counter((m["file"], m["old"]) for m in LIST).items() if count > 1] == []


@pytest.mark.parametrize("mutant", LIST, ids=lambda mutant: mutant["why"][:60])
def test_a_change_can_be_made_and_names_tests_that_there_are(mutant):
    path, changed = mutants.place(mutant)
    assert changed != path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        compile(changed, path, "exec")
    assert set(mutant) == {"why", "file", "old", "new", "tests"}
    assert mutant["why"].endswith(".")
    assert (ROOT / mutant["tests"][0]).is_file()
