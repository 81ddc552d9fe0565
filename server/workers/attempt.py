"""One attempt at a job: its process watched, its files published, its end written down once."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import contextlib
import json
import logging
import re
import shutil
import signal
import time
from dataclasses import replace
from pathlib import Path
from typing import Callable

from ...processing_provider.formats.catalogue import FORMATS
from ...processing_provider.pipeline.events import End, Event, Failed, Lost, Made, Warned, read_events
from ..disk_space import is_full
from ..domain.attempts import BEGUN, CANCELLED, DISK_FULL, Claim, Failure
from ..domain.house import MARK
from ..domain.jobs import Finished
from ..settings import Settings
from ..sources import Sources
from ..store.errors import StoreBusyError, StoreError
from ..store.interfaces import StoreConnection
from ..store.opening import Store
from .confine import Limits
from .failures import ATTEMPTS, INTERNAL, crashed, out_of_memory, reason, source_failed
from .fork.parent_client import PARENT_DIED, Child, Children
from .fork.protocol import FILES, JOB, REPORT
from .fork.protocol import LOG as JOB_LOG
from .own_files import is_plain, own_size
from .process_table import memory_mb
from .report import Tail

LOG = logging.getLogger("osm2cdr.jobs")
_LOOK_SECONDS = 0.1
# How often the lease is kept, which asks for a cancel, too; and how soon progress is told.
_BEAT_SECONDS, _PROGRESS_SECONDS = 1.0, 0.5
# Between being asked to end and being made to.
_GRACE_SECONDS = 2.0
# A parent that has not started a job after so long, or not told of the end of one that was killed, hangs.
_HANG_SECONDS = 20.0
# Between two tries to write an end down while the disk is full.
_AGAIN_SECONDS = 1.0


class Attempt:
    """Runs in a thread of its own; `stop()` gives the job back."""

    def __init__(self, settings: Settings, store: Store, children: Children, claimed: Claim) -> None:
        self.settings = settings
        self._store = store
        self.claimed = claimed
        self._children = children
        self.folder = settings.work / f"{claimed.job}-{claimed.token[:8]}"
        self._tail = Tail(self.folder / REPORT)
        self._stopping = False
        self._verdict: Failure | None = None
        self._was_full = False
        # Of an older server's task nobody says where it lies.
        source = Sources(settings.found).of_path(claimed.spec["parameters"].get("SOURCE", ""))
        self._source = source if source is not None and source.is_file and "box" in claimed.spec else None

    @property
    def is_house_s(self) -> bool:
        """Whether it is one of the house's own, which gives way."""
        return MARK in self.claimed.spec

    @property
    def is_stopping(self) -> bool:
        """Whether it is being given back."""
        return self._stopping

    def stop(self) -> None:
        """End it soon and put the job back into the queue."""
        self._stopping = True

    def run(self) -> None:
        """To the end, whatever happens; what cannot be written down now, the lease's end will tell."""
        try:
            if self._source is not None and not self._source.has(*self.claimed.spec["box"]):
                self._blame_source()
                return
            child = self._start()
            try:
                with contextlib.closing(self._store.connect(durable=False)) as quick:
                    self._watch(child, quick)
            finally:
                self._make_sure(child)
            self._conclude(child)
        except OSError as error:
            LOG.warning("attempt", extra={"job": self.claimed.job, "error": str(error)})
            with contextlib.suppress(StoreError):
                self._wait_for_room()
        except StoreError as error:
            LOG.warning("attempt", extra={"job": self.claimed.job, "error": str(error)})
        except Exception:
            LOG.exception("attempt", extra={"job": self.claimed.job})
            with contextlib.suppress(StoreError):
                self._write(lambda rows, now: rows.leases.retry(self.claimed, INTERNAL, now, 2))
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _start(self) -> Child:
        self.folder.mkdir(mode=0o700, parents=True)
        parameters = {**self.claimed.spec["parameters"], "OUTPUT_FOLDER": str(self.folder / FILES)}
        if "geometry" in self.claimed.spec:
            mask = self.folder / "area.geojson"
            mask.write_text(json.dumps(self.claimed.spec["geometry"]), encoding="utf-8")
            parameters["MASK"] = str(mask)
        (self.folder / JOB).write_text(json.dumps(parameters), encoding="utf-8")
        settings = self.settings
        limits = Limits(settings.job_memory_mb, settings.job_file_mb, settings.job_seconds)
        return self._children.start(self.claimed.token, self.folder, limits)

    def _watch(self, child: Child, quick: StoreConnection) -> None:
        """Until the process has ended: the lease is kept only while it lives."""
        start = beaten = time.monotonic()
        asked = 0.0
        begun: float | None = None
        seen: tuple[float, str] = (0.0, BEGUN)
        while not child.ended.wait(_LOOK_SECONDS):
            now = time.monotonic()
            if begun is None and child.started.is_set():
                begun = now
            self._was_full = self._was_full or is_full(self.folder)
            progress = self._tail.progress() or seen
            if now - beaten > (_PROGRESS_SECONDS if progress != seen else _BEAT_SECONDS):
                beaten, seen = now, progress
                ours, cancelled = self._beat(quick, *progress)
                if not ours:
                    self._verdict = self._verdict or Failure("lease_lost", "The lease was lost.")
                elif cancelled:
                    self._verdict = self._verdict or CANCELLED
            if begun is not None and now - begun > self.settings.job_seconds and self._verdict is None:
                self._verdict = Failure("timeout", f"The task took longer than {self.settings.job_seconds} seconds; "
                                        "ask for a smaller area, fewer formats, or a lower detail level.")  # fmt: skip
            most = self.settings.job_memory_mb
            if child.pid and self._verdict is None and memory_mb(child.pid, most) > most:
                self._verdict = out_of_memory(self.settings)
                child.kill(signal.SIGKILL)
            if (self._verdict or self._stopping) and begun is not None:
                if not asked:
                    asked = now
                    child.kill(signal.SIGTERM)
                elif now - asked > _GRACE_SECONDS:
                    child.kill(signal.SIGKILL)
            if now - (start if begun is None else asked or now) > _HANG_SECONDS:
                self._children.restart()

    def _make_sure(self, child: Child) -> None:
        """Nothing of the job runs on behind this attempt, whatever went wrong in watching it."""
        if not child.ended.is_set():
            child.started.wait(_HANG_SECONDS)
            child.kill(signal.SIGKILL)
            if not child.ended.wait(_HANG_SECONDS):
                self._children.restart()
                child.ended.wait(_HANG_SECONDS)

    def _beat(self, quick: StoreConnection, percent: float, step: str) -> tuple[bool, bool]:
        try:
            return quick.leases.beat(self.claimed.job, self.claimed.token, time.time(), percent, step)
        except StoreError:
            # A full disk: the job may go on, and the lease tells whether there was an end to it.
            return True, False

    def _conclude(self, child: Child) -> None:
        """What came of it: only a report that was written to its end tells of files."""
        told = read_events(self.folder / REPORT) if is_plain(self.folder / REPORT) else []
        events = [self._shown(event) for event in told]
        ended = any(isinstance(event, End) for event in events)
        made = [event for event in events if isinstance(event, Made)]
        lost = [event for event in events if isinstance(event, Lost) and event.format in FORMATS]
        # A report that a full disk cut short does not tell of every format.
        whole = ended and {*(event.format for event in made), *(event.format for event in lost)} >= set(
            self.claimed.spec["formats"]
        )
        fault = next((event for event in reversed(events) if isinstance(event, Failed)), None)
        verdict = self._verdict
        if verdict is not None and verdict.code == "lease_lost":
            return
        if verdict is not None and verdict.code == "timeout" and self._was_full:
            # Libraries may turn round and round on a full disk.
            self._wait_for_room()
        elif verdict is not None and verdict.code == "timeout" and whole and made:
            # It had ended, and its parent did not tell.
            self._publish(made, lost, events)
        elif verdict is not None:
            self._write(lambda rows, now: rows.outcomes.fail(self.claimed, verdict, now))
        elif self._source is not None and self._source.is_out:
            # Of one that was replaced meanwhile it may have read a half of each.
            self._blame_source()
        elif self._met_full_disk(events, whole and not lost):
            self._wait_for_room()
        elif whole and made:
            self._publish(made, lost, events)
        elif self._stopping:
            self._write(lambda rows, now: rows.leases.give_back(self.claimed, "stopped", now))
        elif fault is not None:
            self._refuse(fault)
        elif child.code == PARENT_DIED:
            self._write(lambda rows, now: rows.leases.give_back(self.claimed, "parent_died", now))
        elif ended:
            # Told to stop by somebody else.
            self._write(lambda rows, now: rows.leases.give_back(self.claimed, "told_to_stop", now, _AGAIN_SECONDS))
        else:
            self._end_or_retry(crashed(child.code or 0, self.folder / JOB_LOG, self.settings))

    def _shown(self, event: Event) -> Event:
        """Libraries tell of files by their whole paths, which are nobody's business: their names are left."""
        private = re.compile(rf"{re.escape(str(self.folder))}/(?:[^\s/]+/)*")
        if isinstance(event, Made):
            return replace(event, warnings=[private.sub("", text) for text in event.warnings])
        return replace(event, text=private.sub("", event.text)) if isinstance(event, (Warned, Lost, Failed)) else event

    def _met_full_disk(self, events: list[Event], good: bool) -> bool:
        """Whether anything was lost for want of room: it says so, or there was none while it was lost."""
        if any(event.code == DISK_FULL for event in events if isinstance(event, (Lost, Failed))):
            return True
        return not good and (self._was_full or is_full(self.folder))

    def _wait_for_room(self) -> None:
        """Give the job back, and first the room that it took: the row needs some."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self._write(lambda rows, now: rows.leases.wait_for_room(self.claimed, now))

    def _end_or_retry(self, why: Failure) -> None:
        """What would come out the same again ends at once."""
        if why.fault:
            self._write(lambda rows, now: rows.leases.retry(self.claimed, why, now))
        else:
            self._write(lambda rows, now: rows.outcomes.fail(self.claimed, why, now))

    def _blame_source(self) -> None:
        """Later once more: it may come back."""
        assert self._source is not None
        LOG.error("a source cannot be read", extra={"job": self.claimed.job, "words": self._source.why_out()})
        self._write(lambda rows, now: rows.leases.retry(self.claimed, source_failed(), now))

    def _refuse(self, told: Failed) -> None:
        """The algorithm said why there is no file."""
        why = self._reason(told)
        self._write(lambda rows, now: rows.leases.retry(self.claimed, why, now, ATTEMPTS.get(why.code, 1)))

    def _reason(self, told: Lost | Failed) -> Failure:
        return reason(told.code, told.text, self.folder / JOB_LOG, self.settings)

    def _publish(self, made: list[Made], lost: list[Lost], events: list[Event]) -> None:
        files = []
        for event in made:
            path = self.folder / FILES / Path(event.path).name
            size = own_size(path)
            digest = self._store.blobs.place(path)
            files.append(Finished(event.format, digest, path.suffix.lstrip("."), size, event.features,
                                  list(event.warnings), event.account.as_json()))  # fmt: skip
        reasons = {event.format: self._reason(event) for event in lost}
        warnings = [event.text for event in events if isinstance(event, Warned)]
        for item in files:
            item.warnings.extend(text for text in warnings if text not in item.warnings)
        self._write(lambda rows, now: rows.outcomes.finish(self.claimed, files, reasons, now))

    def _write(self, action: Callable[[StoreConnection, float], object]) -> None:
        """Write the end down; a full disk is waited for until the server stops."""
        while True:
            try:
                with contextlib.closing(self._store.connect()) as rows:
                    action(rows, time.time())
                return
            except StoreBusyError:
                if self._stopping:
                    raise
                time.sleep(_AGAIN_SECONDS)
