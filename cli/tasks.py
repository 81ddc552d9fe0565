"""List or show the tasks of the server, of all accounts."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import argparse
import json
import sqlite3
import time
from typing import Any

from ..processing_provider.errors import RequestError
from ..server.store.sqlite import operating, views
from ..server.store.sqlite.jobs import STATES
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
    with opened() as (database, secret):
        if options.action == "show":
            told = _whole(database, _find(database, options.task))
            print(as_json(told) if options.json else _text(told))
            return 0
        account = operating.find_account(database, secret, options.account) if options.account else None
        before = _find(database, options.before) if options.before else None
        limit = max(1, min(options.limit, _MOST))
        rows = [_brief(database, row) for row in views.list_jobs(database, account, options.state, limit, before)]
        if options.json:
            print(as_json(rows))
        else:
            for row in rows:
                print(_line(row))
    return 0


def _find(database: sqlite3.Connection, task: str) -> sqlite3.Row:
    row = views.find(database, task)
    if row is None:
        raise RequestError("no_task", f"There is no task {task}; 'osm2cdr tasks list' shows those that there are.")
    return row


def _brief(database: sqlite3.Connection, row: sqlite3.Row) -> dict[str, Any]:
    owner = operating.owner_of(database, row)
    ended = row["finished"] or time.time()
    return {
        "task_id": row["id"], "state": row["state"], "account": row["account_id"], "email": owner["email"],
        "tier": owner["tier"], "key": owner["prefix"], "formats": json.loads(row["spec"])["formats"],
        "km2": round(row["km2"], 3), "progress": int(row["progress"]), "attempt": row["attempt"],
        "created_at": moment(row["created"]), "started_at": moment(row["started"]),
        "finished_at": moment(row["finished"]), "expires_at": moment(row["expires"]),
        "seconds": round(ended - row["started"], 1) if row["started"] else None,
        "error_code": row["error_code"], "error": row["error"],
    }  # fmt: skip


def _whole(database: sqlite3.Connection, row: sqlite3.Row) -> dict[str, Any]:
    files = [
        {name: file[name] for name in ("format", "state", "bytes", "sha256", "features", "error_code", "error")}
        for file in views.files_of(database, row)
    ]
    events = [
        {"at": moment(event["at"]), "kind": event["kind"], "detail": event["detail"]}
        for event in operating.events_of(database, row["id"])
    ]
    return {**_brief(database, row), "files": files, "events": events, "request": json.loads(row["spec"])}


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
