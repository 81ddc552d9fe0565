"""A small export of tiles, as the tests of vector and painted tiles share it."""

from areas import SAMPLE
from osm2cdr.processing_provider.feedback import Feedback
from osm2cdr.processing_provider.request.checks import make_request

FEW = (24.9416, 60.1690, 24.9440, 60.1705)
# The points of `own_layers`.
WELLS = [(number, f"№ {number} <b>") for number in range(1, 9)]


def run(folder, formats, told=None, **fields):
    """A small export; its results, warnings go into `told`."""
    from osm2cdr.processing_provider.pipeline import run as pipeline

    whole = {"bbox": FEW, "formats": formats, "detail": 5, "source": str(SAMPLE), "name": "x", **fields}
    feedback = Feedback(None, lambda code, text: told.append((code, text)) if told is not None else None)
    return pipeline.run(make_request(whole), folder, feedback)


def own_layers(folder, *formats):
    """Export two layers of a project, points and a line with names of all letters, in some formats."""
    import canvas_project
    from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsProject

    from osm2cdr.processing_provider.algorithms.exportcanvas import ExportCanvas

    project, context, (x, y) = QgsProject(), QgsProcessingContext(), canvas_project.EXTENT[:2]
    context.setProject(project)
    wells = [(f"POINT({x + 100 * number} {y + 300})", number, text) for number, text in WELLS]
    project.addMapLayer(canvas_project.memory("Point", "Колодцы; x", ["id:integer", "a name:string"], wells))
    line = [(f"LINESTRING({x + 10} {y + 10}, {x + 900} {y + 400})", 2.5)]
    project.addMapLayer(canvas_project.memory("LineString", "Pipes", ["width:double"], line))
    parameters = {"EXTENT": canvas_project.BOX, "FORMATS": list(formats), "OUTPUT_FOLDER": str(folder)}
    results, worked = ExportCanvas().create().run(parameters, context, QgsProcessingFeedback())
    assert worked, results
