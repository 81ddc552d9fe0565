"""Sign in and out, register and choose another password; and nobody learns which accounts there are."""

import statistics
import time

import pytest

PASSWORD = "correct horse battery"


def test_an_account_of_the_command_line_signs_in_and_out(server, somebody):
    visitor = server.visitor()
    status, headers, _ = visitor.get("/account")
    assert (status, headers["Location"]) == (303, "/account/sign-in?next=/account")
    planted = visitor.word() or (visitor.get("/export"), visitor.word())[1]
    status, headers, _ = visitor.sign_in(somebody.upper(), PASSWORD, next="/account/api")
    assert (status, headers["Location"]) == (303, "/account/api")
    assert visitor.word() != planted, "a session that somebody planted is no session"
    status, _, text = visitor.get("/account")
    assert status == 200
    assert somebody in text
    assert "Tier Basic" in text
    mine = visitor.word()
    assert visitor.send("/account/sign-out")[0] == 303
    visitor.jar.clear()
    assert visitor.get("/account", Cookie=f"osm2cdr_session={mine}")[0] == 303


def test_what_the_command_line_refuses(server, somebody):
    for password, address in (("short", "b@example.org"), ("password12345", "b@example.org"), (PASSWORD, somebody)):
        done = server.account(address, password=password)
        assert done.returncode == 2
        assert done.stderr.startswith("osm2cdr: ")
        assert "Traceback" not in done.stderr
    assert server.rows("SELECT password FROM account WHERE password != ''")[0][0].startswith(
        "$argon2id$v=19$m=65536,t=3"
    )


@pytest.mark.parametrize(
    "bad",
    ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/api/docs", "/account\n"],
)
def test_nobody_is_led_elsewhere(server, somebody, bad):
    visitor = server.visitor()
    status, headers, _ = visitor.sign_in(somebody, PASSWORD, next=bad)
    assert (status, headers["Location"]) == (303, "/account")


def test_the_answer_is_the_same_whoever_is_unknown(server, somebody):
    """By its words, its status and its headers."""
    answers = []
    for address in (somebody, "nobody@example.org"):
        visitor = server.visitor()
        status, headers, text = visitor.sign_in(address, "a wrong password")
        names = sorted(name for name in headers if name not in ("Date", "X-Request-Id", "Content-Length"))
        answers.append((status, names, text.replace(address, "-").replace(visitor.proof, "-")))
    assert answers[0] == answers[1]
    assert answers[0][0] == 403
    assert "The address or the password is not right." in answers[0][2]


def test_who_tries_too_often_waits_whether_there_is_an_account_or_not(server, post):
    server.account("tried@example.org")
    for address in ("tried@example.org", "untried@example.org"):
        visitor = server.visitor()
        codes = [visitor.sign_in(address, "a wrong password")[0] for _ in range(11)]
        assert codes == [403] * 10 + [429]
        # The right one comes too late now.
        status, headers, text = visitor.sign_in(address, PASSWORD)
        assert status == 429
        assert int(headers["Retry-After"]) > 0
        assert "too many attempts" in text


def test_register_by_mail_and_choose_another_password(server, post):
    visitor, first = server.visitor(), len(post.letters)
    visitor.get("/account/register")
    assert "no e-mail address" in visitor.send("/account/register", email="a b", password=PASSWORD)[2]
    assert "too short" in visitor.send("/account/register", email="n@example.org", password="x")[2]
    assert "Look into your mail" in visitor.send("/account/register", email="n@example.org", password=PASSWORD)[2]
    letter = post.letter(first)
    assert (letter["To"], letter["From"], letter["Subject"]) == (
        "n@example.org",
        "maps@example.org",
        "Confirm your address",
    )
    assert visitor.sign_in("n@example.org", PASSWORD)[0] == 403, "before the address is confirmed"
    link = post.link(first)
    word = link.partition("letter=")[2]
    assert visitor.get(link)[0] == visitor.get(link)[0] == 200, "who looks at it does not use it up"
    assert visitor.send("/account/confirm", letter=word)[0] == 303
    assert visitor.send("/account/confirm", letter=word)[0] == 410
    assert visitor.sign_in("n@example.org", PASSWORD)[0] == 303
    # Whoever registers it once more learns nothing; whoever has the address does.
    other = server.visitor(language="ru")
    other.get("/account/register")
    other.send("/account/register", email="n@example.org", password="another long one")
    assert "/account/password?letter=" in post.link(first + 1)
    other.get("/account/forgot")
    unknown = other.send("/account/forgot", email="nobody@example.org")[2]
    other.get("/account/forgot")
    assert unknown == other.send("/account/forgot", email="n@example.org")[2]
    word = post.link(first + 2).partition("letter=")[2]
    other.get(f"/account/password?letter={word}")
    assert other.send("/account/password", letter=word, password="tiny")[0] == 400
    assert other.send("/account/password", letter=word, password="a new long password")[0] == 303
    assert visitor.get("/account")[0] == 303, "all sessions have ended"
    assert other.sign_in("n@example.org", PASSWORD)[0] == 403
    assert other.sign_in("n@example.org", "a new long password")[0] == 303
    assert len(post.letters) == first + 3


def test_a_wrong_password_takes_as_long_where_there_is_no_account():
    from osm2cdr.server.domain.passwords import fits, hashed

    kept, took = hashed(PASSWORD), {True: [], False: []}
    fits("", "x")
    for _ in range(5):
        for known in took:
            start = time.thread_time()
            assert not fits(kept if known else "", "a wrong password")
            took[known].append(time.thread_time() - start)
    assert statistics.median(took[False]) > statistics.median(took[True]) / 3
    assert fits(kept, PASSWORD)
    assert not fits("no hash", PASSWORD)
