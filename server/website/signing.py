"""Sign in and out, register, confirm an address, and choose another password.

Whoever asks learns nothing of accounts: the answer and the time it takes are the same whether there is one or not.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import asyncio
import re
import time

from aiohttp import web

from ..api.errors import ApiError
from ..api.links import base_url
from ..api.state import STATE, State
from ..domain.accounts import AccountError
from ..domain.api_keys import check_owner, keyed_hash
from ..domain.passwords import fits, hashed, is_old, weakness
from ..domain.people import Letter
from ..store.interfaces import StoreConnection
from . import mail
from .background import soon
from .rendering import go, render
from .texts import language_of
from .visitors import VISITOR, cookie_name, form, give_word, mark_of, new_word, take_word, where

# Attempts from one network and at one account, and letters to one address.
_FROM, _AT, _LETTERS = "60/5minute", "10/5minute", "5/hour"
_ATTEMPTS = "attempts"
# Where a visitor may be led after signing in: pages of ours.
_INSIDE = re.compile(r"/(export|account|operator)(/[a-z]+)*(\?[\w=&%.,+-]*)?", re.ASCII)
# Each hash takes 64 MiB: no more of them at once.
HASHING = asyncio.Semaphore(2)


def inside(address: str) -> str:
    """The address where it is a page of ours, else the first one."""
    return address if _INSIDE.fullmatch(address) else "/account"


async def sign_in_page(request: web.Request) -> web.StreamResponse:
    """The form."""
    if request[VISITOR].person is not None:
        return go(inside(request.query.get("next", "")))
    return _form(request, notice=request.query.get("notice", ""))


def _form(request: web.Request, fault: str = "", email: str = "", notice: str = "", status: int = 200) -> web.Response:
    after = inside(request.query.get("next", ""))
    return render(request, "sign_in.html", status, fault=fault, email=email, notice=notice, after=after)


async def sign_in(request: web.Request) -> web.StreamResponse:
    """Hold the password against what is kept."""
    state, fields, now = request.app[STATE], await form(request), time.time()
    email, password = fields.get("email", "").strip(), fields.get("password", "")
    try:
        limit(state, request, email)
    except ApiError as error:
        response = _form(request, "many", email, status=429)
        response.headers.update(error.headers)
        return response
    known = await state.ask(lambda rows: rows.people.credentials(email))
    async with HASHING:
        right = await asyncio.to_thread(fits, known.password if known else "", password[:1000])
    if known is None or not right or known.disabled:
        if known is not None:
            account = known.account
            address = where(request)
            # Not before the answer: its time would tell that there is such an account.
            soon(state.write(lambda rows: rows.people.note(account, "sign_in_failed", now, address=address)))
        return _form(request, "wrong", email, status=403)
    if is_old(known.password):
        async with HASHING:
            kept = await asyncio.to_thread(hashed, password)
        await state.write(lambda rows: rows.people.set_password(known.account, kept, now))
    state.forgive(_AT, "sign_in_at", _at(state, email))
    response = go(inside(fields.get("next", "")))
    await open_session(request, response, known.account, "sign_in")
    return response


def limit(state: State, request: web.Request, email: str) -> None:
    """429 for whoever tries too often, from a network or at an account, whether that is there or not."""
    limit_network(state, request)
    state.limit(_AT, "sign_in_at", _at(state, email), _ATTEMPTS)


def limit_network(state: State, request: web.Request, kind: str = "sign_in_from") -> None:
    """The same of a network alone."""
    state.limit(_FROM, kind, where(request), _ATTEMPTS)


def _at(state: State, email: str) -> str:
    """An address as it is counted."""
    return keyed_hash(state.secret, "sign_in", email.lower()).hex()


async def open_session(
    request: web.Request, response: web.Response, account: int, kind: str, detail: str = ""
) -> None:  # fmt: skip
    """A new session under a new word: whoever planted the old one has nothing."""
    state, now, word = request.app[STATE], time.time(), new_word()
    old, fresh, address = mark_of(state, request[VISITOR].word), mark_of(state, word), where(request)

    def change(rows: StoreConnection) -> None:
        rows.people.close_session(old)
        rows.people.open_session(account, fresh, now)
        rows.people.note(account, kind, now, detail, address)

    await state.write(change)
    give_word(request, response, word)


async def sign_out(request: web.Request) -> web.StreamResponse:
    """End this session."""
    await form(request)
    state = request.app[STATE]
    mark = mark_of(state, request.cookies.get(cookie_name(request), ""))
    await state.write(lambda rows: rows.people.close_session(mark))
    response = go("/export")
    take_word(request, response)
    return response


def _by_mail(request: web.Request) -> State:
    """404 where the operator has no mail: then nobody registers, nor forgets a password, by it."""
    state = request.app[STATE]
    if not state.settings.smtp_host:
        raise ApiError(404, "not_found", "There is nothing at this address.")
    return state


async def register_page(request: web.Request) -> web.StreamResponse:
    """The form."""
    _by_mail(request)
    return render(request, "register.html", fault="", email="", sent=False)


async def register(request: web.Request) -> web.StreamResponse:
    """Send a letter; the account is made when it is answered."""
    state, fields = _by_mail(request), await form(request)
    email, password = fields.get("email", "").strip(), fields.get("password", "")
    fault = "email" if not _is_address(email) else weakness(password, email)
    if fault:
        return render(request, "register.html", 400, fault=fault, email=email, sent=False)
    async with HASHING:
        kept = await asyncio.to_thread(hashed, password)
    known = await state.ask(lambda rows: rows.people.credentials(email))
    if known is not None and known.password:
        # Whoever has the address learns of it, and nobody else.
        soon(_send(request, email, Letter("reset", email, ""), "known"))
    else:
        soon(_send(request, email, Letter("verify", email, kept), "verify"))
    return render(request, "register.html", fault="", email=email, sent=True)


def _is_address(email: str) -> bool:
    try:
        check_owner("", email, "")
    except AccountError:
        return False
    return email.isascii() and bool(email)


async def _send(request: web.Request, email: str, letter: Letter, kind: str) -> None:
    """Keep what the link stands for and send it, where not too many were; either way nobody is told."""
    state, word, now = request.app[STATE], new_word(), time.time()
    try:
        state.limit(_FROM, "letter_from", where(request), "letters")
        state.limit(_LETTERS, "letter_to", keyed_hash(state.secret, "letter", email.lower()).hex(), "letters")
    except ApiError:
        return
    mark = mark_of(state, word)
    await state.write(lambda rows: rows.people.write_letter(mark, letter, now))
    page = "confirm" if letter.purpose == "verify" else "password"
    link = f"{base_url(request, state)}/account/{page}?letter={word}"
    await mail.send(state.settings, mail.message(state.settings, email, kind, link, language_of(request)))


async def forgot_page(request: web.Request) -> web.StreamResponse:
    """The form."""
    _by_mail(request)
    return render(request, "forgot.html", sent=False)


async def forgot(request: web.Request) -> web.StreamResponse:
    """A letter, where there is such an account; the same answer where there is none."""
    state, fields = _by_mail(request), await form(request)
    email = fields.get("email", "").strip()
    known = await state.ask(lambda rows: rows.people.credentials(email))
    if known is not None and not known.disabled and _is_address(email):
        soon(_send(request, email, Letter("reset", email, ""), "reset"))
    return render(request, "forgot.html", sent=True)


async def letter_page(request: web.Request) -> web.StreamResponse:
    """Where a link of a letter leads: it is used up by the form there, not by whoever looks at links in mails."""
    state, now, word = _by_mail(request), time.time(), request.query.get("letter", "")
    purpose = "verify" if request.path.endswith("/confirm") else "reset"
    there = await state.ask(lambda rows: rows.people.look_at_letter(mark_of(state, word), purpose, now))
    return render(request, "letter.html", 200 if there else 410, purpose=purpose, word=word, there=there, fault="")


async def confirm(request: web.Request) -> web.StreamResponse:
    """The account is there from now on."""
    state, fields, now = _by_mail(request), await form(request), time.time()
    word = fields.get("letter", "")
    letter = await state.write(lambda rows: rows.people.open_letter(mark_of(state, word), "verify", now))
    if letter is None:
        return render(request, "letter.html", 410, purpose="verify", word="", there=False, fault="")
    try:
        account = await state.write(lambda rows: rows.people.sign_up(letter.email, letter.password, "", now))
    except AccountError:
        return go("/account/sign-in")
    await state.write(lambda rows: rows.people.note(account, "registered", now, address=where(request)))
    return go("/account/sign-in?notice=confirmed")


async def set_password(request: web.Request) -> web.StreamResponse:
    """Another password by a letter; all sessions end."""
    state, fields, now = _by_mail(request), await form(request), time.time()
    word, password = fields.get("letter", ""), fields.get("password", "")
    fault = weakness(password, "")
    if fault:
        return render(request, "letter.html", 400, purpose="reset", word=word, there=True, fault=fault)
    letter = await state.write(lambda rows: rows.people.open_letter(mark_of(state, word), "reset", now))
    known = await state.ask(lambda rows: rows.people.credentials(letter.email)) if letter else None
    if known is None:
        return render(request, "letter.html", 410, purpose="reset", word="", there=False, fault="")
    async with HASHING:
        kept = await asyncio.to_thread(hashed, password)
    await state.write(lambda rows: rows.people.set_password(known.account, kept, now))
    await state.write(lambda rows: rows.people.note(known.account, "password", now, address=where(request)))
    return go("/account/sign-in?notice=password")
