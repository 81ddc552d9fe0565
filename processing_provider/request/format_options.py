"""The options of some formats alone, in one table: what `options` holds."""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from .option import Option

# Names of artwork as they suit each format.
AUTO_TEXT = "auto"
# What the zooms of tiles can be.
_ZOOMS = range(21)
# Width and height of what machines reach, in mm.
BEDS = ("any", "200x200", "300x200", "300x300", "400x400", "600x400", "900x600", "1300x900")
# The longest side of a model on the bed of a printer, in mm.
LIFE_SIZE = "none"
PRINT_SIZES = (LIFE_SIZE, "100", "150", "200", "250", "300", "400", "500", "600", "800", "1000")
# Width and depth of beds of printers, thickness of the plate under a model, the thinnest wall, in mm.
PRINT_BEDS = ("any", "120x120", "180x180", "220x220", "250x210", "256x256", "300x300", "350x350")
BASES = ("2", "0", "1", "1.5", "3", "4", "5")
WALLS = ("0.8", "0", "0.4", "0.6", "1", "1.2", "1.6", "2")
_PRINTED = "stl+print_size 3mf+print_size scad+print_size stl+print_bed 3mf+print_bed scad+print_bed"
HOOPS = ("130x180", "100x100", "160x260", "200x300", "360x200")
# Options of some formats alone, what `options` holds: each is one of its choices, the first by itself.
FORMAT_OPTIONS: tuple[Option, ...] = (
    Option(
        "merge_buildings", "flag", "more", "Join houses that touch", "Joins houses that touch.", False, "drawings"
    ),
    Option(
        "roads", "word", "more", "Roads as", "Roads as lines, or as areas (outlines).", "lines",
        "drawings", choices=lambda: ("lines", "outlines"),
    ),
    Option("fonts", "flag", "more", "Zip with the fonts", "Makes a zip with the fonts.", False, "drawings"),
    Option(
        "embed_fonts", "flag", "more", "Letters inside the SVG",
        "Puts the letters that are used into the SVG, so that browsers show names rightly without the fonts; programs "
        "for drawing want them installed.", False, "svg svg_layers svgz",
    ),
    Option(
        "swatches", "flag", "more", "Named colours",
        "Names the colours of PDF, Illustrator and PostScript files by the style.", False,
        "pdf geopdf pdf_a pdf_cmyk ai eps ps",
    ),
    Option(
        "bleed", "word", "more", "Bleed, mm",
        "Millimetres round the page that are trimmed off: the map's edge goes on, mirrored.", "3", "pdf_cmyk",
        choices=lambda: ("3", "0", "1", "2", "4", "5", "10"),
    ),
    Option("crop_marks", "flag", "more", "Crop marks", "Marks where the page is to be trimmed.", False, "pdf_cmyk"),
    Option(
        "spreadsheet_safe", "flag", "more", "Safe for spreadsheets",
        "Puts an apostrophe before texts of CSV files that a spreadsheet would run as formulas.", False,
        "csv_wkt csv_xy",
    ),
    Option(
        "quality", "word", "more", "Quality of images",
        "Makes images that lose something smaller, or better and larger.", "standard",
        "jpg webp avif jpg_wld garmin_kmz kmz_overlay", choices=lambda: ("standard", "small", "best"),
    ),
    Option(
        "cad_layers", "word", "more", "Names of CAD layers",
        "What CAD layers are called: by the US National CAD Standard (V-BLDG-OTLN-E), in plain words (Buildings), or "
        "by ISO 13567 (G-BLDGOTE-E).", "ncs", "cad_data -landxml", choices=lambda: ("ncs", "human", "iso13567"),
    ),
    Option(
        "quantization", "word", "more", "Grid of TopoJSON",
        "Grid of TopoJSON: data, as fine as the data, or steps along each side of the map.", "data", "topojson",
        choices=lambda: ("data", "1e6", "1e5", "1e4"),
    ),
    Option(
        "empty_tables", "flag", "more", "Keep empty tables",
        "Keeps tables that hold nothing.", False, "tables csv_xy -gpx -leaflet"
    ),
    Option(
        "web_map", "flag", "more", "Page with the map",
        "Makes a zip of the vector tiles with a MapLibre style, its glyphs and icons, and a page that shows the map "
        "without a server; a folder of tiles always has them.", False, "mbtiles pmtiles",
    ),
    Option(
        "min_zoom", "whole", "more", "Lowest zoom", "Lowest zoom of tiles; 0 what suits the area.", 0,
        "vector_tiles painted_tiles", choices=lambda: _ZOOMS,
    ),
    Option(
        "max_zoom", "whole", "more", "Highest zoom", "Highest zoom of tiles; 0 what suits the detail level.", 0,
        "vector_tiles painted_tiles", choices=lambda: _ZOOMS,
    ),
    Option(
        "tile_size", "whole", "more", "Pixels of a tile",
        "Pixels along a side of painted tiles: 512 makes a quarter as many, for screens of fine pixels.", 256,
        "painted_tiles", choices=lambda: (256, 512),
    ),
    Option(
        "drive_side", "word", "more", "Traffic keeps",
        "Side of the road that traffic keeps to; auto as roundabouts of the data go round, else as the country has it.",
        "auto", "sumo opendrive lanelet2 polish_mp garmin_img", choices=lambda: ("auto", "left", "right"),
    ),
    Option(
        "code_page", "word", "more", "Code page",
        "Letters of the names of a Garmin map: auto is the code page that has most of them; unicode has all, for newer "
        "devices and BaseCamp.", "auto", "polish_mp garmin_img",
        choices=lambda: ("auto", "unicode", *(str(1250 + page) for page in range(9))),
    ),
    Option(
        "transparent", "flag", "more", "Without the ground",
        "Leaves the ground out of a Garmin map, so that it lies over another one.", False, "polish_mp garmin_img",
    ),
    Option(
        "surroundings", "flag", "more", "Surroundings of houses",
        "Adds ground, water, green, streets, rails, bridges, walls and trees to 3D models, each a layer of its own; "
        "there is no relief.", False, "obj glb gltf dae 3mf x3d wrl usdz fbx scad threejs 3dtiles dxf_3d 3dm",
    ),
    Option(
        "print_size", "word", "more", "Size printed, mm",
        "Scales a 3D model for a printer, in millimetres along its longest side, standing on the bed; none keeps it "
        "as large as life, in metres.", PRINT_SIZES[0], "stl 3mf scad", choices=lambda: PRINT_SIZES,
    ),
    Option(
        "print_bed", "word", "more", "Printer's bed, mm",
        "Bed of the printer in millimetres: a larger model comes in tiles, a zip; without print_size it is as large as "
        "the bed.", PRINT_BEDS[0], "stl 3mf scad", choices=lambda: PRINT_BEDS,
    ),
    Option(
        "base", "word", "more", "Base plate, mm",
        "Thickness of the plate under a printed model, in millimetres; 0 leaves it out.", BASES[0], _PRINTED,
        choices=lambda: BASES,
    ),
    Option(
        "minimum_wall", "word", "more", "Thinnest wall, mm",
        "Thinnest wall of a printed model, in millimetres: thinner parts are widened, lowered or left out, and "
        "counted; 0 keeps them.", WALLS[0], _PRINTED, choices=lambda: WALLS,
    ),
    Option(
        "stroke_names", "flag", "more", "Names in single strokes",
        "Draws the names of streets, places and waters, with letters of one stroke, for plotters, lasers and needles.",
        False, "toolpaths",
    ),
    Option(
        "hatch", "word", "more", "Hatching, mm",
        "Fills water and green with lines so many millimetres apart; auto is none for cutters and plotters, 0.5 for "
        "embroidery.", "auto", "toolpaths", choices=lambda: ("auto", "none", "0.5", "1", "2"),
    ),
    Option(
        "bed", "word", "more", "Machine's bed, mm",
        "Refuses a map that is larger than the machine's bed, in millimetres; any checks nothing.", "any",
        "hpgl gcode svg_laser dxf_laser lbrn2", choices=lambda: BEDS,
    ),
    Option(
        "hoop", "word", "more", "Hoop, mm", "Hoop that embroidery is made to fit, in millimetres.", HOOPS[0], "dst pes",
        choices=lambda: HOOPS,
    ),
    Option(
        "tool", "word", "more", "Tool", "What G-code moves: a laser (M4, power), or a pen that is lifted (Z).", "laser",
        "gcode", choices=lambda: ("laser", "pen"),
    ),
    Option(
        "feed", "whole", "more", "Speed, mm a minute",
        "Speed of G-code while it draws, in millimetres a minute.", 1000, "gcode",
        choices=lambda: (1000, 200, 300, 500, 1500, 2000, 3000, 5000),
    ),
    Option(
        "power", "whole", "more", "Power, %",
        "Power of the laser of G-code where it cuts, in percent; scoring takes half, engraving a quarter of it.", 80,
        "gcode", choices=lambda: (80, 5, 10, 20, 30, 40, 50, 60, 70, 90, 100),
    ),
)  # fmt: skip
