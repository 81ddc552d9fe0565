"""The operator's pages: what they tell, what they do, and that they are nobody else's."""

import re

import pytest

from server_jobs import until

SMALL = {"min_lon": 24.9440, "min_lat": 60.1725, "max_lon": 24.9516, "max_lat": 60.1775}
EVIL = '"><script>alert(1)</script>@example.org'


@pytest.fixture(scope="module")
def operator(server):
    server.account("operator@example.org")
    said = server.launcher("accounts", "operator", "operator@example.org").stdout
    assert "who does: operator@example.org." in said
    return server.visitor("operator@example.org")


def number(server, address):
    return server.rows("SELECT id FROM account WHERE email = ?", address)[0][0]


def test_nobody_else_sees_that_there_is_such_a_page(server, somebody, operator):
    assert 'href="/operator"' in operator.get("/account")[2]
    for visitor in (server.visitor(), server.visitor(somebody)):
        assert 'href="/operator"' not in visitor.get("/export")[2]
        unknown = visitor.get("/account/nothing")[0]
        assert visitor.get("/operator")[0] == visitor.get("/operator/accounts")[0] == unknown == 404
        for act in ("tier", "close", "open"):
            assert (
                visitor.send(f"/operator/accounts/{act}", account=number(server, somebody), tier="enterprise")[0] == 404
            )
    assert server.rows("SELECT tier, disabled FROM account WHERE email = ?", somebody) == [("basic", 0)]


def test_the_numbers_are_those_of_the_metrics(server, somebody, operator):
    key = server.key("basic", "--email", somebody)
    assert server.wait(key, server.job(key, "bad"))["status"] == "failed"
    status, _, text = operator.get("/operator")
    assert status == 200
    lines = server.call("GET", "/metrics")[2].decode().splitlines()
    value = {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in lines if not line.startswith("#")}
    said = dict(re.findall(r"<dt>([^<]+)</dt><dd>([\d.]+)<", text))
    assert float(said["Memory, web"]) > 10
    assert abs(float(said["Free on the disk"]) * 1e9 - value["osm2cdr_disk_free_bytes"]) < 1e9
    failed = sum(n for name, n in value.items() if "tasks_ended" in name and 'end="failed"' in name)
    assert re.search(rf"failed {failed:.0f}\b", text)
    assert "at work" in text
    row = server.rows("SELECT error_code, error FROM job WHERE state = 'failed' ORDER BY created DESC LIMIT 1")[0]
    assert row[0] in text
    running = server.job(key, "sleep")
    until(lambda: server.get(f"/api/status/{running}", key)[1]["status"] == "processing")
    text = operator.get("/operator")[2]
    assert running[:8] in text
    assert somebody in text
    server.call("DELETE", f"/api/tasks/{running}", key)
    server.wait(key, running)


def test_tiers_and_doors_of_accounts(server, operator):
    address = "customer@example.org"
    server.account(address)
    customer, key = server.visitor(address), server.key("", "--email", address)
    text = operator.get("/operator/accounts?word=customer@")[2]
    assert address in text
    assert "somebody@" not in text
    one = number(server, address)
    assert operator.send("/operator/accounts/tier", account=one, tier="pro")[0] == 303
    assert server.get("/api/me", key)[1]["tier"] == "pro"
    assert operator.send("/operator/accounts/close", account=one)[0] == 303
    assert server.get("/api/me", key)[0] == 401
    assert customer.get("/account")[0] == 303
    assert operator.send("/operator/accounts/open", account=one)[0] == 303
    text = server.visitor(address).get("/account/settings")[2]
    for word in ("tier set to", "account closed", "account opened"):
        assert word in text
    assert "account of somebody closed" in operator.get("/account/settings")[2]
    assert operator.send("/operator/accounts/close", account=number(server, "operator@example.org"))[0] == 400
    for bad in ({"account": "x"}, {"account": 10**15}, {"account": one, "tier": "gold"}, {}):
        assert operator.send("/operator/accounts/tier", **{"tier": "pro", **bad})[0] == 404
    assert operator.send("/operator/accounts/delete", account=one)[0] == 404
    assert operator.send("/operator/accounts/tier", "0" * 40, account=one, tier="free")[0] == 403


def test_names_of_others_are_no_pages(server, operator):
    """What somebody calls themselves is read by who may do most."""
    server.change("INSERT INTO account (email, tier, created) VALUES (?, 'free', 0)", EVIL)
    for path in ("/operator/accounts", "/operator/accounts?word=%22%3E%3Cscript%3Ealert(1)", "/operator"):
        text = operator.get(path)[2]
        assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)" in operator.get("/operator/accounts")[2]
    assert "No account has that" in operator.get("/operator/accounts?word=%25")[2], "% is a letter like others"
    server.change("DELETE FROM account WHERE email = ?", EVIL)


def test_an_operator_is_one_no_more(server):
    server.account("former@example.org")
    server.launcher("accounts", "operator", "former@example.org")
    visitor = server.visitor("former@example.org")
    assert visitor.get("/operator")[0] == 200
    assert "no more" in server.launcher("accounts", "operator", "former@example.org", "--off").stdout
    assert visitor.get("/operator")[0] == 404
