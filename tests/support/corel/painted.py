"""Pictures for drawings of tests."""

import io

import numpy as np


def picture(width=5, height=3, turn=0.0, alpha=255):
    """A picture of so many pixels, 30 x 20 mm, no two rows and columns alike, turned round its middle (degrees)."""
    import PIL.Image

    from osm2cdr.processing_provider.drawing import model as m

    pixels = np.zeros((height, width, 4), np.uint8)
    pixels[..., 0], pixels[..., 1] = np.meshgrid(np.linspace(0, 255, width), np.linspace(0, 255, height))
    pixels[..., 3] = 255
    pixels[0, 0, 3] = alpha
    data = io.BytesIO()
    PIL.Image.fromarray(pixels).save(data, "PNG")
    cos, sin = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    across, down = np.array([cos, sin]) * 30, np.array([-sin, cos]) * 20
    start = np.array([60.0, 40.0]) - (across + down) / 2
    return m.Image(data.getvalue(), tuple(float(value) for value in (*across, *down, *start)), "Aerial")
