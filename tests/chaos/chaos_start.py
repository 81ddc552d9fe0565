"""A supervisor that kills itself at one step of publishing: `CHAOS_DIE` is "step count", `CHAOS_STEPS` a log of it.

Steps: `written` (the file is flushed, not renamed), `renamed` (it lies in blobs, no row tells of it), `row` (the row is
changed, not committed), `committed` (the row tells of it, the private folder is still there).
"""

import os
import signal
import sys

STEPS = ("written", "renamed", "row", "committed")


def arm(step, count):
    """Die when the step is reached for the count-th time."""
    from osm2cdr.server.store.sqlite import job_outcomes

    left = [count]

    def reached(name):
        if name != step:
            return
        left[0] -= 1
        if left[0] == 0:
            log = os.open(os.environ["CHAOS_STEPS"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            os.write(log, f"{step}\n".encode())
            os.kill(os.getpid(), signal.SIGKILL)

    outcomes = job_outcomes.SqliteOutcomes
    replace, note, finish = os.replace, job_outcomes.note, outcomes.finish

    def replacing(source, target, **more):
        blob = "/blobs/" in str(target)
        if blob:
            reached("written")
        replace(source, target, **more)
        if blob:
            reached("renamed")

    def noting(connection, job, kind, *more, **told):
        note(connection, job, kind, *more, **told)
        if kind == "completed":
            reached("row")

    def finishing(*given):
        done = finish(*given)
        reached("committed")
        return done

    os.replace, job_outcomes.note, outcomes.finish = replacing, noting, finishing


if __name__ == "__main__":
    if os.environ.get("CHAOS_DIE"):
        name, times = os.environ.pop("CHAOS_DIE").split()
        arm(name, int(times))
    from osm2cdr.server.__main__ import main

    sys.exit(main())
