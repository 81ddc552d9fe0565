"""3D models: trimesh."""

from pathlib import Path

from readers.found import Found


def stl(path: Path) -> Found:
    import trimesh

    mesh = trimesh.load(path, process=False)
    assert mesh.area_faces.min() > 0
    header = path.read_bytes()[:80].decode().replace("(c)", "©")
    return Found({"triangles": len(mesh.faces)}, tuple(mesh.bounds[:, :2].ravel()), 0, set(), header)


READERS = {"stl": stl}
