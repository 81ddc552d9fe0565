"""Everything of a server is killed at random, 200 jobs long; `make chaos` is the same with more."""

import sys

from havoc import Havoc, told
from havoc_start import STEPS


def test_every_accepted_task_ends(tmp_path, capsys):
    # A fault is told; one that comes with another seed, too, is no chance of the machine's. `make chaos` forgives none.
    for seed in (6, 7):
        folder = tmp_path / str(seed)
        folder.mkdir()
        found = Havoc(folder, 200, seed=seed).run()
        with capsys.disabled():
            sys.stdout.write(f"\n{told(found)}\n{found['faults']}\n")
        if not found["faults"]:
            break
    assert not found["faults"]
    assert set(found["steps"]) == set(STEPS)
    assert found["leased"] * 3 >= sum(found["kills"].values())
    assert {"child", "web", "parent", "supervisor", "all"} <= set(found["kills"])
    assert found["opened"] == found["ended"]["completed"]
