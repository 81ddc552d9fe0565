"""What docs/server.md says is so: its tables against the code, and the addresses of links against the settings."""

import configparser
import dataclasses
import re
from types import SimpleNamespace

import pytest
from aiohttp.test_utils import make_mocked_request

from areas import ROOT
from osm2cdr.processing_provider.formats.catalogue import FORMATS
from osm2cdr.processing_provider.osm.store.folder import VARIABLE
from osm2cdr.server.api.links import base_url
from osm2cdr.server.domain.tiers import TIERS
from osm2cdr.server.settings import Settings, SettingsError, from_environment

PAGE = (ROOT / "docs" / "server.md").read_text(encoding="utf-8")
SERVER = ROOT / "server"


def table(heading):
    """The rows of the first table below a heading, as lists of cells."""
    lines = PAGE[PAGE.index(f"\n## {heading}\n") :].splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("|"))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


def test_every_setting_is_told_with_its_default():
    told = {name: row[1] for row in table("Settings") for name in re.findall(r"`(\w+)`", row[0])}
    source = (SERVER / "settings.py").read_text(encoding="utf-8")
    # That of stores is read where jobs read it; those of who else signs people in are in a file of their own.
    known = {*re.findall(r"OSM2CDR_[A-Z_]+\b", source), VARIABLE}
    others = (SERVER / "provider_settings.py").read_text(encoding="utf-8")
    clients = [f"OSM2CDR_{name}_{word}" for name in re.findall(r'_client\(env, "(\w+)"', others)
               for word in ("ID", "SECRET")]  # fmt: skip
    known |= {*re.findall(r'"(OSM2CDR_\w+)", "https', others), *clients}
    assert len(clients) == 4
    assert set(told) == known
    fields = {field.name: field.default for field in dataclasses.fields(Settings)}
    renamed = {"data": "data", "sources": "SOURCE", "proxies": "TRUSTED_PROXIES", "log_level": "LOG"}
    settings = from_environment({})
    # Providers are of several variables, which their own file names.
    for name in fields.keys() - {"providers"}:
        variable = f"OSM2CDR_{renamed.get(name, name).upper()}"
        value, text = getattr(settings, name), told[variable]
        if name in ("workers", "memory_mb", "job_memory_mb"):
            assert not text.isdigit(), f"{variable} depends on the machine"
        elif name == "data":
            assert str(value).endswith(text)
        elif name == "store":
            assert str(settings.stores) == text.replace("OSM2CDR_DATA", str(settings.data))
        elif name == "cache":
            assert text == ("on" if value else "off")
        elif isinstance(value, tuple):
            assert text == ",".join(map(str, value)), variable
        else:
            assert text == str(value), variable


def test_every_setting_is_refused_with_its_name():
    for name, bad in [("ENGINE", "steam"), ("BASE_URL", "maps"), ("TRUSTED_PROXIES", "nginx"), ("PORT", "70000"),
                      ("WORKERS", "0"), ("JOB_SECONDS", "-1")]:  # fmt: skip
        with pytest.raises(SettingsError, match=f"OSM2CDR_{name} "):
            from_environment({f"OSM2CDR_{name}": bad})


def test_the_tiers_are_as_told():
    rows = table("Tiers")
    assert [row[0] for row in rows] == [tier.name for tier in TIERS.values()]
    for row, tier in zip(rows, TIERS.values()):
        formats = sum(tier.may_write(name) for name in FORMATS)
        rates = [int(rate.split("/")[0]) for rate in (tier.submits, tier.polls)]
        # One more than told is no broken promise.
        assert int(row[3]) <= formats
        wanted = [tier.per_day, tier.max_km2, int(row[3]), tier.keep_days, *rates, tier.max_waiting]
        assert row[1:-1] == ["no limit" if number is None else f"{number:,}" for number in wanted]
        assert row[-1] == f"{tier.bonus_seconds // 60} min"
        assert {tier.submits.split("/")[1], tier.polls.split("/")[1]} == {"minute"}


def test_every_error_code_is_told():
    told = {(row[0], code) for row in table("Errors") for code in re.findall(r"`(\w+)`", row[1])}
    used = set()
    for path in (SERVER / "api").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        used |= set(re.findall(r'ApiError\(\s*(\d+),\s*"(\w+)"', text))
        used |= {("503", code) for code in re.findall(r'unavailable\(\s*"(\w+)"', text)}
    assert len(used) > 20
    assert used <= told, used - told
    request = "".join(
        (ROOT / "processing_provider" / name).read_text(encoding="utf-8")
        for name in ("request/checks.py", "geo/area.py")
    )
    codes = set(re.findall(r'RequestError\(\s*"(\w+)"', request))
    assert {("400", code) for code in codes} <= told, codes


def test_the_unit_is_read_by_systemd():
    text = re.search(r"```ini\n(.*?)```", PAGE, re.DOTALL)[1]
    unit = configparser.ConfigParser(strict=False)
    unit.optionxform = str
    unit.read_string(text)
    assert unit["Service"]["ExecStart"].endswith("bin/osm2cdr serve")
    variables = re.findall(r"^Environment=(OSM2CDR_\w+)=", text, re.MULTILINE)
    assert set(variables) <= {row[0].strip("`") for row in table("Settings")}
    assert int(unit["Service"]["TimeoutStopSec"]) > from_environment({}).drain_seconds + 12


CALLED = {"Host": "inner:8000", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "maps.example.org"}


@pytest.mark.parametrize(
    ("trusted", "peer", "base", "wanted"),
    [
        ("", "127.0.0.1", "", "http://inner:8000"),
        ("127.0.0.1", "127.0.0.1", "", "https://maps.example.org"),
        ("127.0.0.1", "::ffff:127.0.0.1", "", "https://maps.example.org"),
        ("10.0.0.0/8,::1", "::1", "", "https://maps.example.org"),
        ("10.0.0.0/8", "127.0.0.1", "", "http://inner:8000"),
        ("10.0.0.0/8", "", "", "http://inner:8000"),
        ("127.0.0.1", "127.0.0.1", "https://cdn.example.org/maps/", "https://cdn.example.org/maps"),
    ],
)
def test_only_a_trusted_proxy_says_how_the_server_was_called(trusted, peer, base, wanted):
    settings = from_environment({"OSM2CDR_TRUSTED_PROXIES": trusted, "OSM2CDR_BASE_URL": base})
    request = make_mocked_request("GET", "/api/status/1", headers=CALLED).clone(remote=peer)
    assert base_url(request, SimpleNamespace(settings=settings)) == wanted
