"""What people do with their account: keys, tasks, sessions, data, the end."""

import json
import re

from osm2cdr.server.api.routes import ROUTES

PASSWORD = "correct horse battery"
SMALL = {"min_lon": 24.9440, "min_lat": 60.1725, "max_lon": 24.9516, "max_lat": 60.1775}


def created(visitor, name, **scopes):
    """A new key."""
    visitor.get("/account/api")
    status, _, text = visitor.send("/account/api/create", name=name, **(scopes or {"render": 1, "read": 1}))
    assert status == 200, text
    return re.search(r'id="new-key">(ocd_[a-z0-9]{30})<', text)[1], text


def number_of(visitor, prefix):
    """The number that the forms call a key by."""
    row = visitor.get("/account/api")[2].partition(prefix)[2]
    return re.search(r'name="key" value="(\d+)"', row)[1]


def test_a_key_is_shown_once_works_and_ends(server, somebody):
    visitor = server.visitor(somebody)
    key, text = created(visitor, "my script")
    assert f"API_KEY = &#34;{key}&#34;" in text, "the quick start has it"
    assert server.get("/api/me", key)[1]["email"] == somebody
    text = visitor.get("/account/api")[2]
    assert key not in text
    assert key[:10] in text
    assert "my script" in text
    number = number_of(visitor, key[:10])
    text = visitor.send("/account/api/rotate", key=number)[2]
    new = re.search(r'id="new-key">(ocd_\w+)<', text)[1]
    assert {server.get("/api/me", one)[0] for one in (key, new)} == {200}, "the old one works for a day more"
    for one in (key, new):
        assert visitor.send("/account/api/revoke", key=number_of(visitor, one[:10]))[0] == 303
        assert server.get("/api/me", one)[0] == 401
    text = visitor.get("/account/settings")[2]
    for word in ("key created", "key rotated", "key revoked", "signed in"):
        assert word in text


def test_a_key_does_what_its_scopes_allow(server, somebody):
    visitor = server.visitor(somebody)
    keys = {"render": created(visitor, "makes", render=1)[0], "read": created(visitor, "reads", read=1)[0]}
    assert re.search(r"makes</td>\s*<td[^>]*><code>render</code></td>", visitor.get("/account/api")[2])
    rows = [route for route in ROUTES if not route.open]
    assert {route.scope for route in rows} == {"render", "read", ""}
    for route in rows:
        path = route.path.replace("{id}", "0" * 32).replace("{format}", "svg")
        for scope, key in keys.items():
            status, _, body = server.call(route.method, path, key, b"{}", {"Content-Type": "application/json"})
            if route.scope not in ("", scope):
                assert (status, json.loads(body)["code"], json.loads(body)["scope"]) == (403, "scope", route.scope)
            else:
                assert status not in (401, 403), path
    assert server.get("/api/me", keys["read"])[1]["scopes"] == ["read"]
    # A new key in its place may do no more.
    text = visitor.send("/account/api/rotate", key=number_of(visitor, keys["read"][:10]))[2]
    assert server.post(re.search(r'id="new-key">(ocd_\w+)<', text)[1])[0] == 403
    for scope in ("write", "", "read,write"):
        done = server.launcher_fails("keys", "create", "--email", somebody, "--scopes", scope)
        assert "A key may have render and read" in done
    made = server.launcher("keys", "create", "--email", somebody, "--scopes", "read").stdout.strip()
    assert server.post(made)[0] == 403
    assert "read only" in server.launcher("keys", "list").stdout
    assert any(deed == ("key_created", "operator") for deed in server.rows("SELECT kind, address FROM deed"))


def test_nobody_touches_another_s_keys_and_tasks(server, somebody):
    server.account("other@example.org")
    mine, other = server.visitor(somebody), server.visitor("other@example.org")
    key, _ = created(mine, "mine")
    number = number_of(mine, key[:10])
    other.get("/account/api")
    for act in ("revoke", "rotate"):
        assert other.send(f"/account/api/{act}", key=number)[0] == 404
    mine.get("/export")
    status, body = mine.call("POST", "/site/render", {"bbox": SMALL, "formats": ["svg"], "config": {"name": "good"}})
    assert status == 202, body
    task = body["task_id"]
    other.get("/export")
    assert other.call("GET", f"/site/tasks/{task}")[0] == 404
    assert other.call("DELETE", f"/site/tasks/{task}")[0] == 404
    other.send("/account/tasks/end", task=task)
    assert server.wait(key, task)["status"] == "completed"
    text = mine.get("/account/tasks")[2]
    assert f"/api/download/{task}/svg?" in text
    assert "/export?bbox=24.944,60.1725,24.9516,60.1775&amp;formats=svg&amp;style=default" in text
    assert task not in other.get("/account/tasks")[2]
    mine.send("/account/tasks/end", task=task)
    assert server.get(f"/api/status/{task}", key)[0] == 410


def test_what_is_written_into_a_page_is_no_page(server, somebody):
    visitor, evil = server.visitor(somebody), "<script>alert(1)</script>\"'"
    _, text = created(visitor, evil)
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert visitor.send("/account/api/create", name="two\nlines", read=1)[0] == 400
    assert visitor.send("/account/api/create", name="turned \u202e round", read=1)[0] == 400
    assert "one of the two at least" in visitor.send("/account/api/create", name="of no use")[2]
    text = visitor.sign_in(evil, "x")[2] if visitor.send("/account/sign-out") else ""
    assert "<script>alert" not in text


def test_sessions_end_everywhere_and_with_the_password(server):
    server.account("sessions@example.org")
    one, two = server.visitor("sessions@example.org"), server.visitor("sessions@example.org")
    one.get("/account/settings")
    assert one.send("/account/settings/password", password="wrong one", new="a new long password")[0] == 400
    assert one.send("/account/settings/password", password=PASSWORD, new="tiny")[0] == 400
    assert one.send("/account/settings/password", password=PASSWORD, new="a new long password")[0] == 303
    assert one.get("/account")[0] == 200
    assert two.get("/account")[0] == 303
    assert two.sign_in("sessions@example.org", "a new long password")[0] == 303
    one.get("/account/settings")
    assert one.send("/account/settings/everywhere")[0] == 303
    assert one.get("/account")[0] == two.get("/account")[0] == 303


def test_one_takes_all_of_one_s_data_along_and_goes(server):
    server.account("gone@example.org")
    visitor = server.visitor("gone@example.org")
    key, _ = created(visitor, "my cat's")
    visitor.get("/account/settings")
    status, headers, text = visitor.send("/account/settings/data")
    assert (status, headers["Content-Disposition"]) == (200, 'attachment; filename="osm2cdr.json"')
    data = json.loads(text)
    assert data["account"]["email"] == "gone@example.org"
    assert [one["name"] for one in data["keys"]] == ["my cat's"]
    assert {deed["kind"] for deed in data["deeds"]} == {"created", "sign_in", "key_created"}
    again = json.loads(visitor.send("/account/settings/data")[2])
    assert again["deeds"][0]["kind"] == "data", "that it was asked for is kept as well"
    assert "argon2" not in text
    assert visitor.send("/account/settings/delete", password="wrong one")[0] == 400
    assert visitor.send("/account/settings/delete", password=PASSWORD)[0] == 303
    assert visitor.get("/account")[0] == 303
    assert server.get("/api/me", key)[0] == 401
    assert server.rows("SELECT count(*) FROM account WHERE email = 'gone@example.org'") == [(0,)]
