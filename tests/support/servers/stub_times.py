"""How long locks of the database were held, and how late the event loop was: a line of JSON each, for the benchmark.

Beside the clock's seconds stand those of the processor, which other programs of the machine do not lengthen.
"""

import asyncio
import json
import os
import sys
import time
from pathlib import Path

# Nobody's statement, but whose it is.
PASSED = ("contextlib.py", "database.py", "stub_times.py", "totals.py", "journal.py", "faults.py")
# The event loop is looked at so often; callbacks that took no longer than this are not told of.
LOOK_SECONDS, SHORT_SECONDS = 0.01, 0.005


def begin(target):
    """From here on, in this process."""
    from osm2cdr.server.store.sqlite import database

    file = os.open(target, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def tell(kind, what, start):
        seconds, work = time.perf_counter() - start[0], time.thread_time() - start[1]
        os.write(file, (json.dumps([kind, what, round(seconds, 6), round(work, 6)]) + "\n").encode())

    class Timed(database.Connection):
        """A transaction from its BEGIN to its COMMIT, a statement by itself with the time that it waited."""

        def execute(self, sql, *values):
            start, was_in = now(), self.in_transaction
            done = super().execute(sql, *values)
            if sql == "BEGIN IMMEDIATE":
                self.start, self.where = now(), caller()
            elif sql in ("COMMIT", "ROLLBACK"):
                tell("lock", self.where, self.start)
            elif not was_in and sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
                tell("lock", caller(), start)
            return done

    database.Connection = Timed
    run = asyncio.Handle._run

    def running(handle):
        start = now()
        run(handle)
        if time.perf_counter() - start[0] > SHORT_SECONDS:
            task = getattr(handle._callback, "__self__", None)
            what = task.get_coro() if isinstance(task, asyncio.Task) else handle._callback
            tell("callback", getattr(what, "__qualname__", type(what).__name__), start)

    asyncio.Handle._run = running

    async def look():
        while True:
            due = time.perf_counter() + LOOK_SECONDS
            await asyncio.sleep(LOOK_SECONDS)
            tell("loop", "late", (due, time.thread_time()))

    return look


def now():
    return time.perf_counter(), time.thread_time()


def caller():
    """The function that the statement is of."""
    frame = sys._getframe(1)
    while Path(frame.f_code.co_filename).name in PASSED:
        frame = frame.f_back
    code = frame.f_code
    return f"{Path(code.co_filename).stem}.{getattr(code, 'co_qualname', code.co_name).replace('<locals>.', '')}"
