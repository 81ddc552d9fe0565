"""Finished files, and the bell."""

import hashlib
import threading

import pytest


@pytest.fixture
def place(store, tmp_path):
    """Publishes a file of these bytes: its SHA-256."""

    def publish(data):
        path = tmp_path / "result"
        path.write_bytes(data)
        name = store.blobs.place(path)
        assert not path.exists()
        return name

    return publish


def contents(store, sha256):
    with store.blobs.open(sha256) as file:
        return file.read()


def test_a_file_lies_under_its_hash(store, place):
    name = place(b"one")
    assert name == hashlib.sha256(b"one").hexdigest()
    assert place(b"one") == name
    assert contents(store, name) == b"one"
    with pytest.raises(FileNotFoundError):
        store.blobs.open("0" * 64)


def test_whole_is_what_has_its_size_and_its_hash(store, place):
    name, other = place(b"one"), place(b"other")
    assert store.blobs.whole({name: 3, other: 99, "0" * 64: 3}) == {name}
    store.blobs.discard({name: 3, other: 99}, {name})
    assert contents(store, name) == b"one"
    with pytest.raises(FileNotFoundError):
        store.blobs.open(other)


def test_what_nobody_uses_goes_when_it_is_old(store, place):
    used, unused = place(b"used"), place(b"unused")
    asked = []

    def is_used(sha256):
        asked.append(sha256)
        return sha256 == used

    assert store.blobs.sweep(is_used, young=60) == (0, 0), "both are young"
    assert store.blobs.sweep(is_used, young=-1) == (0, 0), "a job may not have been told of it yet"
    assert set(asked) == {used, unused}
    assert contents(store, unused) == b"unused"


def test_a_later_process_sweeps_what_the_one_before_left(opened, place):
    used, unused, later = place(b"used"), place(b"unused"), opened()
    assert later.blobs.sweep(lambda sha256: sha256 == used, young=-1) == (1, 6)
    assert contents(later, used) == b"used"
    with pytest.raises(FileNotFoundError):
        later.blobs.open(unused)


def test_the_bell_is_heard(store):
    ear = store.bell.listen()
    heard = threading.Event()

    def wait():
        ear.wait(600)
        heard.set()

    listener = threading.Thread(target=wait, daemon=True)
    listener.start()
    for _ in range(3):
        store.bell.ring()
    assert heard.wait(60)
    listener.join()
    ear.close()
    store.bell.ring()
