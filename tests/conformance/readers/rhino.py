"""Rhino's models: rhino3dm, the makers' own library."""

from pathlib import Path

from readers.found import Found, union


def rhino(path: Path) -> Found:
    """Every object is a mesh that the library calls valid and closed, on a layer that is there; normals point out."""
    import rhino3dm

    model = rhino3dm.File3dm.Read(str(path))
    assert model.ArchiveVersion == 50
    assert model.Settings.ModelUnitSystem == rhino3dm.UnitSystem.Meters
    names = [layer.Name for layer in model.Layers]
    assert len(set(names)) == len(names)
    layers, boxes, ids = dict.fromkeys(names, 0), [], set()
    for one in model.Objects:
        mesh, told = one.Geometry, one.Attributes
        assert isinstance(mesh, rhino3dm.Mesh)
        assert mesh.IsValid, mesh.IsValidWithLog
        assert mesh.IsClosed
        assert len(mesh.Normals) == len(mesh.Vertices)
        assert told.Name
        layers[names[told.LayerIndex]] += len(mesh.Faces)
        ids.add(told.Id)
        box = mesh.GetBoundingBox()
        boxes.append((box.Min.X, box.Min.Y, box.Max.X, box.Max.Y))
    assert len(ids) == len(model.Objects)
    return Found(layers, union(boxes), 0, {one.Attributes.Name for one in model.Objects}, notes(path))


def notes(path: Path) -> str:
    """What the file says of itself."""
    import rhino3dm

    said = rhino3dm.File3dm.ReadNotes(str(path))
    return said if isinstance(said, str) else said[0]


READERS = {"3dm": rhino}
