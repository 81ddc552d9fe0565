"""What was asked for in vain: options that none of the chosen formats heeds."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from ..formats.catalogue import FORMATS
from ..text.phrases import listed
from ..text.sentence import say
from .export_request import ExportRequest
from .options import BY_FORMAT_OPTION, OPTIONS, Option


def warning(request: ExportRequest) -> str:
    """A sentence that names options which are not as by default and change none of the files; empty where all do."""
    asked: list[tuple[str, Option]] = []
    for option in OPTIONS:
        # The page that is cut to the map is an empty word in a request.
        if option.kind != "object" and (getattr(request, option.field) or option.default) != option.default:
            asked.append((option.field, option))
    for key, value in request.options.items():
        if value != BY_FORMAT_OPTION[key].default:
            asked.append((key, BY_FORMAT_OPTION[key]))
    formats = [FORMATS[name] for name in request.formats]
    vain = [name for name, option in asked if not any(option.is_heeded_by(item, request.options) for item in formats)]
    if not vain:
        return ""
    named = listed(say(item.name) for item in formats)
    if len(vain) == 1:
        return say("The option {0} changes nothing in {1}.", vain[0], named)
    return say("The options {0} change nothing in {1}.", listed(vain), named)
