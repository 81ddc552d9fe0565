"""What the export algorithms share: their parameters, their checks, and what they say at the end."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NoReturn

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeatureRequest,
    QgsGeometry,
    QgsMapLayer,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingFeatureSource,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingUtils,
)

from ..cartography.rendering.canvas import Canvas
from ..cartography.rendering.layouts import Pages
from ..errors import Cancelled, ExportError, RequestError, unexpected
from ..geo.area import Area
from ..pipeline import account_sentences, events
from ..pipeline import run as pipeline
from ..pipeline.delivery import Result
from ..pipeline.run_pages import run_pages
from ..request.checks import make_request
from ..request.export_request import ExportRequest
from ..request.options import BY_FIELD, OPTIONS
from ..request.plan import make_plan
from ..request.request_argument import REQUEST
from ..sources import opening
from ..sources.project_layers import Input
from ..text.phrases import sized
from ..text.sentence import say
from ..text.translation import tr
from .help_page import help_url
from .several import with_chooser
from .shared import export_parameters, option_parameter, with_help
from .speaking import about, fail, listening, said

WGS84 = QgsCoordinateReferenceSystem("EPSG:4326")
_TOLD = ("format", "path", "bytes", "features", "warnings")
# In place of an area that is not known yet, or that nothing needs.
NOWHERE = Area(0.0, 0.0, 0.01, 0.01)


class ExportAlgorithm(QgsProcessingAlgorithm):
    """Parameters in, the pipeline, files out."""

    _is_checking = False

    def _stop(self) -> None:
        """Called while an extract is looked through."""

    def add_parameters(self, *first: Any, only: tuple[str, ...] = ()) -> None:
        """The area, then `first`, then what every export takes (or `only` those); names never change once released."""
        for parameter in export_parameters(first):
            if not only or parameter.name() in only:
                self.add_parameter(parameter)

    def add_parameter(self, parameter: QgsProcessingParameterDefinition) -> None:
        """Add one, with our list where it takes several words."""
        with_chooser(parameter)
        self.addParameter(parameter)

    def add_names(self, by: str) -> None:
        """What the files are called, which is `by` something where nobody says."""
        there = tr("Files of that name stay as they are: the new ones get a number, such as name-2.")
        self.add_parameter(with_help(option_parameter(BY_FIELD["name"]), f"{by} {there}"))
        replace = QgsProcessingParameterBoolean("OVERWRITE", tr("Replace files of the same name"), False)
        replace.setFlags(replace.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
        self.add_parameter(replace)

    def helpUrl(self) -> str:  # noqa: N802
        """What the Help button opens."""
        return help_url(self)

    def add_outputs(self) -> None:
        """The outputs that are no files."""
        self.addOutput(QgsProcessingOutputString("WARNINGS", tr("Warnings")))
        self.addOutput(QgsProcessingOutputNumber("FEATURES", tr("Objects written")))

    def checkParameterValues(self, parameters: Any, context: QgsProcessingContext) -> tuple[bool, str]:  # noqa: N802
        """Our own checks first: their sentences say what is allowed."""
        self._is_checking = True
        try:
            request = self.request(parameters, context)
            if parameters.get(REQUEST):
                # Checked by who handed it over.
                return True, ""
            if request.area != NOWHERE:
                make_plan(request, self.has_own_layers(parameters))
            if not self.has_own_layers(parameters):
                opening.check(request.source)
        except ExportError as error:
            events.emit(events.Failed(error.code, error.field, error.text, bad_request=True))
            return False, about(self, error.field) + said(self, error.text)
        finally:
            self._is_checking = False
        # A style may be a file or go by another name: QGIS would refuse what is not in its list.
        known = {**parameters, "STYLE": "default"} if parameters.get("STYLE") else parameters
        result: tuple[bool, str] = super().checkParameterValues(known, context)
        return result

    def has_own_layers(self, parameters: Any) -> bool:
        """Whether layers take the place of OpenStreetMap."""
        return bool(parameters.get("INPUT"))

    def request(self, parameters: Any, context: QgsProcessingContext) -> ExportRequest:
        """The request that the parameters make; raises RequestError."""
        return make_request(self.fields(parameters, context))

    def fields(self, parameters: Any, context: QgsProcessingContext) -> dict[str, Any]:
        """The request's fields but for the formats."""
        fields: dict[str, Any] = {}
        for option in OPTIONS:
            name = option.parameter_name
            if option.field == "name":
                continue
            if option.kind == "words":
                fields[option.field] = self.words(parameters, name, context)
            elif option.kind in ("text", "file"):
                fields[option.field] = self.parameterAsString(parameters, name, context)
            elif parameters.get(name) is not None:
                # As given: QGIS would take an unknown word for none.
                fields[option.field] = parameters[name]
        return {**fields, **self.area_fields(parameters, context)}

    def area_fields(self, parameters: Any, context: QgsProcessingContext) -> dict[str, Any]:
        """The fields of the area."""
        fields: dict[str, Any] = {}
        if parameters.get("MASK") not in (None, ""):
            fields["geometry"] = self._mask(parameters, context)
        if parameters.get("EXTENT") not in (None, ""):
            box = self.parameterAsExtent(parameters, "EXTENT", context, WGS84)
            fields["bbox"] = [box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()]
        if not fields and not self.has_own_layers(parameters):
            source = self.parameterAsString(parameters, "SOURCE", context).strip()
            # The window waits for its checks; what takes long is done when the algorithm runs.
            later = self._is_checking and not opening.is_soon_known(source)
            whole = NOWHERE.box if later else opening.whole_box(source, self._stop)
            fields.update({"bbox": list(whole)} if whole else {})
        return fields

    def layers_of(self, name: str, parameters: Any, context: QgsProcessingContext) -> list[QgsMapLayer]:
        """The layers of a parameter: one that cannot be read is named, where QGIS would leave it out in silence."""
        value = parameters.get(name)
        if value in (None, "", []):
            return []
        if isinstance(value, (list, tuple)):
            for entry in value:
                if isinstance(entry, str) and QgsProcessingUtils.mapLayerFromString(entry, context) is None:
                    raise RequestError("bad_input", say("The layer {0} of INPUT cannot be read.", repr(entry)), "input")
        layers = self.parameterAsLayerList(parameters, name, context)
        if not layers:
            raise RequestError("bad_input", say("The layer {0} of INPUT cannot be read.", repr(value)), "input")
        return list(layers)

    def words(self, parameters: Any, name: str, context: QgsProcessingContext) -> Any:
        """The words as given: QGIS would drop an unknown one without a sentence."""
        value = parameters.get(name)
        return value if isinstance(value, (str, list, tuple)) else self.parameterAsString(parameters, name, context)

    def _mask(self, parameters: Any, context: QgsProcessingContext) -> dict[str, Any]:
        source = self.parameterAsSource(parameters, "MASK", context)
        if source is None:
            raise ExportError("bad_mask", "The polygon layer of MASK cannot be read.", "mask")
        way = QgsCoordinateTransform(source.sourceCrs(), WGS84, context.transformContext())
        shapes = []
        # Of a polygon that crosses itself QGIS throws what Python never sees, and the process ends.
        unchecked = QgsProcessingFeatureSource.Flag.FlagSkipGeometryValidityChecks
        for feature in source.getFeatures(QgsFeatureRequest(), unchecked):
            geometry = feature.geometry().makeValid()
            geometry.transform(way)
            shapes.append(geometry)
        whole = QgsGeometry.unaryUnion(shapes)
        result: dict[str, Any] = json.loads(whole.asJson(9)) if shapes else {}
        return result

    def export(
        self,
        parameters: Any,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
        folder: Path,
        inputs: tuple[Input, ...] = (),
        target: Path | None = None,
        canvas: Canvas | None = None,
        overwrite: bool = False,
        pages: Pages | None = None,
    ) -> tuple[list[events.Made], list[str]] | None:
        """Run the pipeline; the files and the warnings, None where it was cancelled.

        Raises QgsProcessingException with one sentence where anything failed, after reporting what is there.
        """
        warnings: list[str] = []
        events.obey_limits()
        told_to = listening(self, feedback, warnings)
        self._stop = told_to.check  # type: ignore[method-assign]
        try:
            request = self.request(parameters, context)
            if pages is not None:
                results = run_pages(request, folder, told_to, pages, overwrite)
            else:
                results = pipeline.run(request, folder, told_to, inputs, target, canvas, overwrite)
        except Cancelled:
            feedback.pushInfo(tr("Cancelled: nothing was written."))
            events.emit(events.End(ok=False))
            return None
        except ExportError as error:
            self._fail(error.code, error.field, error.text, bad_request=isinstance(error, RequestError))
        except Exception:
            fault = unexpected()
            self._fail(fault.code, fault.field, fault.text)
        return self._finish(results, feedback), warnings

    def several(self, folder: Path, files: list[events.Made], warnings: list[str]) -> dict[str, Any]:
        """The outputs of an export that makes several files."""
        return {
            "OUTPUT_FOLDER": str(folder),
            # QGIS writes it into the log: what a layer holds is in the report.
            "FILES": json.dumps([{key: getattr(made, key) for key in _TOLD} for made in files], ensure_ascii=False),
            "WARNINGS": "\n".join(warnings),
            "FEATURES": sum(made.features for made in files),
        }

    def _finish(self, results: list[Result], feedback: QgsProcessingFeedback) -> list[events.Made]:
        files: list[events.Made] = []
        for result in results:
            if result.path is not None:
                made = events.Made(
                    result.format, str(result.path), result.bytes, result.features, result.warnings, result.layers,
                    result.account, result.told,
                )  # fmt: skip
                files.append(made)
                feedback.pushInfo(f"{result.path}, {sized(result.bytes)}")
                for text in result.warnings:
                    feedback.pushInfo(said(self, text))
                events.emit(made)
        for text in account_sentences.sentences([made.account for made in files]):
            feedback.pushInfo(said(self, text))
        lost = [result for result in results if result.error is not None]
        for result in lost:
            if result.error is not None:
                events.emit(events.Lost(result.format, result.error.code, result.error.text))
        if lost:
            reasons = list(dict.fromkeys(result.error.text for result in lost if result.error))
            if files:
                reasons.append(say("Written: {0}.", ", ".join(made.format for made in files)))
            self._fail(lost[0].error.code if lost[0].error else "", "", *reasons)
        events.emit(events.End(ok=True))
        return files

    def _fail(self, code: str, field: str, *sentences: str, bad_request: bool = False) -> NoReturn:
        fail(self, code, field, *sentences, bad_request=bad_request)
