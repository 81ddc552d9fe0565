"""A build that fails, is stopped or has nowhere to go leaves nothing; a job notices that its source was replaced."""

import argparse
import errno
import os
import signal

import pytest
from stores import exported, kept

from areas import AREAS
from osm2cdr.cli import leaving, store
from osm2cdr.processing_provider.errors import Cancelled, SourceError
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.formats.gis import osmdata
from osm2cdr.processing_provider.osm import rule_scan, staging
from osm2cdr.processing_provider.osm.store import file_lock, keeper, layout
from osm2cdr.processing_provider.pipeline import run as pipeline
from osm2cdr.processing_provider.request.checks import make_request
from osm2cdr.processing_provider.sources import extract, unchanged


def touched(path, seconds):
    """Make a file another one, for all who look at it."""
    os.utime(path, ns=(seconds * 10**9, seconds * 10**9))


@pytest.mark.parametrize("name", ["Karten für Öl", "地図 %20 'q' {0}", "link"])
def test_stores_lie_where_their_folder_is_named(stores, source, tmp_path, monkeypatch, name):
    folder = tmp_path / name
    if name == "link":
        stores.mkdir(mode=0o700)
        folder.symlink_to(stores)
    monkeypatch.setenv(keeper.VARIABLE, str(folder))
    keeper.make(source, Feedback())
    found = keeper.find(source)
    assert found is not None
    found.close()
    assert [entry.key for entry in keeper.drop()[0]] == [keeper.key_of(source)]
    assert kept(folder) == []


def test_a_file_in_the_place_of_the_folder_is_one_sentence(stores, source):
    stores.write_bytes(b"")
    with pytest.raises(SourceError, match=rf"could not be built in {stores}: File exists\.$"):
        keeper.make(source, Feedback())
    assert keeper.find(source) is None
    with pytest.raises(SourceError, match=rf"{stores} cannot be read: Not a directory\.$"):
        keeper.listed()


def test_a_folder_that_is_for_reading_alone_says_so_and_its_stores_are_taken(stores, source, monkeypatch):
    stores.mkdir(mode=0o700)
    opened = os.open

    def refuse(path, flags, *more):
        if flags & os.O_CREAT:
            raise PermissionError(errno.EACCES, "Permission denied")
        return opened(path, flags, *more)

    with monkeypatch.context() as patched:
        patched.setattr(file_lock.os, "open", refuse)
        with pytest.raises(SourceError, match="Permission denied"):
            keeper.make(source, Feedback())
    made = keeper.make(source, Feedback())
    monkeypatch.setattr(file_lock.os, "open", refuse)
    assert keeper.make(source, Feedback()) == made


def test_a_full_disk_is_called_so(stores, source, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(layout.Draft, "add", full)
    with pytest.raises(SourceError, match=r"^The disk of .* is full") as caught:
        keeper.make(source, Feedback())
    assert caught.value.code == "disk_full"
    assert kept(stores) == []


def test_a_lock_whose_file_was_removed_just_now_is_taken_anew(stores, monkeypatch):
    stores.mkdir()
    path, hold = stores / "x.lock", file_lock._hold

    def late(number):
        hold(number)
        monkeypatch.setattr(file_lock, "_hold", hold)
        path.unlink()

    monkeypatch.setattr(file_lock, "_hold", late)
    lock = file_lock.FileLock(path)
    assert lock.take()
    assert path.exists()
    lock.release(remove=True)
    assert kept(stores) == []


def test_a_build_tells_of_itself_with_every_batch_and_can_be_stopped_there(stores, source, monkeypatch):
    monkeypatch.setattr(staging, "_BATCH", 5)
    monkeypatch.setattr(rule_scan, "_BATCH", 20)
    monkeypatch.setattr(rule_scan, "_NUMBERS", 20)
    told = []
    rows = sum(keeper.make(source, Feedback(lambda percent, *_: told.append(percent))).counts)
    assert len(told) > rows / 5
    assert [percent for percent in told if 98 <= percent < 99]
    keeper.drop()
    calls = len(told)
    # At some tenths of all looks at the feedback.
    for tenth in (1, 3, 5, 7, 9):
        left = [calls * tenth // 10]

        def stop(left=left):
            left[0] -= 1
            return left[0] < 0

        with pytest.raises(Cancelled):
            keeper.make(source, Feedback(is_cancelled=stop))
        assert kept(stores) == [], tenth


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_the_launcher_in_the_middle_of_a_build(stores, source, monkeypatch, capsys, number):
    read = extract.read

    def late(*arguments):
        os.kill(os.getpid(), number)
        return read(*arguments)

    monkeypatch.setattr(extract, "read", late)
    before = signal.getsignal(number)
    assert store.run(argparse.Namespace(action="build", file=str(source), json=False)) == 130
    assert capsys.readouterr().err == "osm2cdr: cancelled.\n"
    assert signal.getsignal(number) is before
    assert kept(stores) == []


def test_the_launcher_does_not_wait_for_calls_that_it_left_behind(monkeypatch):
    ended: list[int] = []
    monkeypatch.setattr(leaving.os, "_exit", ended.append)
    for threads in (1, 2):
        monkeypatch.setattr(leaving.threading, "active_count", lambda threads=threads: threads)
        with pytest.raises(SystemExit) as stopped:
            leaving.leave(130)
        assert stopped.value.code == 130
    assert ended == [130]


def test_a_source_that_is_replaced_while_a_job_reads_it_is_one_sentence(stores, source, tmp_path):
    def replace(_percent, step, _text):
        if step == "read":
            touched(source, 1)

    said = "The source town.osm.pbf was replaced meanwhile; start again."
    with pytest.raises(SourceError, match=said) as caught:
        exported(source, tmp_path / "out", replace)
    assert caught.value.code == "source_changed"
    assert list((tmp_path / "out").iterdir()) == []


def test_a_source_that_is_replaced_before_its_objects_are_copied_costs_that_format(
    stores, source, tmp_path, monkeypatch
):
    copy = osmdata._copy

    def late(*arguments):
        touched(source, 1)
        return copy(*arguments)

    monkeypatch.setattr(osmdata, "_copy", late)
    request = make_request({"bbox": AREAS["sample"][1], "formats": "osm,geojson", "source": str(source)})
    broken, whole = pipeline.run(request, tmp_path / "out", Feedback())
    assert (broken.error.code, whole.error) == ("source_changed", None)
    assert [path.suffix for path in (tmp_path / "out").iterdir()] == [".geojson"]


def test_what_goes_wrong_with_a_file_that_was_replaced_is_told_as_that(source):
    state = unchanged.state_of(source)
    with pytest.raises(KeyError), unchanged.unchanged(source, state):
        raise KeyError
    source.unlink()
    with pytest.raises(SourceError, match="was replaced"), unchanged.unchanged(source, state):
        raise KeyError
    with pytest.raises(Cancelled), unchanged.unchanged(source, state):
        raise Cancelled
    with unchanged.unchanged(None, None):
        pass


def test_a_job_with_a_store_ends_with_the_data_that_it_began_with(stores, source, tmp_path):
    keeper.make(source, Feedback())
    plain = exported(source, tmp_path / "plain")

    def replace(percent, _step, _text):
        if percent > 0:
            touched(source, 2)
            keeper.drop()

    assert exported(source, tmp_path / "out", replace) == plain
    assert keeper.listed() == []
