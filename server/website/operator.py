"""What who runs the server sees: how it is, why tasks failed, and the accounts; and what they do with these.

The numbers are those of /metrics. To anybody else there is nothing here.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from ..api.counts import COUNTS
from ..api.errors import ApiError
from ..api.numbers import Stored, present, stored
from ..api.state import STATE
from ..domain.accounts import AccountUse
from ..domain.jobs import Job
from ..domain.people import OPERATOR, Person
from ..domain.tiers import TIERS
from ..store.interfaces import StoreConnection
from .faults import in_words
from .rendering import Handler, go, page, render
from .texts import language_of
from .visitors import VISITOR, form

_FAILURES, _PAGE = 200, 50
# What an operator does with an account, and what it is remembered as.
_ACTS = {"tier": "tier", "close": "disabled", "open": "enabled"}


def for_operators(handler: Handler) -> Handler:
    """404 for whoever is none: nobody learns that there are such pages."""

    async def call(request: web.Request) -> web.StreamResponse:
        person = request[VISITOR].person
        if person is None or not person.is_operator:
            raise ApiError(404, "not_found", "There is nothing at this address.")
        return await handler(request)

    call.__name__ = handler.__name__
    return page(call)


@dataclass
class Reason:
    """Why tasks failed lately: how often, the last sentence, when, in which formats, and the last of them."""

    code: str
    count: int = 0
    text: str = ""
    at: float = 0.0
    task: str = ""
    formats: Counter[str] = field(default_factory=Counter)


def reasons(failed: list[Job]) -> list[Reason]:
    """Of tasks, the newest first; the most frequent reason first."""
    found: dict[str, Reason] = {}
    for job in failed:
        reason = found.setdefault(job.error_code or "", Reason(job.error_code or ""))
        reason.count += 1
        reason.formats.update(job.formats)
        if reason.count == 1:
            reason.text, reason.at, reason.task = job.error or "", job.finished or job.created, job.id
    return sorted(found.values(), key=lambda reason: -reason.count)


def _ended(numbers: Stored) -> list[tuple[str, int]]:
    """How many tasks ended in which way, of all that there ever were, the most first."""
    ends: Counter[str] = Counter()
    for (name, labels), count in numbers.totals.items():
        if name == "osm2cdr_tasks_ended":
            ends[str(json.loads(labels)["end"])] += int(count)
    return ends.most_common()


def _seen(rows: StoreConnection, now: float) -> dict[str, Any]:
    """All that the first page shows of the database."""
    waiting, running, pace = rows.views.pace(now)
    numbers = stored(rows, now)
    jobs = [*rows.views.listed(None, "running", 20), *rows.views.listed(None, "queued", 10)]
    return {
        "numbers": numbers, "ended": _ended(numbers), "waiting": waiting, "running": running, "pace": pace,
        "jobs": [(job, rows.views.owner(job)) for job in jobs],
        "failures": reasons(rows.views.listed(None, "failed", _FAILURES)), "tiers": rows.accounts.tiers(),
    }  # fmt: skip


async def overview(request: web.Request) -> web.StreamResponse:
    """Queue, workers, memory, disk, sources and failures."""
    state, now = request.app[STATE], time.time()
    await request.app[COUNTS].flush()
    seen = await state.ask(lambda rows: _seen(rows, now))
    there = await asyncio.to_thread(present, state)
    out = [(source.title, source.why_out()) for source in state.sources]
    return render(
        request, "operator.html", **seen, there=there, sources=out, settings=state.settings, now=now,
        supervisor=state.supervisor(), all_tiers=TIERS,
        words=lambda code, text: in_words(language_of(request), code, text),
    )  # fmt: skip


async def accounts(request: web.Request) -> web.StreamResponse:
    """A page of them, those whose address has a word in it."""
    return await _show(request)


async def _show(request: web.Request, fault: str = "", status: int = 200) -> web.Response:
    state, now = request.app[STATE], time.time()
    word, before = request.query.get("word", "").strip()[:200], _number(request.query.get("before", ""))
    found = await state.ask(lambda rows: rows.accounts.page(now, _PAGE + 1, before, word))
    more = found[_PAGE - 1].account.id if len(found) > _PAGE else None
    return render(
        request, "operator_accounts.html", status, accounts=found[:_PAGE], word=word, more=more, all_tiers=TIERS,
        fault=fault, notice=request.query.get("notice", ""),
    )  # fmt: skip


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


async def act(request: web.Request) -> web.StreamResponse:
    """Another tier, or in or out; both sides remember it. Nobody locks themselves out."""
    state, fields, now = request.app[STATE], await form(request), time.time()
    person = request[VISITOR].person
    kind, account, tier = request.match_info["act"], _number(fields.get("account", "")), fields.get("tier", "")
    if person is None or kind not in _ACTS or account is None or (kind == "tier" and tier not in TIERS):
        raise ApiError(404, "not_found", "There is nothing at this address.")
    if account == person.account and kind == "close":
        return await _show(request, "yourself", 400)

    def change(rows: StoreConnection) -> AccountUse | None:
        found = next(iter(rows.accounts.page(now, 1, account + 1, "")), None)
        return _changed(rows, person, found, kind, tier, now) if found and found.account.id == account else None

    if await state.write(change) is None:
        raise ApiError(404, "no_account", "There is no such account.", "Open the page anew.")
    state.store.bell.ring()
    return go("/operator/accounts?notice=done")


def _changed(
    rows: StoreConnection, person: Person, found: AccountUse, kind: str, tier: str, now: float
) -> AccountUse:  # fmt: skip
    account = found.account
    if kind == "tier":
        rows.accounts.set_tier(account.id, tier)
    elif kind == "close":
        rows.accounts.disable(account.id, now)
    else:
        rows.accounts.enable(account.id)
    detail = tier if kind == "tier" else ""
    rows.people.note(account.id, _ACTS[kind], now, detail, OPERATOR)
    rows.people.note(person.account, f"operator_{_ACTS[kind]}", now, f"{account.email or account.id} {detail}".strip())
    return found
