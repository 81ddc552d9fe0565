"""List or show the tasks of the server, of all accounts."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import argparse
import json
import time
from typing import Any

from ..processing_provider.errors import RequestError
from ..server.domain.jobs import STATES, Job
from ..server.store.interfaces import JobViews
from .storage import as_json, moment, opened

_MOST = 100_000


def add_options(parser: argparse.ArgumentParser) -> None:
    """One action each."""
    actions = parser.add_subparsers(dest="action", required=True, parser_class=type(parser))
    listing = actions.add_parser("list", help="the newest first", allow_abbrev=False)
    listing.add_argument("--state", choices=STATES, help="those in this state alone")
    listing.add_argument("--account", help="of this one alone: its number, its e-mail, or one of its keys")
    listing.add_argument("--limit", type=int, default=50, help="how many at most, 50 where left out")
    listing.add_argument("--before", metavar="TASK", help="those behind this one: the last of the page before")
    show = actions.add_parser("show", help="one task, its files, and what happened to it", allow_abbrev=False)
    show.add_argument("task", help="its id")
    for action in (listing, show):
        action.add_argument("--json", action="store_true", help="as JSON")


def run(options: argparse.Namespace) -> int:
    """On the folder of OSM2CDR_DATA, beside a running server or without one."""
    with opened() as rows:
        views = rows.views
        if options.action == "show":
            told = _whole(views, _find(views, options.task))
            print(as_json(told) if options.json else _text(told))
            return 0
        account = rows.accounts.find(options.account) if options.account else None
        before = _find(views, options.before) if options.before else None
        limit = max(1, min(options.limit, _MOST))
        listed = [_brief(views, job) for job in views.listed(account, options.state, limit, before)]
        if options.json:
            print(as_json(listed))
        else:
            for row in listed:
                print(_line(row))
    return 0


def _find(views: JobViews, task: str) -> Job:
    job = views.find(task)
    if job is None:
        raise RequestError("no_task", f"There is no task {task}; 'osm2cdr tasks list' shows those that there are.")
    return job


def _brief(views: JobViews, job: Job) -> dict[str, Any]:
    owner = views.owner(job)
    ended = job.finished or time.time()
    return {
        "task_id": job.id, "state": job.state, "account": job.account_id, "email": owner.email, "tier": owner.tier,
        "key": owner.prefix, "formats": job.formats, "km2": round(job.km2, 3), "progress": int(job.progress),
        "attempt": job.attempt, "created_at": moment(job.created), "started_at": moment(job.started),
        "finished_at": moment(job.finished), "expires_at": moment(job.expires),
        "seconds": round(ended - job.started, 1) if job.started else None,
        "error_code": job.error_code, "error": job.error,
    }  # fmt: skip


def _whole(views: JobViews, job: Job) -> dict[str, Any]:
    files = [
        {
            "format": file.format, "state": file.state, "bytes": file.bytes, "sha256": file.sha256,
            "features": file.features, "error_code": file.error_code, "error": file.error,
        }
        for file in views.files(job)
    ]  # fmt: skip
    events = [{"at": moment(event.at), "kind": event.kind, "detail": event.detail} for event in views.events(job.id)]
    return {**_brief(views, job), "files": files, "events": events, "request": job.spec}


def _line(row: dict[str, Any]) -> str:
    who = row["email"] or f"account {row['account']}"
    took = f"{row['seconds']} s" if row["seconds"] is not None else "-"
    return (
        f"{row['task_id']} {row['state']:9} {row['created_at']} {took:>8} {row['km2']:>9} km2 {who} "
        f"{','.join(row['formats'])} {row['error_code'] or ''}".rstrip()
    )


def _text(told: dict[str, Any]) -> str:
    lines = [_line(told)]
    if told["error"]:
        lines.append(f"error: {told['error']}")
    for file in told["files"]:
        what = f"{file['bytes']} bytes" if file["state"] == "done" else file["error"] or ""
        lines.append(f"file {file['format']}: {file['state']} {what}".rstrip())
    lines += [f"{event['at']} {event['kind']} {event['detail']}".rstrip() for event in told["events"]]
    lines.append("request: " + json.dumps(told["request"], ensure_ascii=False))
    return "\n".join(lines)
