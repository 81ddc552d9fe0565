"""The server's settings, from the environment; each has a default, so that nothing must be set."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import ipaddress
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Mapping, Union
from urllib.parse import urlsplit

from ..processing_provider.errors import SourceError
from ..processing_provider.osm.store.folder import OFF, VARIABLE, is_off, named
from .domain.tiers import TIERS
from .provider_settings import Provider, providers_of

CHECKOUT = Path(__file__).resolve().parent.parent
# Calls that wait in the kernel until a web process takes them.
BACKLOG = 512
ENGINES = ("fork", "qgis_process")
# How mail servers are talked to: upgraded, from the beginning, or never.
MAIL_SECRET = "OSM2CDR_SMTP_PASSWORD"
SMTP_TLS = ("starttls", "tls", "off")
# The folder of stores below the data folder.
STORES = "stores"
Network = Union[ipaddress.IPv4Network, ipaddress.IPv6Network]


class SettingsError(Exception):
    """A setting that cannot be used, as one sentence that names it."""


@dataclass(frozen=True)
class Settings:
    """What a server runs with. Sizes in MB, times in seconds.

    `sources` are tried in order; `base_url` is the address that links carry, empty for the one that was called;
    `proxies` are the networks whose X-Forwarded headers are believed; a connection may be silent, or be at the headers
    or the body of a call, for `idle_seconds`, and each web process has at most `connections` of them
    and answers `bad_keys` keys that are none from one address in a minute. `guests` is the tier of those without an
    account, empty where they may not; mail goes out by the server of `smtp_host`, by nobody where that is empty;
    `providers` are the other services by which people sign in.
    """

    data: Path
    sources: tuple[str, ...] = ("sample",)
    engine: str = "fork"
    host: str = "127.0.0.1"
    port: int = 8000
    base_url: str = ""
    proxies: tuple[Network, ...] = ()
    web_processes: int = 1
    workers: int = 2
    memory_mb: int = 4096
    job_memory_mb: int = 3072
    job_seconds: int = 1800
    job_file_mb: int = 4096
    min_free_mb: int = 1024
    drain_seconds: int = 120
    max_queued: int = 20_000
    cache: bool = True
    idle_seconds: int = 75
    connections: int = 4096
    bad_keys: int = 60
    log_level: str = "info"
    store: str = ""
    guests: str = ""
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_tls: str = "starttls"
    smtp_user: str = ""
    smtp_password: str = ""
    smtp_from: str = ""
    providers: tuple[Provider, ...] = ()

    @property
    def work(self) -> Path:
        """A folder for each attempt at a job."""
        return self.data / "work"

    @property
    def surveys(self) -> Path:
        """Where the extracts are dense, one file each."""
        return self.data / "surveys"

    @property
    def places(self) -> Path:
        """The places of each source by name."""
        return self.data / "places"

    @property
    def probe(self) -> Path:
        """What the engine found out about formats, as JSON."""
        return self.data / "probe.json"

    @property
    def stores(self) -> Path:
        """The folder of the sources' stores, which jobs may read."""
        return Path(self.store) if self.store else self.data / STORES

    @property
    def has_stores(self) -> bool:
        """Whether stores are built and used."""
        return self.store != OFF

    @property
    def found(self) -> Path:
        """What was found when the sources were opened, as JSON."""
        return self.data / "sources.json"


def from_environment(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings that OSM2CDR_* name; raises SettingsError."""
    env = os.environ if environment is None else environment
    whole = _Reader(env)
    engine = env.get("OSM2CDR_ENGINE") or "fork"
    if engine not in ENGINES:
        raise SettingsError(f"OSM2CDR_ENGINE is {engine!r}; there are {' and '.join(ENGINES)}.")
    base = (env.get("OSM2CDR_BASE_URL") or "").rstrip("/")
    if base and (urlsplit(base).scheme not in ("http", "https") or not urlsplit(base).netloc):
        raise SettingsError(f"OSM2CDR_BASE_URL is {base!r}; give it as https://maps.example.org.")
    memory = _machine_mb()
    job_memory = whole("OSM2CDR_JOB_MEMORY_MB", max(512, min(memory // 2, 8192)), 256)
    return Settings(
        data=Path(env.get("OSM2CDR_DATA") or CHECKOUT / "build" / "server").absolute(),
        sources=tuple(_source(word) for word in _listed(env.get("OSM2CDR_SOURCE") or "sample")),
        engine=engine,
        host=env.get("OSM2CDR_HOST") or "127.0.0.1",
        port=whole("OSM2CDR_PORT", 8000, 0, 65535),
        base_url=base,
        proxies=tuple(_network(word) for word in _listed(env.get("OSM2CDR_TRUSTED_PROXIES") or "")),
        web_processes=whole("OSM2CDR_WEB_PROCESSES", 1, 1, 64),
        workers=whole("OSM2CDR_WORKERS", max(1, os.cpu_count() or 1), 1, 256),
        memory_mb=whole("OSM2CDR_MEMORY_MB", max(512, memory * 3 // 4), 256),
        job_memory_mb=job_memory,
        job_seconds=whole("OSM2CDR_JOB_SECONDS", 1800, 1),
        job_file_mb=whole("OSM2CDR_JOB_FILE_MB", 4096, 1),
        min_free_mb=whole("OSM2CDR_MIN_FREE_MB", 1024, 0),
        drain_seconds=whole("OSM2CDR_DRAIN_SECONDS", 120, 0),
        max_queued=whole("OSM2CDR_MAX_QUEUED", 20_000, 1),
        cache=(env.get("OSM2CDR_CACHE") or "on").lower() not in ("0", "off", "no", "false"),
        idle_seconds=whole("OSM2CDR_IDLE_SECONDS", 75, 1, 3600),
        connections=whole("OSM2CDR_CONNECTIONS", 4096, 8, 10**6),
        bad_keys=whole("OSM2CDR_BAD_KEYS", 60, 1),
        store=_store(env.get(VARIABLE) or ""),
        log_level=(env.get("OSM2CDR_LOG") or "info").lower(),
        guests=_guests(env.get("OSM2CDR_GUESTS") or ""),
        providers=_providers(env),
        **_mail(env, whole),
    )


def _store(word: str) -> str:
    """`off`, the full path of a folder, or nothing."""
    try:
        return OFF if is_off(word) else str(named(word) or "")
    except SourceError as error:
        raise SettingsError(str(error)) from error


def _guests(word: str) -> str:
    """The name of a tier, or nothing."""
    if word.lower() in ("", "off", "no", "0"):
        return ""
    if word.lower() not in TIERS:
        raise SettingsError(f"OSM2CDR_GUESTS is {word!r}; it is a tier ({', '.join(TIERS)}), or off.")
    return word.lower()


def _mail(env: Mapping[str, str], whole: _Reader) -> dict[str, Any]:
    """What concerns mail."""
    host, tls = env.get("OSM2CDR_SMTP_HOST") or "", (env.get("OSM2CDR_SMTP_TLS") or SMTP_TLS[0]).lower()
    if tls not in SMTP_TLS:
        raise SettingsError(f"OSM2CDR_SMTP_TLS is {tls!r}; there are {', '.join(SMTP_TLS)}.")
    sender = env.get("OSM2CDR_SMTP_FROM") or ""
    if host and "@" not in sender:
        raise SettingsError("OSM2CDR_SMTP_FROM is missing: the address that mail comes from, as maps@example.org.")
    if host and not env.get("OSM2CDR_BASE_URL"):
        # Else a link in a mail would lead wherever the header Host of a stranger's call says.
        raise SettingsError("OSM2CDR_SMTP_HOST needs OSM2CDR_BASE_URL, the address that links in mails lead to.")
    return {
        "smtp_host": host, "smtp_tls": tls, "smtp_port": whole("OSM2CDR_SMTP_PORT", 587, 1, 65535),
        "smtp_user": env.get("OSM2CDR_SMTP_USER") or "", "smtp_password": env.get(MAIL_SECRET) or "",
        "smtp_from": sender,
    }  # fmt: skip


def _providers(env: Mapping[str, str]) -> tuple[Provider, ...]:
    try:
        return providers_of(env)
    except ValueError as error:
        raise SettingsError(str(error)) from error


class _Reader:
    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment

    def __call__(self, name: str, default: int, low: int, high: int = 10**9) -> int:
        text = self._environment.get(name) or ""
        if not text:
            return default
        if not re.fullmatch(r"\d{1,10}", text) or not low <= int(text) <= high:
            raise SettingsError(f"{name} is {text!r}; it must be a whole number from {low} to {high}.")
        return int(text)


def _listed(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def _source(word: str) -> str:
    if word in ("sample", "overpass") or word.lower().startswith(("http://", "https://")):
        return word
    # Whether it is there is looked at when it is opened, at the start and afterwards.
    return str(Path(word).expanduser().absolute())


def _network(word: str) -> Network:
    try:
        return ipaddress.ip_network(word, strict=False)
    except ValueError as error:
        raise SettingsError(
            f"OSM2CDR_TRUSTED_PROXIES names {word!r}, which is no address or network; give 127.0.0.1 or 10.0.0.0/8."
        ) from error


def _machine_mb() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
