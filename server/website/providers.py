"""What Google (OpenID Connect) and GitHub (its own OAuth) say of somebody: a code with PKCE, by Authlib.

Authlib makes the requests and judges the answers; they are sent by aiohttp. Authlib is loaded when it is first needed.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
import logging
import time
from dataclasses import dataclass
from typing import Any, Mapping

import aiohttp

from ..domain.identities import Claim
from ..provider_settings import Provider, is_home

LOG = logging.getLogger("osm2cdr.web")
_SECONDS, _MOST_BYTES = 10.0, 1 << 20
# How long the addresses and keys of a service are believed; keys are asked for again where one is not among them.
_KEPT_SECONDS, _LEEWAY = 3600.0, 120
_KNOWN: dict[str, tuple[float, Mapping[str, Any]]] = {}
_ALGORITHMS = ["RS256", "ES256"]


class ProviderError(Exception):
    """A service that cannot be reached, or that did not say who somebody is."""


@dataclass(frozen=True)
class Answer:
    """What came back, as Authlib looks at it."""

    status_code: int
    text: str

    def json(self) -> Any:
        """ValueError where it is none."""
        return json.loads(self.text)

    def raise_for_status(self) -> None:
        """ProviderError where it was refused."""
        if self.status_code >= 400:
            raise ProviderError(f"it answered {self.status_code}")


async def authorization(provider: Provider, back: str, state: str, verifier: str, nonce: str) -> str:
    """The address that somebody is sent to; they come back to `back`. ProviderError where it is not known."""
    more = {"nonce": nonce, "prompt": "select_account"} if not provider.api else {}
    async with _session() as session:
        address = (await _addresses(session, provider))["authorization_endpoint"]
        client = _client(session, provider, back)
        return str(client.create_authorization_url(address, state=state, code_verifier=verifier, **more)[0])


async def claim(provider: Provider, back: str, code: str, verifier: str, nonce: str) -> Claim:
    """Who came back with a code; ProviderError where that is not said."""
    from authlib.common.errors import AuthlibBaseError
    from joserfc.errors import JoseError

    try:
        async with _session() as session:
            address = (await _addresses(session, provider))["token_endpoint"]
            client = _client(session, provider, back)
            token = await client.fetch_token(
                address, code=code, code_verifier=verifier, grant_type="authorization_code", redirect_uri=back
            )
            if provider.api:
                return await _of_github(session, provider, str(token["access_token"]))
            return await _of_id_token(session, provider, token, nonce)
    except (AuthlibBaseError, JoseError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise ProviderError(f"{type(error).__name__}: {error}"[:300]) from error


def _session() -> aiohttp.ClientSession:
    return aiohttp.ClientSession(
        timeout=aiohttp.ClientTimeout(total=_SECONDS), cookie_jar=aiohttp.DummyCookieJar(), trust_env=True
    )


def _client(session: aiohttp.ClientSession, provider: Provider, back: str) -> Any:
    """Authlib's, whose answers have to be waited for."""
    from authlib.oauth2.client import OAuth2Client

    class Client(OAuth2Client):  # type: ignore[misc, unused-ignore]
        async def _fetch_token(self, url: str, body: Any, auth: Any, method: str, headers: Any, **_: Any) -> Any:
            url, headers, body = auth.prepare(method, url, dict(headers), body)
            return self.parse_response_token(await _asked(session, method, url, headers, body))

    return Client(
        session, provider.client, provider.secret, token_endpoint_auth_method="client_secret_post",
        scope="read:user user:email" if provider.api else "openid email", redirect_uri=back,
        code_challenge_method="S256",
    )  # fmt: skip


async def _asked(
    session: aiohttp.ClientSession, method: str, url: str, headers: Mapping[str, str], body: str | None = None
) -> Answer:
    """What an address answers: no redirects, no cookies, not more than is sensible."""
    headers = {"User-Agent": "osm2cdr", "Accept": "application/json", **headers}
    try:
        async with session.request(method, url, headers=headers, data=body, allow_redirects=False) as answer:
            data = await answer.content.read(_MOST_BYTES)
            while not answer.content.at_eof() and len(data) < _MOST_BYTES:
                data += await answer.content.read(_MOST_BYTES)
            return Answer(answer.status, data[:_MOST_BYTES].decode("utf-8", "replace"))
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise ProviderError(f"{type(error).__name__}: {error}"[:300]) from error


async def _fetched(
    session: aiohttp.ClientSession, url: str, kept: float | None = None, headers: Mapping[str, str] | None = None
) -> Any:
    """The JSON at an address, at most `kept` seconds old; without that it is not kept."""
    now = time.monotonic()
    if kept and url in _KNOWN and now - _KNOWN[url][0] < kept:
        return _KNOWN[url][1]
    answer = await _asked(session, "GET", url, headers or {})
    answer.raise_for_status()
    if answer.status_code != 200:
        raise ProviderError(f"it answered {answer.status_code}")
    try:
        found = answer.json()
    except ValueError as error:
        raise ProviderError("it answered no JSON") from error
    if kept is not None:
        _KNOWN[url] = now, found
    return found


async def _addresses(session: aiohttp.ClientSession, provider: Provider) -> Mapping[str, str]:
    """Of GitHub as it documents them; of others as they say themselves (OpenID Connect Discovery 1.0, 4)."""
    if provider.api:
        at = f"{provider.url}/login/oauth"
        return {"authorization_endpoint": f"{at}/authorize", "token_endpoint": f"{at}/access_token"}
    found = await _fetched(session, f"{provider.url}/.well-known/openid-configuration", _KEPT_SECONDS)
    if not isinstance(found, dict) or str(found.get("issuer", "")).rstrip("/") != provider.url:
        raise ProviderError("it names another issuer")
    wanted = {name: str(found.get(name, "")) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")}
    for address in wanted.values():
        if not (address.startswith("https://") or (is_home(provider.url) and is_home(address))):
            raise ProviderError("it names an address without TLS")
    return {**wanted, "issuer": str(found["issuer"])}


async def _of_id_token(
    session: aiohttp.ClientSession, provider: Provider, token: Mapping[str, Any], nonce: str
) -> Claim:  # fmt: skip
    """What the signed token says (OpenID Connect Core 1.0, 3.1.3.7)."""
    from authlib.oidc.core import CodeIDToken
    from joserfc import jwt
    from joserfc.errors import InvalidKeyIdError
    from joserfc.jwk import KeySet

    addresses = await _addresses(session, provider)

    async def decoded(kept: float) -> Any:
        keys = KeySet.import_key_set(await _fetched(session, addresses["jwks_uri"], kept))
        return jwt.decode(str(token["id_token"]), keys, algorithms=_ALGORITHMS)

    try:
        found = await decoded(_KEPT_SECONDS)
    except InvalidKeyIdError:
        found = await decoded(0.0)
    wanted = {
        "iss": {"essential": True, "value": addresses["issuer"]}, "aud": {"essential": True, "value": provider.client},
        "sub": {"essential": True},
    }  # fmt: skip
    params = {"nonce": nonce, "client_id": provider.client, "access_token": token.get("access_token")}
    claims = CodeIDToken(found.claims, found.header, wanted, params)
    claims.validate(leeway=_LEEWAY)
    # Some say it as a word.
    verified = claims.get("email_verified") in (True, "true")
    return Claim(provider.id, str(claims["sub"]), str(claims.get("email") or "") if verified else "")


async def _of_github(session: aiohttp.ClientSession, provider: Provider, token: str) -> Claim:
    """What its API says of who gave the token: the number that stays, and the first address, where it is verified."""
    bearer = {"Authorization": f"Bearer {token}"}
    person = await _fetched(session, f"{provider.api}/user", headers=bearer)
    number = person["id"]
    if not isinstance(number, int):
        raise ProviderError("it names nobody")
    emails = await _fetched(session, f"{provider.api}/user/emails", headers=bearer)
    verified = [str(one["email"]) for one in emails if one.get("primary") is True and one.get("verified") is True]
    return Claim(provider.id, str(number), verified[0] if verified else "")
