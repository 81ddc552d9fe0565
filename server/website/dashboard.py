"""What people see of their account: usage, keys, tasks, what was done with it."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import functools
import json
import time
from string import Template
from typing import Any

from aiohttp import web

from ...processing_provider.formats.catalogue import FORMATS
from ..api.auth import CALLER
from ..api.links import base_url
from ..api.state import STATE
from ..api.status import TASK_ID, described
from ..api.tasks import page_of
from ..domain.people import Person
from ..domain.quota_rules import next_day
from ..quickstart import PROGRAM
from .choice import link_of
from .faults import of_task
from .rendering import Handler, go, page, render
from .texts import language_of
from .visitors import VISITOR, caller_of

_PAGE = 20
_NO_KEY = "YOUR_KEY"


def signed_in(handler: Handler) -> Handler:
    """For those who have signed in; others are led there, and back."""

    @functools.wraps(handler)
    async def call(request: web.Request) -> web.StreamResponse:
        if request[VISITOR].person is None:
            back = f"?next={request.path}" if request.method == "GET" else ""
            return go(f"/account/sign-in{back}")
        return await handler(request)

    return page(call)


def person_of(request: web.Request) -> Person:
    """Who is signed in, where somebody is."""
    person = request[VISITOR].person
    assert person is not None
    return person


async def usage(request: web.Request) -> dict[str, Any]:
    """What is used of the tier today."""
    state, person, now = request.app[STATE], person_of(request), time.time()
    used = await state.ask(lambda rows: rows.accounts.used_today(person.account, now))
    formats = sum(person.tier.may_write(name) for name in FORMATS)
    written = sum(bool(row["available"]) and person.tier.may_write(row["id"]) for row in state.formats)
    return {"used": used, "formats": formats, "written": written, "reset": next_day(now), "tier": person.tier}


async def overview(request: web.Request) -> web.StreamResponse:
    """Usage and the last tasks."""
    tasks, _ = await _tasks(request, None, 5)
    return render(request, "account.html", usage=await usage(request), tasks=tasks)


async def task_list(request: web.Request) -> web.StreamResponse:
    """A page of tasks."""
    before = request.query.get("before", "")
    tasks, more = await _tasks(request, before if TASK_ID.fullmatch(before) else None, _PAGE)
    return render(request, "tasks.html", tasks=tasks, more=more)


async def _tasks(request: web.Request, before: str | None, limit: int) -> tuple[list[dict[str, Any]], str]:
    """As the API tells of them, with a link to the same choice; and the task that the next page begins behind."""
    state, person = request.app[STATE], person_of(request)
    caller = await caller_of(request)
    assert caller is not None
    request[CALLER] = caller
    seen = await state.ask(lambda rows: page_of(rows, person.account, None, limit, before)) or []
    language = language_of(request)
    rows = [
        {**of_task(language, described(request, state, one)), "again": link_of(one.job.spec), "km2": one.job.km2,
         "formats": one.job.formats, "title": one.job.spec.get("name", "")}
        for one in seen[:limit]
    ]  # fmt: skip
    return rows, rows[-1]["task_id"] if len(seen) > limit else ""


async def keys_page(request: web.Request) -> web.StreamResponse:
    """Keys, and how to begin."""
    return await show_keys(request)


async def show_keys(request: web.Request, new: str = "", fault: str = "", status: int = 200) -> web.Response:
    """The same; with a `new` key it is shown, this once."""
    state, person, now = request.app[STATE], person_of(request), time.time()
    details = await state.ask(lambda rows: rows.accounts.details(person.account, now))
    keys = [key for key in reversed(details.keys) if key.revoked is None or key.revoked > now]
    gone = [key for key in reversed(details.keys) if key.revoked is not None and key.revoked <= now]
    return render(
        request, "keys.html", status, keys=keys, gone=gone[:20], new=new, fault=fault, usage=await usage(request),
        starts=_quick_starts(request, new or _NO_KEY), base=base_url(request, state),
    )  # fmt: skip


def _quick_starts(request: web.Request, key: str) -> list[tuple[str, str]]:
    """The first program in each language, with this server's address and a box that its data cover."""
    state = request.app[STATE]
    address, box = base_url(request, state), state.example_box
    bbox = dict(zip(("min_lon", "min_lat", "max_lon", "max_lat"), box))
    values = {
        "address": address, "api": json.dumps(f"{address}/api"), "key": json.dumps(key), "bbox": json.dumps(bbox),
        "raw": key,
    }  # fmt: skip
    return [("Python", Template(PROGRAM.read_text("utf-8")).substitute(values))] + [
        (name, Template(text).substitute(values)) for name, text in _PROGRAMS
    ]


_PROGRAMS = (
    ("Node.js", """// Node 18 or newer: node map.mjs
import { writeFile } from "node:fs/promises";

const api = $api;
const headers = { "X-API-Key": $key, "Content-Type": "application/json" };

async function call(path, body) {
  const answer = await fetch(api + path, { headers, ...(body && { method: "POST", body: JSON.stringify(body) }) });
  if (!answer.ok) throw new Error((await answer.json()).error);
  return answer;
}

const body = { bbox: $bbox, formats: ["svg"], map_style: "default", detail_level: 4 };
const { task_id } = await (await call("/render", body)).json();
let status;
do {
  await new Promise((done) => setTimeout(done, 2000));
  status = await (await call(`/status/$${task_id}`)).json();
  console.log(status.status, status.progress, status.step);
} while (!["completed", "failed"].includes(status.status));
if (status.status === "failed") throw new Error(status.error);
await writeFile("map.svg", Buffer.from(await (await call(`/download/$${task_id}/svg`)).arrayBuffer()));
"""),
    ("Browser", """<!doctype html>
<!-- Whoever opens this page can read the key: where that matters, let a server of yours make the calls. -->
<meta charset="utf-8">
<button id="make">Make a map</button> <output id="said"></output>
<script type="module">
const api = $api;
const headers = { "X-API-Key": $key, "Content-Type": "application/json" };
const said = document.getElementById("said");

async function call(path, body) {
  const answer = await fetch(api + path, { headers, ...(body && { method: "POST", body: JSON.stringify(body) }) });
  if (!answer.ok) throw new Error((await answer.json()).error);
  return answer.json();
}

document.getElementById("make").addEventListener("click", async () => {
  try {
    const body = { bbox: $bbox, formats: ["svg"], map_style: "default", detail_level: 4 };
    const { task_id } = await call("/render", body);
    let status;
    do {
      await new Promise((done) => setTimeout(done, 2000));
      status = await call(`/status/$${task_id}`);
      said.textContent = `$${status.progress} % $${status.step}`;
    } while (!["completed", "failed"].includes(status.status));
    if (status.status === "failed") throw new Error(status.error);
    const link = document.createElement("a");
    link.href = status.files[0].url;
    link.textContent = status.files[0].filename;
    said.replaceChildren(link);
  } catch (fault) {
    said.textContent = fault.message;
  }
});
</script>
"""),
    ("curl", """curl $address/api/render -H 'X-API-Key: $raw' \\
  -H 'Content-Type: application/json' \\
  -d '{"bbox": $bbox, "formats": ["svg"]}'
curl -H 'X-API-Key: $raw' $address/api/status/TASK_ID
curl -H 'X-API-Key: $raw' -OJ $address/api/download/TASK_ID/svg
"""),
)  # fmt: skip


async def settings_page(request: web.Request) -> web.StreamResponse:
    """Password, sessions, data, and the end of the account."""
    return await show_settings(request)


async def show_settings(request: web.Request, fault: str = "", status: int = 200) -> web.Response:
    """The same, with what went wrong."""
    state, person = request.app[STATE], person_of(request)
    deeds = await state.ask(lambda rows: rows.people.deeds(person.account, 30))
    linked = await state.ask(lambda rows: rows.identities.listed(person.account))
    names = {one.id: one.name for one in state.settings.providers}
    return render(
        request, "settings.html", status, fault=fault, deeds=deeds, notice=request.query.get("notice", ""),
        linked=[(one, names.get(one.provider, one.provider)) for one in linked], fresh=person.is_fresh(time.time()),
    )  # fmt: skip
