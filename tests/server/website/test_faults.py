"""What goes wrong is told in the language of the page, whoever says it."""

import pytest

from osm2cdr.server.domain.attempts import BEGUN
from osm2cdr.server.website.faults import in_words, of_task
from osm2cdr.server.website.texts import translations

SMALL = {"min_lon": 24.9440, "min_lat": 60.1725, "max_lon": 24.9516, "max_lat": 60.1775}


@pytest.mark.parametrize(
    ("code", "text", "russian"),
    [
        ("", "The geometry holds no polygon.", "полигон"),
        ("", "The area has no buildings at this detail level; take level 4 or higher.", "4"),
        ("", "KML could not be written: no room.", "KML"),
        ("", "writing PNG image", "запись"),
        ("timeout", "The task took longer than 7 seconds; ask for a smaller area.", "слишком много времени"),
        ("area_too_large", "The area has 99.0 km2; the tier Free allows 25 km2.", "больше"),
    ],
)
def test_a_sentence_is_said_in_russian(code, text, russian):
    said = in_words("ru", code, text)
    assert russian in said.lower() or russian in said
    assert said != text
    assert any("а" <= letter <= "я" for letter in said.lower())
    assert in_words("en", code, text) == text


def test_a_step_is_told_in_words():
    """Before a task tells of any too; what programs read of it stays."""
    said = {}
    for language in ("en", "ru"):
        body = {"step": BEGUN, "error": None, "files": []}
        said[language] = of_task(language, body)["step"]
    assert said == {"en": "beginning", "ru": "начало"}
    assert of_task("en", {"step": None, "error": None, "files": []})["step"] == ""


def test_what_nobody_translated_stays_as_it_is():
    assert in_words("ru", "strange", "Quite another thing.") == "Quite another thing."
    assert in_words("ru", "", "") == ""
    assert in_words("ru", "", "x" * 5000) == "x" * 5000


def test_every_template_is_said_with_its_values():
    """No template of the core is hidden by another one, where its values are plain words."""
    known = translations("ru", "sentences")
    wrong = []
    for source, translation in known.items():
        if source.startswith(" ") or "{" not in source or "}{" in source or len(source) < 25:
            continue
        values = [f"<{number}>" for number in range(9)]
        if in_words("ru", "", source.format(*values)) != translation.format(*values):
            wrong.append(source)
    assert wrong == []


def test_the_page_is_told_in_its_language(server):
    visitor = server.visitor(language="ru")
    visitor.get("/export")
    body = {"bbox": SMALL, "formats": ["svg"], "config": {"page": "A5", "scale": 500}}
    status, fault = visitor.call("POST", "/site/sheet", body)
    assert (status, fault["code"]) == (400, "scale_too_large")
    assert "1:500" in fault["error"]
    assert "does not fit" not in fault["error"]
    large = {"min_lon": 24.8, "min_lat": 60.1, "max_lon": 25.0, "max_lat": 60.2}
    status, fault = visitor.call("POST", "/site/render", {"bbox": large, "formats": ["svg"]})
    assert (status, fault["code"], fault["error"]) == (402, "area_too_large", "Область больше, чем позволяет тариф.")
    assert visitor.call("GET", f"/site/tasks/{'0' * 32}")[1]["error"] == "Такого задания нет."
    body = {"bbox": SMALL, "formats": ["svg"], "config": {"name": "throw"}}
    status, made = visitor.call("POST", "/site/render", body)
    assert status == 202
    _, _, text = visitor.get(f"/site/tasks/{made['task_id']}/events")
    assert "\\u0441" in text.rpartition("data: ")[2]
    assert "Something unexpected" not in text
