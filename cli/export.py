"""Export an area."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import argparse
import contextlib
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from ..processing_provider.errors import LOGS, ExportError, RequestError
from ..processing_provider.formats.catalogue import FORMATS
from ..processing_provider.formats.registry import availability
from ..processing_provider.geo.area import read_geometry_file
from ..processing_provider.pipeline.events import (
    VARIABLE,
    Event,
    Failed,
    Made,
    Progress,
    Warned,
    read_events,
    warnings_of,
)
from ..processing_provider.request.checks import make_request
from ..processing_provider.request.export_request import ExportRequest
from ..processing_provider.request.naming import of_source
from ..processing_provider.request.options import BY_FIELD, FORMAT_OPTIONS, OPTIONS, Option
from ..processing_provider.request.request_argument import ALGORITHM, export_parameters, in_a_file
from ..processing_provider.sources.coverage import SUFFIXES
from ..processing_provider.sources.opening import check as check_source
from ..processing_provider.sources.opening import is_overpass, whole_box
from ..processing_provider.sources.overpass.saved import misnamed
from ..processing_provider.tools import child_environment, qgis_process
from . import private_folder, process
from .leaving import CANCELLED
from .wording import said

CHECKOUT = Path(__file__).resolve().parent.parent
SAMPLE = CHECKOUT / "build" / "sample" / "helsinki.osm.pbf"
BAD_REQUEST = 2
_BAR = 30


def add_options(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    add = parser.add_argument
    add("--bbox", metavar="W,S,E,N", help="the area as a box of degrees; without it all of an extract")
    add("--geometry", metavar="FILE", help="the area as polygons, a GeoJSON file")
    add("--formats", required=True, metavar="A,B", help="formats, as 'osm2cdr formats' lists them")
    for option in OPTIONS:
        add(f"--{option.field}", default="", metavar=option.metavar or None, help=_help(option))
    add("--overwrite", action="store_true", help="replace files of the same name, in place of numbering the new ones")
    add("--out", required=True, metavar="DIR", help="folder for the files")
    add("--json", action="store_true", help="print the list of files as JSON")


def _help(option: Option) -> str:
    """What an option does, what it can be, and what it is by itself."""
    text = option.about.rstrip(".")
    if option.field == "name":
        return f"{text}; else that of the extract, or of the place"
    if option.kind == "whole":
        text += f", {option.low} to {option.high}" + (f", 0 {option.zero}" if option.zero else "")
    elif option.choices:
        text += f": {', '.join(map(str, option.choices()))}"
    elif option.kind == "object":
        text += f": {', '.join(one.field for one in FORMAT_OPTIONS)}, as in docs/options.md"
    by_itself = f" (default: {option.default})" if option.default not in ("", 0) else ""
    return (text + by_itself).replace("%", "%%")


def run(options: argparse.Namespace) -> int:
    """Check, start qgis_process, publish what it proved."""
    request = _request(options)
    target = Path(options.out).absolute()
    program = qgis_process()
    if program is None:
        raise ExportError("no_qgis", "qgis_process was not found; install QGIS, then run 'osm2cdr doctor'.")
    absent = [folder for folder in (target, *target.parents) if not folder.exists()]
    temporary = Path(tempfile.gettempdir())
    private_folder.sweep_logs(temporary)
    scratch = private_folder.make(temporary)
    log = temporary / f"osm2cdr-{scratch.name[len('.osm2cdr-') :]}.log"
    private = None
    try:
        private = private_folder.make(target)
        told = _export(program, request, private, scratch, log)
        code = _deliver(told, request, target, log, options)
        if code in (0, BAD_REQUEST) or any(isinstance(event, Failed) for event in told):
            # In all other cases its name was told, since nothing but QGIS's own words helps there.
            log.unlink(missing_ok=True)
    except process.Stopped:
        print("osm2cdr: cancelled.", file=sys.stderr)
        log.unlink(missing_ok=True)
        return CANCELLED
    except ExportError:
        log.unlink(missing_ok=True)
        raise
    finally:
        for folder in filter(None, (private, scratch)):
            shutil.rmtree(folder, ignore_errors=True)
        # Only where nothing came of it.
        with contextlib.suppress(OSError):
            for folder in absent:
                folder.rmdir()
    return code


def _request(options: argparse.Namespace) -> ExportRequest:
    fields: dict[str, Any] = {name: getattr(options, name) for name in ("bbox", "formats", *BY_FIELD)}
    if options.geometry:
        fields["geometry"] = read_geometry_file(Path(options.geometry))
    fields["source"] = _source(options.source)
    if not options.bbox and not options.geometry:
        fields["bbox"] = whole_box(fields["source"])
    fields["name"] = options.name or of_source(fields["source"]) or None
    request = make_request(fields)
    for name in request.formats:
        reason = availability(FORMATS[name], request.profile)
        if reason:
            raise RequestError("format_unavailable", reason, "formats")
    return request


def _source(word: str) -> str:
    if is_overpass(word):
        check_source(word)
        return word
    return local_source(word)


def local_source(word: str) -> str:
    """The path of the file that a word means, `sample` among them; RequestError where there is none."""
    if word == "sample":
        if not SAMPLE.exists():
            subprocess.run([str(CHECKOUT / ".ci" / "sample")], check=False, stdout=subprocess.DEVNULL)
        if not SAMPLE.exists():
            raise RequestError("no_sample", "The sample is not there; 'make sample' fetches it.", "source")
        return str(SAMPLE)
    path = Path(word).absolute()
    if path.is_dir():
        raise RequestError("no_source", f"The source {word} is a folder; name a file in it.", "source")
    if not path.is_file():
        raise RequestError("no_source", f"The source {word} is not a file.", "source")
    fault = misnamed(path, SUFFIXES)
    if fault:
        raise RequestError("bad_source", f"The source {word} {fault}.", "source")
    return str(path)


def _export(program: str, request: ExportRequest, private: Path, scratch: Path, log: Path) -> list[Event]:
    # Beside the files a full disk would take its words.
    report = scratch / "report.jsonl"
    runtime = scratch / "run"
    runtime.mkdir(mode=0o700)
    values = {**in_a_file(export_parameters(request), scratch), "OUTPUT_FOLDER": str(private / "files")}
    arguments = [f"--{name}={value}" for name, value in values.items()]
    environment = child_environment(CHECKOUT, runtime)
    environment[VARIABLE] = str(report)
    # QGIS, where it is killed, leaves folders there.
    environment.update({"TMPDIR": str(scratch), LOGS: str(log.parent)})
    shown = [0]

    def watch() -> None:
        if sys.stderr.isatty():
            told = read_events(report)
            steps = [event for event in told[shown[0] :] if isinstance(event, Progress)]
            shown[0] = len(told)
            if steps:
                full = round(steps[-1].percent / 100 * _BAR)
                text = f"{steps[-1].text[:36]:36}"
                print(f"\r[{'#' * full:{_BAR}}] {steps[-1].percent:5.1f}% {text}", end="", file=sys.stderr)

    process.run([program, "run", ALGORITHM, *arguments], environment, log, watch)
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr)
    return read_events(report)


def _deliver(told: list[Event], request: ExportRequest, target: Path, log: Path, options: argparse.Namespace) -> int:
    """Publish the proven files and say what failed; nothing but the report and the files is believed."""
    made = {event.format: event for event in told if isinstance(event, Made) and Path(event.path).is_file()}
    errors = [event for event in told if isinstance(event, Failed)]
    for event in told:
        if isinstance(event, Warned):
            print(f"osm2cdr: {said(event.text)}", file=sys.stderr)
    rows = []
    for name, path in private_folder.deliver({name: Path(made[name].path) for name in made}, target, options.overwrite):
        file = made[name]
        rows.append({
            "format": name, "path": str(path), "bytes": file.bytes, "features": file.features,
            "warnings": warnings_of(file, told), "account": file.account.as_json(),
        })  # fmt: skip
        for text in file.warnings:
            print(f"osm2cdr: {said(text)}", file=sys.stderr)
    if options.json:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for row in rows:
            print(row["path"])
    if {row["format"] for row in rows} == set(request.formats):
        return 0
    if errors:
        print(f"osm2cdr: {said(errors[-1].text)}", file=sys.stderr)
        if errors[-1].bad_request:
            return BAD_REQUEST
    else:
        print(f"osm2cdr: The export ended early; what QGIS said is in {log}.", file=sys.stderr)
    return 1
