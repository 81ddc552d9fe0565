"""Services that people sign in by, on this machine: one of OpenID Connect, and one that does as GitHub does."""

import base64
import hashlib
import html
import json
import secrets
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "the client", "the secret of it"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.0"

    def do_GET(self):
        address = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(address.query))
        service = self.server
        if address.path in ("/authorize", "/login/oauth/authorize"):
            allowed = service.consent(query, "openid" in query["scope"])
            if service.asks:
                self.ask(query, allowed)
                return
            self.send_response(302)
            self.send_header("Location", allowed)
            self.end_headers()
        elif address.path == "/.well-known/openid-configuration":
            at = service.url
            self.say({"issuer": service.issuer, "authorization_endpoint": f"{at}/authorize",
                      "token_endpoint": f"{at}/token", "jwks_uri": f"{at}/keys"})  # fmt: skip
        elif address.path == "/keys":
            self.say({"keys": [service.key.as_dict(private=False)]})
        elif self.headers["Authorization"] != f"Bearer {service.bearer}":
            self.say({"message": "Bad credentials"}, 401)
        elif address.path == "/user":
            self.say({"id": service.number, "login": "octo", "email": "public@example.org"})
        elif address.path == "/user/emails":
            self.say(service.emails)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        fields, hub = dict(urllib.parse.parse_qsl(body)), self.path == "/login/oauth/access_token"
        answer = self.server.token(fields, hub)
        # GitHub says 200 even then.
        self.say(answer, 400 if "error" in answer and not hub else 200)

    def ask(self, query, allowed):
        """The page on which people say whether they agree."""
        denied = {"error": "access_denied", "state": query["state"]}
        links = {"allow": allowed, "deny": f"{query['redirect_uri']}?{urllib.parse.urlencode(denied)}"}
        text = "".join(f'<a id="{word}" href="{html.escape(link)}">{word}</a> ' for word, link in links.items())
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(f"<!doctype html><title>Do you agree?</title>{text}".encode())

    def say(self, answer, status=200):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *_):
        pass


class Service(ThreadingHTTPServer):
    """Both of them. `claims` go into the token as they are, over the right ones; `emails` are what GitHub tells.

    Everybody agrees at once, where `asks` is not set.
    """

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self.reset()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def reset(self):
        """As it was at first, with another key."""
        self.key = self.signing_key = RSAKey.generate_key(2048, {"kid": secrets.token_hex(4)})
        self.issuer, self.number, self.bearer = self.url, 7, ""
        self.claims, self.emails, self.codes, self.asked = {}, [], {}, []
        self.asks = False

    def says(self, number, email, verified=True):
        """Let both say the same of somebody."""
        self.claims, self.number = {"sub": str(number), "email": email, "email_verified": verified}, number
        self.emails = [
            {"email": "other@example.org", "primary": False, "verified": True},
            {"email": email, "primary": True, "verified": verified},
        ]

    def settings(self):
        """What a server is told of them, without OSM2CDR_."""
        return {
            "GOOGLE_ID": CLIENT, "GOOGLE_SECRET": SECRET, "GOOGLE_ISSUER": self.url, "GITHUB_ID": CLIENT,
            "GITHUB_SECRET": SECRET, "GITHUB_URL": self.url, "GITHUB_API": self.url,
        }  # fmt: skip

    def consent(self, query, is_openid):
        """Where somebody who agreed is led to."""
        self.asked.append(query)
        assert (query["client_id"], query["response_type"], query["code_challenge_method"]) == (CLIENT, "code", "S256")
        assert len(query["state"]) > 30
        assert bool(query.get("nonce")) == is_openid
        code = secrets.token_hex(8)
        self.codes[code] = query
        return f"{query['redirect_uri']}?" + urllib.parse.urlencode({"code": code, "state": query["state"]})

    def token(self, fields, hub):
        """What a code is worth, once, to whom it was given (RFC 6749 4.1.3, RFC 7636 4.6)."""
        wanted = self.codes.pop(fields.get("code"), None)
        if (fields.get("client_id"), fields.get("client_secret")) != (CLIENT, SECRET):
            return {"error": "invalid_client"}
        challenge = hashlib.sha256(fields.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(challenge).decode().rstrip("=")
        if (
            wanted is None
            or wanted["redirect_uri"] != fields.get("redirect_uri")
            or wanted["code_challenge"] != challenge
        ):
            return {"error": "bad_verification_code" if hub else "invalid_grant"}
        self.bearer = secrets.token_hex(8)
        answer = {"access_token": self.bearer, "token_type": "bearer", "scope": wanted["scope"]}
        return answer if hub else {**answer, "id_token": self.signed(wanted["nonce"])}

    def signed(self, nonce):
        """An ID token of just now."""
        now = int(time.time())
        claims = {
            "iss": self.url, "aud": CLIENT, "sub": "1", "exp": now + 600, "iat": now, "nonce": nonce,
            "email": "one@example.org", "email_verified": True, **self.claims,
        }  # fmt: skip
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, self.signing_key)
