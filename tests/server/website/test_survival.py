"""Accounts, sessions, keys and a running export survive the server's end, by force and by asking."""

import signal

from visiting import Visitor

from server_jobs import state, until
from serving import StubServer

PASSWORD = "correct horse battery"
SMALL = {"min_lon": 24.9440, "min_lat": 60.1725, "max_lon": 24.9516, "max_lat": 60.1775}


def test_who_is_signed_in_stays_so_and_their_map_is_made(tmp_path, make_account):
    go = tmp_path / "go"
    with StubServer(tmp_path / "data", WORKERS=1, DRAIN_SECONDS=0, STUB_GO=go) as server:
        assert make_account(server, "a@example.org", PASSWORD).returncode == 0
        visitor = Visitor(server.url)
        assert visitor.sign_in("a@example.org", PASSWORD)[0] == 303
        key, word = server.key("", "--email", "a@example.org", "--scopes", "read"), visitor.word()
        visitor.get("/export")
        body = {"bbox": SMALL, "formats": ["svg"], "config": {"name": "wait"}}
        status, made = visitor.call("POST", "/site/render", body)
        assert status == 202, made
        task = made["task_id"]
        for end in (signal.SIGKILL, signal.SIGTERM):
            until(lambda: state(server, task) == "running")
            server.stop(end)
            server.start()
            assert visitor.get("/account")[0] == 200
            assert visitor.word() == word
            assert server.get("/api/me", key)[1]["scopes"] == ["read"]
            # A form of a page that was open all the while is still one of ours.
            assert visitor.call("GET", f"/site/tasks/{task}")[1]["status"] in ("queued", "processing")
            assert visitor.call("POST", "/site/estimate", body)[0] == 200
        go.touch()
        done = server.wait(key, task)
        assert done["status"] == "completed", done
        assert f"/api/download/{task}/svg?" in visitor.get("/account/tasks")[2]
        # A session that was ended stays so.
        assert visitor.send("/account/sign-out")[0] == 303
        server.stop(signal.SIGKILL)
        server.start()
        visitor.jar.clear()
        assert visitor.get("/account", Cookie=f"osm2cdr_session={word}")[0] == 303
