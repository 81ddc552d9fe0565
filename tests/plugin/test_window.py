"""The plugin in a real QGIS window on a display of its own, installed from its zip as a person does it."""

import re

import pytest


def test_a_person_exports_adds_cancels_loads_styles_and_unloads(window):
    saw = window("english")
    # QGIS may complain of its own plugins' missing libraries.
    assert not [text for text in saw["complaints"] if "osm2cdr" in text]
    entries = [
        "Apply map style…", "Export OpenStreetMap area…", "Export OpenStreetMap map…", "Export a print layout…",
        "Export the canvas…",
        # In the project's menu.
        "Import OpenStreetMap as layers…", "Load OpenStreetMap data…",
        # In the menu, and in QGIS's own of panels.
        "OpenStreetMap map", "OpenStreetMap map",
    ]  # fmt: skip
    loaded = saw["loaded"]
    assert (loaded["toolbars"], loaded["menus"], loaded["provider"]) == (["osm2cdrToolbar"], ["osm2cdr"], True)
    assert (sorted(loaded["entries"]), loaded["icons"]) == (entries, [True] * 6)
    # The dialog, with what the canvas shows: the box, and what its shape adds at the sides.
    assert saw["dialog"]["title"] == "Export OpenStreetMap area"
    extents = [text for text in saw["dialog"]["edits"] if "[EPSG:4326]" in text]
    assert len(extents) == 1
    assert [float(part) for part in extents[0].split(" ")[0].split(",")] == pytest.approx(saw["canvas"], abs=1e-6)
    west, east, south, north = saw["canvas"]
    assert west <= 24.9368 < 24.9516 <= east
    assert (south, north) == pytest.approx((60.1652, 60.1775), abs=1e-6)
    # In the background: the window's loop went on.
    beats = [beat for beat in saw["beats"] if beat is not None]
    assert len(beats) > 10
    assert max(later - beat for beat, later in zip(beats, beats[1:])) < 3
    assert saw["files"] == ["helsinki_geotiff.tif", "helsinki_gpkg.gpkg", "helsinki_svg.svg"]
    # What was made, with its size, is the last of the log, in place of QGIS's dictionary of results.
    log = max(saw["log"], key=len).rstrip().splitlines()
    assert sorted(line.partition(",")[0] for line in log[-4:-1]) == saw["files"]
    assert all(re.fullmatch(r".+, [\d.]+ (kB|MB)", line) for line in log[-4:-1])
    assert log[-1].endswith("maps")
    assert not [line for line in log if "'FEATURES'" in line or "'FILES'" in line]
    # Each file, and the folder; QGIS 3.40 adds links of its own.
    assert max(saw["links"]) >= 4
    # In the order of the list that they are chosen in.
    shown = [name for name in saw["menu"] if name in saw["files"]]
    assert shown == ["helsinki_svg.svg", "helsinki_geotiff.tif", "helsinki_gpkg.gpkg"]
    assert saw["menu"][-1].endswith("maps")
    added = saw["added"]
    assert set(added) == {"helsinki_gpkg", "helsinki_geotiff", "Sample"}
    layers = added["helsinki_gpkg"]
    assert layers.index("House numbers") < layers.index("Roads") < layers.index("Buildings") < layers.index("Land")
    # Names alone have nothing to draw.
    names = {"House numbers", "Places"} & set(layers)
    assert {saw["renderers"][name] for name in names} == {"nullSymbol"}
    assert {saw["renderers"][name] for name in set(layers) - names} == {"RuleRenderer"}
    assert len(saw["tasks"]) == 1
    assert saw["cancelled"]["files"] == []
    assert saw["cancelled"]["added"] == 0
    assert any("Cancelled: nothing was written." in page for page in saw["cancelled"]["log"])
    assert saw["toolbox"][0] == "one.geojson"
    assert saw["own layers"] == ["map_svg.svg"]
    # The canvas may have been made wider or narrower by then.
    shown = [text for text in saw["canvas dialog"]["edits"] if "[EPSG:4326]" in text]
    assert len(shown) == 1
    west, east, south, north = (float(part) for part in shown[0].split(" ")[0].split(","))
    assert [south, north] == pytest.approx(saw["canvas"][2:], abs=2e-3)
    assert west + east == pytest.approx(sum(saw["canvas"][:2]), abs=2e-3)
    tree = saw["tree"]["OpenStreetMap"]
    assert tree.index("House numbers") < tree.index("Roads") < tree.index("Buildings") < tree.index("Land")
    styled = max(saw["styled"], key=len).rstrip().splitlines()
    assert f"Layers styled: {len(tree)}." in styled
    assert re.fullmatch(r"data\.gpkg, [\d.]+ (kB|MB)", styled[-2])
    assert not [line for line in styled if "'STYLED'" in line]
    assert saw["dialog"]["too_wide"] == saw["unfolded"]["too_wide"] == saw["style"]["too_wide"] == []
    assert saw["fonts"]
    # The layout's own window: its menu, the dialog with the layout chosen, what it makes, and what stays of it.
    assert saw["layout entry"] == ["Export with osm2cdr…"]
    assert (saw["layout asked for"], saw["layout files"]) == ("Poster", ["Poster_svg.svg"])
    assert (saw["layout again"], saw["layout left"]) == (1, 0)
    nothing = {"toolbars": [], "menus": [], "entries": [], "icons": [], "provider": False, "messages": 0}
    assert saw["unloaded"] == {**nothing, "dialogs": 0, "fonts": loaded["fonts"]}


def test_the_window_is_russian_where_qgis_is(window):
    saw = window("russian", "ru", "dialog")
    dialog = saw["dialog"]
    assert dialog["title"] == "Экспорт области OpenStreetMap"
    ours = {"Охват", "Форматы", "Стиль карты", "Папка"}
    labels = {re.sub(r"<[^>]*>|\[.*?\]", "", label).strip() for label in dialog["labels"]}
    assert {word for word in ours if not any(label.startswith(word) for label in labels)} == set()
    # No parameter's name is left in English.
    assert not [label for label in labels if re.fullmatch(r"[A-Z][a-z]+( [a-z]+)+", label)], labels
    assert (dialog["too_wide"], saw["unfolded"]["too_wide"]) == ([], []), saw["unfolded"]["too_wide"]
    assert any("готовые карты" in page for page in dialog["pages"])
