"""The looks of a place: made by jobs of the house, for everybody, and no way to other people's files."""

from server_jobs import until

SMALL = {"min_lon": 24.9440, "min_lat": 60.1725, "max_lon": 24.9516, "max_lat": 60.1775}
HERE = "/site/looks?box=24.9440,60.1710,24.9460,60.1730&styles="


def test_the_looks_of_a_place_are_made_and_kept(server):
    visitor = server.visitor()

    def told(path):
        status, body = visitor.call("GET", path)
        assert status == 200, body
        return body["styles"]

    before = server.rows("SELECT count(*) FROM job")[0][0]
    assert set(told(f"{HERE}default,dark,nonesuch")) == {"default", "dark"}
    until(lambda: server.rows("SELECT count(*) FROM job WHERE state IN ('queued', 'running')") == [(0,)])
    ready = told(f"{HERE}default,dark")
    assert {one["state"] for one in ready.values()} == {"ready"}
    status, headers, _ = visitor.get(ready["dark"]["picture"])
    assert (status, headers["Content-Type"]) == (200, "image/png")
    assert "immutable" in headers["Cache-Control"]
    # Somebody who looks nearby has the same, and nothing is made.
    assert told("/site/looks?box=24.9432,60.1712,24.9452,60.1732&styles=dark")["dark"] == ready["dark"]
    assert server.rows("SELECT count(*) FROM job")[0][0] == before + 2
    assert told("/site/looks?box=2.3,48.8,2.4,48.9&styles=dark") == {"dark": {"state": "none"}}
    box = "box=24.93,60.16,24.95,60.18"
    for words in ("box=x&styles=dark", box, f"{box}&styles=../x", "box=nan,inf,1,2&styles=dark", ""):
        assert visitor.call("GET", f"/site/looks?{words}")[0] == 400


def test_the_files_of_tasks_are_no_looks(server):
    visitor = server.visitor()
    visitor.get("/export")
    task = visitor.call("POST", "/site/render", {"bbox": SMALL, "formats": ["png"], "config": {"name": "good"}})[1]
    until(lambda: visitor.call("GET", f"/site/tasks/{task['task_id']}")[1]["status"] == "completed")
    ((sha256,),) = server.rows("SELECT sha256 FROM job_file WHERE job_id = ?", task["task_id"])
    assert visitor.get(f"/site/looks/{sha256}")[0] == 404
    assert visitor.get("/site/looks/" + "0" * 64)[0] == 404
    assert visitor.get("/site/looks/..%2fsecret")[0] == 404
