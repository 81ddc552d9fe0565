"""Features in glTF: EXT_mesh_features says of which each vertex is, EXT_structural_metadata what is known of each."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from typing import Any, Mapping, Sequence

import numpy as np

from .gltf_document import Buffer

_CLASS = "building"
# Views of tables begin at multiples of this.
_ALIGNED = 8


def add_features(document: dict[str, Any], buffer: Buffer, table: Mapping[str, Sequence[Any]]) -> None:
    """Make features of the parts of the only mesh of a document; their table has columns of texts or numbers."""
    count = len(next(iter(table.values())))
    for primitive in document["meshes"][0]["primitives"]:
        feature = {"featureCount": count, "attribute": 0, "propertyTable": 0}
        primitive["extensions"] = {"EXT_mesh_features": {"featureIds": [feature]}}
    columns, kinds = {}, {}
    for name, values in table.items():
        if isinstance(values[0], str):
            texts = [value.encode("utf-8") for value in values]
            ends = np.concatenate([[0], np.cumsum([len(text) for text in texts])])
            kinds[name] = {"type": "STRING"}
            columns[name] = {
                "values": buffer.add_bytes(b"".join(texts) or b"\0", _ALIGNED),
                "stringOffsets": buffer.add_bytes(ends.astype("<u4").tobytes(), _ALIGNED),
                "stringOffsetType": "UINT32",
            }
        else:
            kinds[name] = {"type": "SCALAR", "componentType": "FLOAT32"}
            columns[name] = {"values": buffer.add_bytes(np.array(values, "<f4").tobytes(), _ALIGNED)}
    document["extensionsUsed"] = ["EXT_mesh_features", "EXT_structural_metadata"]
    document["extensions"] = {
        "EXT_structural_metadata": {
            "schema": {"id": "osm2cdr", "classes": {_CLASS: {"properties": kinds}}},
            "propertyTables": [{"class": _CLASS, "count": count, "properties": columns}],
        }
    }
    document["buffers"][0]["byteLength"] = buffer.finish()
