"""What a legend calls the classes of a map, in the words of people who read maps; what is not here keeps its name.

By the layer where that is one thing, else by the class.
"""

# SPDX-License-Identifier: GPL-2.0-or-later
from __future__ import annotations

from ...text.sentence import say
from ..rendering.entries import OWN_DATA

LAYERS = {
    "Roads – Motorway": say("Motorways"),
    "Roads – Trunk": say("Trunk roads"),
    "Roads – Primary": say("Primary roads"),
    "Roads – Secondary": say("Secondary roads"),
    "Roads – Tertiary": say("Tertiary roads"),
    "Roads – Minor": say("Minor roads"),
    "Roads – Living streets": say("Living streets"),
    "Roads – Pedestrian": say("Pedestrian streets"),
    "Roads – Service": say("Service roads"),
    "Road tunnels": say("Road tunnels"),
    "Rail tunnels": say("Rail tunnels"),
    "Under construction": say("Under construction"),
    "Rows of trees": say("Rows of trees"),
    "Walls and fences": say("Walls and fences"),
    "Platforms, lines": say("Platforms"),
    "Piers, lines": say("Piers and dams"),
}
CLASSES = {
    "Countries": say("Country borders"),
    "Regions": say("Regional borders"),
    "Municipalities": say("Municipal borders"),
    "Districts": say("District borders"),
    "Cycleway": say("Cycleways"),
    "Path": say("Footpaths"),
    "Steps": say("Steps"),
    "Track": say("Tracks"),
    "Hedge": say("Hedges"),
    "Building": say("Buildings"),
    "Landmark": say("Landmarks"),
    "Bridge": say("Bridges"),
    "Apron": say("Aprons"),
    "Runway": say("Runways"),
    "Helipad": say("Helipads"),
    "Platform": say("Platforms"),
    "Plaza": say("Squares"),
    "Pier": say("Piers"),
    "Lake": say("Lakes and rivers"),
    "Pool": say("Pools"),
    "Sea": say("Sea"),
    "Rivers": say("Rivers"),
    "Streams": say("Streams"),
    "Beach": say("Beaches"),
    "Cemetery": say("Cemeteries"),
    "Farm": say("Farmland"),
    "Forest": say("Forest"),
    "Grass": say("Meadows"),
    "Glacier": say("Glaciers"),
    "Industrial": say("Industry and trade"),
    "Institution": say("Institutions"),
    "Marina": say("Marinas"),
    "Park": say("Parks"),
    "Parking": say("Car parks"),
    "Pitch": say("Pitches"),
    "Residential": say("Residential areas"),
    "Rock": say("Rock"),
    "Scrub": say("Scrub"),
    "Sport": say("Sports grounds"),
    "Substation": say("Substations"),
    "Wetland": say("Wetlands"),
    "Railways": say("Railways"),
    "Sidings": say("Sidings"),
    "Subways": say("Underground"),
    "Subway yards": say("Underground yards"),
    "Tramways": say("Tramways"),
    "Running tracks": say("Running tracks"),
    "Pipelines": say("Pipelines"),
    "Power lines": say("Power lines"),
    "Ropeways": say("Ropeways"),
    "Ferries": say("Ferries"),
    "Protected areas": say("Protected areas"),
    "Ends of lines": say("Ends of lines"),
    "Places": say("Settlements"),
    "Capitals": say("Capitals"),
    "Regional capitals": say("Regional capitals"),
    "Cities": say("Cities"),
    "Towns": say("Towns"),
    "Villages": say("Villages"),
    "Hamlets": say("Hamlets"),
    "Trees": say("Trees"),
    "Culture": say("Culture"),
    "Education": say("Schools and universities"),
    "Food": say("Food and drink"),
    "Government": say("Authorities"),
    "Health": say("Health"),
    "Leisure": say("Leisure"),
    "Lodging": say("Hotels"),
    "Nature": say("Nature and views"),
    "Religion": say("Places of worship"),
    "Service": say("Services"),
    "Shop": say("Shops"),
    "Transport": say("Stations and stops"),
}


def legend_word(layer: str, label: str) -> str:
    """The word for a class of a layer, as a sentence that can be translated."""
    if layer.startswith(OWN_DATA):
        return label
    return LAYERS.get(layer) or CLASSES.get(label) or label
