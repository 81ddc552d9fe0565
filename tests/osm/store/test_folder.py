"""What OSM2CDR_STORE means, and what the launcher says of stores that are not there or do not go."""

import os
import sqlite3

import pytest
from stores import kept

from osm2cdr.cli import export, main
from osm2cdr.processing_provider.errors import SourceError
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.osm.store import background_build, folder, keeper
from osm2cdr.server.settings import SettingsError, from_environment


@pytest.fixture
def said(capsys):
    """What `osm2cdr store ...` ends with: exit code, stdout, stderr."""

    def run(*words):
        code = main.main(["store", *words])
        return (code, *capsys.readouterr())

    return run


@pytest.mark.parametrize("word", ["off", "OFF", "Off", " off "])
def test_off_is_off_in_any_letters(stores, source, monkeypatch, word):
    monkeypatch.setenv(folder.VARIABLE, word)
    monkeypatch.setattr(background_build, "start_apart", lambda *_: pytest.fail("started"))
    assert keeper.place() is None
    assert not from_environment({"OSM2CDR_STORE": word}).has_stores
    monkeypatch.setenv(background_build.VARIABLE, word)
    monkeypatch.setenv(folder.VARIABLE, str(stores))
    assert not background_build.start(source)


def test_a_folder_of_stores_is_a_full_path_or_none(qgis, monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("OSM2CDR_CACHE", str(tmp_path / "cache"))
    for word, place in (("", "cache/stores"), (" \t", "cache/stores"), ("~/x", "x"), (f" {tmp_path}/y", "y")):
        monkeypatch.setenv(folder.VARIABLE, word)
        assert keeper.place() == tmp_path / place
    assert from_environment({"OSM2CDR_STORE": "~/x"}).stores == tmp_path / "x"
    assert from_environment({"OSM2CDR_STORE": " "}).stores == from_environment({}).stores


@pytest.mark.parametrize("word", ["x/y", "./off", "~nobody-of-that-name/x"])
def test_a_relative_folder_is_refused_and_costs_a_job_nothing(stores, source, monkeypatch, said, word):
    monkeypatch.setenv(folder.VARIABLE, word)
    text = f"OSM2CDR_STORE is {word}, and must be the full path of a folder."
    for words in (["list"], ["drop"], ["build", str(source)]):
        assert said(*words) == (1, "", f"osm2cdr: {text}\n")
    with pytest.raises(SettingsError, match="must be the full path"):
        from_environment({"OSM2CDR_STORE": word})
    monkeypatch.delenv(background_build.VARIABLE)
    monkeypatch.setattr(background_build, "start_apart", lambda *_: pytest.fail("started"))
    assert keeper.find(source) is None
    assert not background_build.start(source)


def test_a_folder_whose_name_is_too_long_is_one_sentence(stores, source, monkeypatch, said):
    named = str(stores.parent / ("x" * 300))
    monkeypatch.setenv(folder.VARIABLE, named)
    for words in (["list"], ["drop"], ["build", str(source)]):
        code, out, words_said = said(*words)
        assert (code, out) == (1, "")
        assert words_said.endswith(": File name too long.\n")
        assert words_said.count("\n") == 1
    assert keeper.find(source) is None


def test_what_was_not_dropped_is_told(stores, source, monkeypatch, said):
    assert said("drop") == (2, "", "osm2cdr: There are no stores.\n")
    key = keeper.make(source, Feedback()).key
    code, out, text = said("drop", "other.osm.pbf")
    assert (code, out) == (2, "")
    assert text.startswith("osm2cdr: There is no store of other.osm.pbf; ")

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched:
        # As in a folder of another user.
        patched.setattr("pathlib.Path.rename", refuse)
        code, out, text = said("drop", key)
    assert (code, out) == (1, "")
    assert text.startswith(f"osm2cdr: The store of {source} cannot be removed")
    assert kept(stores) == [key]
    assert said("drop", key)[0] == 0
    assert said("drop", key)[0] == 2


def test_sizes_are_told_as_the_algorithm_tells_them(stores, source, monkeypatch, said):
    keeper.make(source, Feedback())
    (entry,) = keeper.listed()
    for size, text in ((4_113_286, " 4.1 MB "), (34_400, " 34 kB ")):
        monkeypatch.setattr(keeper, "listed", lambda size=size: [keeper.Entry(**{**vars(entry), "bytes": size})])
        assert text in said("list")[1]


def test_the_sample_is_a_source_of_stores(stores, source, monkeypatch, said):
    monkeypatch.setattr(export, "SAMPLE", source)
    assert str(source) in said("build", "sample")[1]


def test_a_text_is_called_no_extract(stores, tmp_path, said):
    text = tmp_path / "six.osm.pbf"
    text.write_text("hello\n")
    assert said("build", str(text)) == (1, "", "osm2cdr: The source six.osm.pbf is no OSM extract.\n")


@pytest.mark.parametrize("words", ["no room", "is full"])
def test_a_full_disk_is_that_of_the_folder_of_stores(stores, source, monkeypatch, words):
    """Also where what fails has no word for it: the draft, which goes, makes room again."""
    free = iter([0]) if words == "no room" else iter([1 << 40, 0, 1 << 40])
    if words == "is full":
        monkeypatch.setattr("osm2cdr.processing_provider.sources.extract.read", _fails)
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": next(free, 1 << 40)}))
    with pytest.raises(SourceError) as failed:
        keeper.make(source, Feedback())
    assert failed.value.text.startswith(f"The disk of {stores} ")
    assert words in failed.value.text
    assert "draft" not in failed.value.text
    assert os.listdir(stores) == []


def _fails(*_):
    raise sqlite3.OperationalError("disk I/O error")
