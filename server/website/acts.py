"""What people do with their account: each is a form, is proven to be ours, and is remembered."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import asyncio
import json
import time
from dataclasses import asdict

from aiohttp import web

from ..api.errors import ApiError
from ..api.state import STATE
from ..api.status import TASK_ID
from ..domain.accounts import SCOPES, AccountError
from ..domain.passwords import fits, hashed, weakness
from ..domain.people import MOST_KEYS
from .dashboard import person_of, show_keys, show_settings
from .rendering import SAFE, go
from .signing import HASHING, limit, open_session
from .visitors import form, take_word, where

_CREATED = "30/hour"


async def create_key(request: web.Request) -> web.StreamResponse:
    """A new key, shown this once."""
    state, fields, person, now = request.app[STATE], await form(request), person_of(request), time.time()
    name, address = fields.get("name", "").strip(), where(request)
    scopes = [word for word in SCOPES if fields.get(word)]
    if not scopes:
        return await show_keys(request, fault="scopes", status=400)
    state.limit(_CREATED, "keys_created", person.account, "keys")
    details = await state.ask(lambda rows: rows.accounts.details(person.account, now))
    if details.use.keys >= MOST_KEYS:
        return await show_keys(request, fault="many", status=400)
    try:
        key = await state.write(lambda rows: rows.keys.create(now, email=person.email, name=name, scopes=scopes))
    except AccountError:
        return await show_keys(request, fault="name", status=400)
    await state.write(lambda rows: rows.people.note(person.account, "key_created", now, key[:10], address))
    return await show_keys(request, new=key)


async def _own_key(request: web.Request, word: str) -> tuple[int, str]:
    """The number and the beginning of a key of this account; 404 for anybody else's."""
    state, person, now = request.app[STATE], person_of(request), time.time()
    details = await state.ask(lambda rows: rows.accounts.details(person.account, now))
    for key in details.keys:
        if str(key.id) == word:
            return key.id, key.prefix
    raise ApiError(404, "no_key", "There is no such key.", "Open the page anew.")


async def revoke_key(request: web.Request) -> web.StreamResponse:
    """Refuse it from now on."""
    state, fields, person, now = request.app[STATE], await form(request), person_of(request), time.time()
    key, prefix = await _own_key(request, fields.get("key", ""))
    address = where(request)
    await state.write(lambda rows: rows.keys.revoke(key, now))
    await state.write(lambda rows: rows.people.note(person.account, "key_revoked", now, prefix, address))
    return go("/account/api")


async def rotate_key(request: web.Request) -> web.StreamResponse:
    """A new one in its place; the old one works for a day more."""
    state, fields, person, now = request.app[STATE], await form(request), person_of(request), time.time()
    key, prefix = await _own_key(request, fields.get("key", ""))
    state.limit(_CREATED, "keys_created", person.account, "keys")
    address = where(request)
    try:
        new = await state.write(lambda rows: rows.keys.rotate(key, now, 86400.0))
    except AccountError as error:
        raise ApiError(409, "revoked", "This key is revoked already.", "Create another one.") from error
    await state.write(lambda rows: rows.people.note(person.account, "key_rotated", now, prefix, address))
    return await show_keys(request, new=new)


async def end_task(request: web.Request) -> web.StreamResponse:
    """Cancel a task, or delete its files."""
    state, fields, person = request.app[STATE], await form(request), person_of(request)
    task = fields.get("task", "")
    if TASK_ID.fullmatch(task):
        keep = person.tier.keep_days * 86400
        await state.write(lambda rows: rows.jobs.cancel(task, person.account, time.time(), keep))
        state.store.bell.ring()
    return go("/account/tasks")


async def sign_out_everywhere(request: web.Request) -> web.StreamResponse:
    """End all sessions, this one too."""
    await form(request)
    state, person, now, address = request.app[STATE], person_of(request), time.time(), where(request)
    await state.write(lambda rows: rows.people.close_sessions(person.account))
    await state.write(lambda rows: rows.people.note(person.account, "signed_out_everywhere", now, "", address))
    response = go("/account/sign-in?notice=everywhere")
    take_word(request, response)
    return response


async def _is_owner(request: web.Request, password: str) -> bool:
    """Whether it is the password of who is signed in, tried as seldom as when signing in; of an account without one,
    whether they have signed in just now."""
    state, person = request.app[STATE], person_of(request)
    if not person.has_password:
        return person.is_fresh(time.time())
    limit(state, request, person.email)
    known = await state.ask(lambda rows: rows.people.credentials(person.email))
    async with HASHING:
        return await asyncio.to_thread(fits, known.password if known else "", password[:1000])


def _not_owner(request: web.Request) -> str:
    """What went wrong then."""
    return "wrong" if person_of(request).has_password else "stale"


async def unlink(request: web.Request) -> web.StreamResponse:
    """Let another service sign in no more, where another way is left."""
    state, fields, person, now = request.app[STATE], await form(request), person_of(request), time.time()
    word, address = fields.get("provider", ""), where(request)
    known = {one.provider for one in await state.ask(lambda rows: rows.identities.listed(person.account))}
    if word not in known:
        return go("/account/settings")
    if not await state.write(lambda rows: rows.identities.unlink(person.account, word)):
        return await show_settings(request, "last", 400)
    names = {one.id: one.name for one in state.settings.providers}
    await state.write(lambda rows: rows.people.note(person.account, "unlinked", now, names.get(word, word), address))
    return go("/account/settings?notice=unlinked")


async def change_password(request: web.Request) -> web.StreamResponse:
    """Another password; all other sessions end."""
    state, fields, person, now = request.app[STATE], await form(request), person_of(request), time.time()
    password = fields.get("new", "")
    fault = weakness(password, person.email)
    if not fault and not await _is_owner(request, fields.get("password", "")):
        fault = _not_owner(request)
    if fault:
        return await show_settings(request, fault, 400)
    async with HASHING:
        kept = await asyncio.to_thread(hashed, password)
    await state.write(lambda rows: rows.people.set_password(person.account, kept, now))
    response = go("/account/settings?notice=password")
    await open_session(request, response, person.account, "password")
    return response


async def export_data(request: web.Request) -> web.StreamResponse:
    """All that is kept of an account, as JSON."""
    await form(request)
    state, person, now = request.app[STATE], person_of(request), time.time()
    details = await state.ask(lambda rows: rows.accounts.details(person.account, now))
    deeds = await state.ask(lambda rows: rows.people.deeds(person.account, 10_000))
    jobs = await state.ask(lambda rows: rows.views.listed(person.account, None, 10_000))
    ways = await state.ask(lambda rows: rows.identities.listed(person.account))
    data = {
        "account": asdict(details.use.account), "used_today": details.use.used_today, "days": details.days,
        "keys": [asdict(key) for key in details.keys], "deeds": [asdict(deed) for deed in deeds],
        "ways": [asdict(way) for way in ways], "opened": person.opened,
        "tasks": [
            {"id": job.id, "state": job.state, "created": job.created, "finished": job.finished, "km2": job.km2,
             "request": job.spec.get("parameters", {}).get("REQUEST"), "formats": job.formats}
            for job in jobs
        ],
    }  # fmt: skip
    address = where(request)
    await state.write(lambda rows: rows.people.note(person.account, "data", now, "", address))
    text = await asyncio.to_thread(json.dumps, data, ensure_ascii=False, indent=1)
    return web.Response(
        text=text, content_type="application/json",
        headers={**SAFE, "Cache-Control": "no-store", "Content-Disposition": 'attachment; filename="osm2cdr.json"'},
    )  # fmt: skip


async def delete_account(request: web.Request) -> web.StreamResponse:
    """Forget it; by its password, so that an open screen is not enough."""
    state, fields, person, now = request.app[STATE], await form(request), person_of(request), time.time()
    if not await _is_owner(request, fields.get("password", "")):
        return await show_settings(request, _not_owner(request), 400)
    await state.write(lambda rows: rows.people.forget(person.account, now))
    response = go("/account/sign-in?notice=deleted")
    take_word(request, response)
    return response
