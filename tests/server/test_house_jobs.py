"""The house's own jobs give way: with one worker, somebody's task is made while the map under the page is not."""

import json

from osm2cdr.server.domain.house import BEHIND, MARK
from server_jobs import query, until
from serving import StubServer


def house(server, task):
    """Make a task one of the house's own, as if a page had begun it."""
    (spec,) = query(server, "SELECT spec FROM job WHERE id = ?", task)[0]
    server.change("UPDATE job SET spec = ?, rank = rank + ? WHERE id = ?",
                  json.dumps({**json.loads(spec), MARK: True}), BEHIND, task)  # fmt: skip


def kinds(server, task):
    return [kind for (kind,) in query(server, "SELECT kind FROM event WHERE job_id = ? ORDER BY rowid", task)]


def test_a_job_of_the_house_is_given_back_where_somebody_waits(tmp_path):
    with StubServer(tmp_path / "data", WORKERS=1, CACHE="off", STUB_GO=tmp_path / "go") as server:
        key, other = server.key(), server.key()
        first, ours = server.job(key, "wait"), server.job(other, "wait")
        until(lambda: "claimed" in kinds(server, first))
        house(server, ours)
        last = server.job(key, "wait")
        assert server.call("DELETE", f"/api/tasks/{first}", key)[0] in (200, 202)
        # Somebody's comes first, though it was asked for later.
        until(lambda: "claimed" in kinds(server, last))
        assert kinds(server, ours) == ["submitted"]
        assert server.call("DELETE", f"/api/tasks/{last}", key)[0] in (200, 202)
        until(lambda: "claimed" in kinds(server, ours))
        # It would never end: the only worker is taken.
        assert server.wait(key, server.job(key))["status"] == "completed"
        assert "completed" not in kinds(server, ours)
        (tmp_path / "go").touch()
        assert server.wait(other, ours)["status"] == "completed"
        assert kinds(server, ours).count("claimed") == 2
