"""Silent calls in the background: progress goes on, cancel is heard, what is left behind cleans up after itself."""

import threading
import time

import pytest

from osm2cdr.processing_provider.background import together
from osm2cdr.processing_provider.errors import Cancelled, SourceError
from osm2cdr.processing_provider.feedback import Creeping, Feedback


def test_results_come_in_order_and_progress_never_stands_still():
    seen = []

    def slow(watch):
        time.sleep(0.7)
        watch.tell(0.9)
        time.sleep(0.3)
        return "slow"

    results = together([slow, lambda _watch: "quick"], Feedback(lambda percent, *_: seen.append(percent)), "reading")
    assert results == ["slow", "quick"]
    assert len(seen) >= 4
    assert all(after > before for before, after in zip(seen, seen[1:]))
    assert seen[-1] >= 90


def test_a_fault_is_raised_and_stops_the_others():
    stopped = []

    def broken(_watch):
        raise SourceError("bad_source", "It is broken.")

    def patient(watch):
        while watch.tell(0.1):
            time.sleep(0.01)
        stopped.append(True)

    with pytest.raises(SourceError, match="broken"):
        together([patient, broken], Feedback(), "reading")
    assert stopped == [True]


def test_cancel_does_not_wait_for_a_call_that_is_deaf():
    may_end, cleaned = threading.Event(), threading.Event()
    asked = time.monotonic() + 0.3
    with pytest.raises(Cancelled):
        together(
            [lambda _watch: may_end.wait(30)], Feedback(is_cancelled=lambda: time.monotonic() > asked), "x", cleaned.set
        )
    assert not cleaned.is_set()
    may_end.set()
    assert cleaned.wait(60)


def test_cancel_of_calls_that_listen_cleans_up_at_once():
    cleaned = []

    def listening(watch):
        while watch.tell(0.0):
            time.sleep(0.01)

    with pytest.raises(Cancelled):
        together([listening], Feedback(is_cancelled=lambda: True), "x", lambda: cleaned.append(True))
    assert cleaned == [True]


def test_creeping_stays_in_its_step():
    seen = []
    go_on = Creeping(Feedback(lambda percent, *_: seen.append(percent)), 10, 20, "x")
    for _ in range(500):
        go_on()
    assert seen[0] == 10
    assert max(seen) <= 20
    assert seen == sorted(seen)
