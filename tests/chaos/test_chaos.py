"""Everything of a server is killed at random, 200 jobs long; `make chaos` is the same with more."""

import sys

from chaos import KINDS, Chaos, told
from chaos_start import STEPS


def test_every_accepted_task_ends(tmp_path, capsys):
    found = Chaos(tmp_path, 200, seed=6).run()
    with capsys.disabled():
        sys.stdout.write(f"\n{told(found)}\n")
    assert not found["faults"]
    assert set(found["steps"]) == set(STEPS)
    assert found["leased"] * 3 >= sum(found["kills"].values())
    assert set(found["kills"]) == set(KINDS)
    assert found["opened"] == found["ended"]["completed"]
