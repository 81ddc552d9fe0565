"""The panel in a real QGIS window: from an empty profile to finished maps, by mouse and keys."""

import json
import re
import shlex


def test_a_person_goes_from_nothing_to_a_map(window):
    saw = window("panel", script="panelling")
    assert saw["hidden"]
    # Without the sample, which does not come along, nothing offers it.
    assert saw["sources"][:2] == ["Overpass, online: small areas", "helsinki.osm.pbf"]
    assert not [text for text in saw["sources"] if "Sample" in text]
    assert saw["places"][0] == "Senaatintori, square"
    west, east, south, north = (float(part) for part in saw["extent"].split(" ")[0].split(","))
    assert west < 24.9522 < east
    assert south < 60.1695 < north
    assert saw["styles"][:2] == ["default", "blueprint"]
    chosen = saw["parameters"]
    assert (chosen["STYLE"], chosen["TITLE"]) == ("blueprint", "Helsinki")
    formats = chosen["FORMATS"].split(",")
    assert formats[0] == "svg"
    assert len(formats) == 2
    assert min(saw["preview"]) > 80
    # What makes a difference to SVG and CorelDRAW, and nothing else.
    assert {"merge_buildings", "text", "pois"} <= set(saw["options"])
    assert not {"hoop", "cad_layers", "min_zoom"} & set(saw["options"])
    assert json.loads(chosen["OPTIONS"]) == {"merge_buildings": True}
    assert (chosen["SUBTITLE"], chosen["SHEET"]) == ("in May", "legend")
    assert chosen["OVERLAY"].endswith("my walk.geojson")
    assert re.fullmatch(r"About [\d.]+ (kB|MB), \d+ s", saw["outlook"][0])
    assert saw["outlook"][1] == ""
    assert saw["favourites"][:2] == ["Favourites", "gpkg"]
    assert saw["favourites"][2] == formats
    assert re.fullmatch(r"helsinki_\w+\.\w+ is there already and stays: the new one gets a number\.", saw["guarded"])
    assert [name.split(".")[0] for name in saw["files"]] == sorted(f"helsinki_{name}" for name in formats)
    told, files, can_run = saw["cancelled"]
    assert (told, files, can_run) == ("Cancelled: nothing was written.", saw["files"], True)
    # The next session begins where this one ended, and so does who opens the project.
    assert '"STYLE": "blueprint"' in saw["remembered"]
    assert saw["in project"] == saw["remembered"]
    words = shlex.split(saw["command"])
    assert words[:4] == ["qgis_process", "run", "osm2cdr:exportarea", "--"]
    assert "--STYLE=blueprint" in words
    assert f"--EXTENT={saw['extent']}" in words
    nothing = {"toolbars": [], "menus": [], "entries": [], "icons": [], "provider": False, "messages": 0, "dialogs": 0}
    assert {key: saw["unloaded"][key] for key in nothing} == nothing
    assert saw["unloaded"]["bands"] == 0
