"""Which labels QGIS drew where: its own results of a rendering, on paper."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from qgis.core import QgsMapRendererParallelJob


@dataclass
class Drawn:
    """One label: its text, the title of its layer, and the boxes of its glyphs (n, 4, 2) in mm, y upwards."""

    text: str
    layer: str
    feature: int
    font: object
    boxes: np.ndarray
    rotation: list

    @property
    def centre(self):
        """The middle of its glyphs."""
        return self.boxes.mean((0, 1))

    @property
    def width(self):
        """The distance between the middles of its first and last glyph."""
        return float(np.hypot(*(self.boxes[0].mean(0) - self.boxes[-1].mean(0))))


def drawn(picture, dpi=150):
    """The labels of a picture as QGIS draws them at `dpi`, and the image."""
    settings = picture.map_settings(dpi)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    titles = {layer.id(): layer.name() for layer in picture.layers}
    page = picture.page
    factor = page.width_mm / (page.xmax - page.xmin)
    glyphs = defaultdict(list)
    for position in job.takeLabelingResults().allLabels():
        if position.isUnplaced:
            continue
        key = (position.layerID, position.featureId, position.labelText)
        corners = [((p.x() - page.xmin) * factor, (p.y() - page.ymin) * factor) for p in position.cornerPoints]
        glyphs[key].append((corners, position))
    found = [
        Drawn(
            text, titles[layer], feature, parts[0][1].labelFont,
            np.array([corners for corners, _ in parts]), [p.rotation for _, p in parts],
        )
        for (layer, feature, text), parts in glyphs.items()
    ]  # fmt: skip
    return found, job.renderedImage()
