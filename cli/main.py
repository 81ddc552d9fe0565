"""The launcher: `osm2cdr COMMAND`."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import argparse
import logging
import os
import sys
from typing import Any, NoReturn, Sequence

from ..processing_provider.errors import ExportError, RequestError
from ..processing_provider.text.phrases import nearest
from ..processing_provider.tools import has_home
from ..server.version import VERSION
from . import accounts, doctor, export, formats, keys, serve, store, tasks
from .leaving import CANCELLED, end_in_order
from .wording import said

COMMANDS = {
    "export": export, "formats": formats, "serve": serve, "store": store, "keys": keys, "accounts": accounts,
    "tasks": tasks, "doctor": doctor,
}  # fmt: skip
BAD_REQUEST = export.BAD_REQUEST


class _Parser(argparse.ArgumentParser):
    _given: Sequence[str] = ()

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """A value may begin with a minus, `--bbox -76.6,39.2,-76.5,39.3`: to argparse it would be an option."""
        self._given = self._with_values(list(sys.argv[1:] if args is None else args))
        return super().parse_known_args(self._given, namespace)

    def _with_values(self, given: list[str]) -> list[str]:
        """Each option that takes a value in one word with it, `--bbox=-76.6,...`; what is an option is no value."""
        takes = {name: action.nargs is None for action in self._actions for name in action.option_strings}
        joined: list[str] = []
        for word in given:
            if joined and takes.get(joined[-1]) and word.split("=")[0] not in takes:
                joined[-1] += f"={word}"
            else:
                joined.append(word)
        return joined

    def _options(self) -> list[str]:
        """The options of it and of the commands below it."""
        known = [option for action in self._actions for option in action.option_strings]
        for action in self._actions:
            if isinstance(action, argparse._SubParsersAction):
                known += [option for inner in action.choices.values() for option in inner._options()]
        return known

    def error(self, message: str) -> NoReturn:
        """One sentence on stderr, naming the nearest option, or where to read on."""
        known = self._options()
        named = [word.split("=")[0] for word in self._given if word.startswith("--")]
        unknown = [word for word in named if word not in known]
        hint = nearest(unknown[0], known) if unknown else ""
        if "are required" in message and unknown:
            # Who misspelled an option would read that it is not there.
            message = f"unrecognized arguments: {unknown[0]}"
        elif "are required" in message or "invalid choice" in message:
            hint = f"; '{self.prog} --help' says more"
        print(f"osm2cdr: {message.rstrip('.')}{hint}.", file=sys.stderr)
        raise SystemExit(BAD_REQUEST)


def make_parser() -> tuple[_Parser, dict[str, _Parser]]:
    """The parser of all, and that of each command."""
    parser = _Parser(prog="osm2cdr", description="OpenStreetMap areas as finished maps and data.")
    parser.add_argument("--version", action="version", version=f"osm2cdr {VERSION}")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_Parser)
    for name, module in COMMANDS.items():
        summary = (module.__doc__ or "").splitlines()[0]
        module.add_options(commands.add_parser(name, help=summary, description=summary, allow_abbrev=False))
    return parser, commands.choices


def main(arguments: list[str]) -> int:
    """Run a command; returns the exit code: 0 done, 1 failed, 2 bad request, 130 cancelled."""
    if not has_home():
        # A home in which nothing is, and nothing can be made; that a cache cannot be kept is no news.
        os.environ["HOME"] = os.devnull
        logging.getLogger("ezdxf").setLevel(logging.ERROR)
    parser, commands = make_parser()
    try:
        options, unknown = parser.parse_known_args(arguments)
        if unknown:
            commands[options.command].error(f"unrecognized arguments: {' '.join(unknown)}")
    except SystemExit as stop:
        return int(stop.code or 0)
    try:
        end_in_order()
        code = COMMANDS[options.command].run(options)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        print("osm2cdr: cancelled.", file=sys.stderr)
        return CANCELLED
    except BrokenPipeError:
        # Whoever read along has seen enough; Python must not complain of it at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except RequestError as error:
        print(f"osm2cdr: {said(error.text)}", file=sys.stderr)
        return BAD_REQUEST
    except ExportError as error:
        print(f"osm2cdr: {said(error.text)}", file=sys.stderr)
        return 1
