"""Other services by which people sign in, as the environment names them; without it there are none."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Mapping
from urllib.parse import urlsplit

# What only the web processes are given.
PROVIDER_SECRETS = ("OSM2CDR_GOOGLE_SECRET", "OSM2CDR_GITHUB_SECRET")
_HOME = re.compile(r"localhost|127\.\d+\.\d+\.\d+|::1")


@dataclass(frozen=True)
class Provider:
    """One of them: `client` and `secret` are what it knows this server by; `url` is its address, of OpenID Connect the
    issuer; `api` is where GitHub tells of people."""

    id: str
    name: str
    client: str
    secret: str
    url: str
    api: str = ""

    @property
    def variable(self) -> str:
        """Where its secret stands in the environment."""
        return f"OSM2CDR_{self.id.upper()}_SECRET"


def providers_of(env: Mapping[str, str]) -> tuple[Provider, ...]:
    """Those whose client and secret are set; ValueError, a sentence that names the variable, where one cannot be."""
    found = (
        Provider("google", "Google", *_client(env, "GOOGLE"),
                 _address(env, "OSM2CDR_GOOGLE_ISSUER", "https://accounts.google.com")),
        Provider("github", "GitHub", *_client(env, "GITHUB"),
                 _address(env, "OSM2CDR_GITHUB_URL", "https://github.com"),
                 _address(env, "OSM2CDR_GITHUB_API", "https://api.github.com")),
    )  # fmt: skip
    there = tuple(one for one in found if one.client)
    if there and not env.get("OSM2CDR_BASE_URL"):
        raise ValueError(
            f"OSM2CDR_{there[0].id.upper()}_ID needs OSM2CDR_BASE_URL, the address that {there[0].name} leads people "
            "back to."
        )
    return there


def _client(env: Mapping[str, str], name: str) -> tuple[str, str]:
    client, secret = (env.get(f"OSM2CDR_{name}_{word}") or "" for word in ("ID", "SECRET"))
    if bool(client) != bool(secret):
        missing = "SECRET" if client else "ID"
        raise ValueError(
            f"OSM2CDR_{name}_{missing} is missing: give both what {name.title()} calls client ID and secret."
        )
    return client, secret


def _address(env: Mapping[str, str], name: str, default: str) -> str:
    """By TLS, but on this machine."""
    text = (env.get(name) or default).rstrip("/")
    parts = urlsplit(text)
    if not parts.netloc or not (parts.scheme == "https" or (parts.scheme == "http" and is_home(text))):
        raise ValueError(f"{name} is {text!r}; it must begin with https://.")
    return text


def is_home(address: str) -> bool:
    """Whether an address is of this machine."""
    return bool(_HOME.fullmatch(urlsplit(address).hostname or ""))
