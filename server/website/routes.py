"""The table of the website's addresses, and how it joins the application."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from aiohttp import web

from . import (
    acts,
    assets,
    basemap,
    calls,
    dashboard,
    export,
    house_jobs,
    looks,
    lost,
    oauth,
    operator,
    places,
    public,
    reference,
    signing,
    visitors,
)  # fmt: skip
from .dashboard import signed_in
from .operator import for_operators
from .rendering import page

ROUTES = (
    ("GET", "/export", page(export.export_page)),
    ("GET", "/formats", page(public.formats_page)),
    ("GET", "/styles", page(public.styles_page)),
    ("GET", "/status", page(public.status_page)),
    ("GET", "/terms", page(public.terms_page)),
    ("GET", "/reference", page(reference.reference_page)),
    ("GET", "/samples/{name}", public.sample),
    ("GET", "/account", signed_in(dashboard.overview)),
    ("GET", "/account/api", signed_in(dashboard.keys_page)),
    ("GET", "/account/tasks", signed_in(dashboard.task_list)),
    ("GET", "/account/settings", signed_in(dashboard.settings_page)),
    ("POST", "/account/api/create", signed_in(acts.create_key)),
    ("POST", "/account/api/revoke", signed_in(acts.revoke_key)),
    ("POST", "/account/api/rotate", signed_in(acts.rotate_key)),
    ("POST", "/account/tasks/end", signed_in(acts.end_task)),
    ("POST", "/account/settings/password", signed_in(acts.change_password)),
    ("POST", "/account/settings/unlink", signed_in(acts.unlink)),
    ("POST", "/account/settings/everywhere", signed_in(acts.sign_out_everywhere)),
    ("POST", "/account/settings/data", signed_in(acts.export_data)),
    ("POST", "/account/settings/delete", signed_in(acts.delete_account)),
    ("GET", "/account/sign-in", page(signing.sign_in_page)),
    ("POST", "/account/sign-in", page(signing.sign_in)),
    ("GET", "/account/with/{provider}", page(oauth.leave)),
    ("GET", "/account/with/{provider}/back", page(oauth.come_back)),
    ("POST", "/account/sign-out", page(signing.sign_out)),
    ("GET", "/account/register", page(signing.register_page)),
    ("POST", "/account/register", page(signing.register)),
    ("GET", "/account/confirm", page(signing.letter_page)),
    ("POST", "/account/confirm", page(signing.confirm)),
    ("GET", "/account/forgot", page(signing.forgot_page)),
    ("POST", "/account/forgot", page(signing.forgot)),
    ("GET", "/account/password", page(signing.letter_page)),
    ("POST", "/account/password", page(signing.set_password)),
    ("GET", "/operator", for_operators(operator.overview)),
    ("GET", "/operator/accounts", for_operators(operator.accounts)),
    ("POST", "/operator/accounts/{act}", for_operators(operator.act)),
    ("POST", "/site/render", calls.submit),
    ("POST", "/site/estimate", calls.guess),
    ("POST", "/site/sheet", calls.sheet),
    ("GET", "/site/tasks/{id}", calls.look),
    ("DELETE", "/site/tasks/{id}", calls.end),
    ("GET", "/site/tasks/{id}/events", calls.events),
    ("GET", "/site/places", places.search),
    ("GET", "/site/map/{style}", basemap.state_of),
    ("GET", "/site/looks", looks.looks),
    ("GET", "/site/looks/{picture}", looks.picture),
    ("GET", "/site/maps/{map}/{name:.+}", basemap.member),
    ("GET", "/static/{stamp}/{name}", assets.asset),
)  # fmt: skip


def add_website(app: web.Application) -> None:
    """Beside the API, in the same application and over the same store."""
    for method, path, handler in ROUTES:
        app.router.add_route(method, path, handler)
    app.middlewares.append(lost.lost)
    for room in (visitors, calls, basemap, house_jobs, places):
        room.prepare(app)
