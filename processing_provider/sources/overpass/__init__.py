"""OpenStreetMap data of an area from an Overpass server."""
