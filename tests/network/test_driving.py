"""What streets are to traffic: speeds of tags and laws, lanes each way, users, the side of the road, town or not."""

import numpy as np
import pytest

from osm2cdr.processing_provider.network.driving import is_for_cars, kmh, lanes, users
from osm2cdr.processing_provider.network.model import Direction, Way
from osm2cdr.processing_provider.network.side import _LEFT, _RIGHT, _lies_in

pytestmark = pytest.mark.one_system("reckoned by ourselves")


def way(highway="residential", direction=Direction.BOTH, **tags):
    texts = dict.fromkeys(
        ("kind", "name", "spoken", "ref", "junction", "service", "surface", "access", "motor_vehicle"), ""
    )
    fields = {"speeds": (None, None), "lanes": None, "bridge": False, "tunnel": False, "layer": 0, **texts, **tags}
    return Way(id=1, highway=highway, direction=direction, **fields)


@pytest.mark.parametrize(
    ("highway", "limit", "town", "country"),
    [
        ("primary", "", 50, 90), ("motorway", "", 100, 120), ("primary", "DE:urban", 50, 50),
        ("primary", "DE:rural", 100, 100), ("primary", "RU:urban", 60, 60), ("primary", "XX:rural", 90, 90),
        ("motorway", "none", 130, 130), ("living_street", "walk", 7, 7), ("residential", "DE:zone:20", 20, 20),
        ("residential", "DE:zone30", 30, 30), ("primary", "signals", 50, 90), ("nothing", "XX:zone:x", 20, 30),
    ],
)  # fmt: skip
def test_speeds(highway, limit, town, country):
    street = way(highway, limit=limit)
    assert (kmh(street, False, True), kmh(street, True, False)) == (town, country)


def test_a_tag_goes_before_the_law():
    street = way(speeds=(30.0, 40.0), limit="DE:urban")
    assert (kmh(street, False, True), kmh(street, True, True)) == (30, 40)


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({}, (1, 1)), ({"lanes": 1}, (1, 1)), ({"lanes": 3}, (2, 1)), ({"lanes": 4}, (2, 2)),
        ({"lanes": 3, "lanes_each": (1, 2)}, (1, 2)), ({"lanes": 3, "lanes_each": (None, 2)}, (1, 2)),
        ({"lanes": 3, "lanes_each": (2, None)}, (2, 1)), ({"direction": Direction.FORWARD}, (1, 0)),
        ({"direction": Direction.BACKWARD, "lanes": 3}, (0, 3)), ({"highway": "motorway"}, (2, 2)),
        ({"direction": Direction.FORWARD, "highway": "motorway", "lanes": 3}, (3, 0)), ({"lanes": 999}, (8, 8)),
    ],
)  # fmt: skip
def test_lanes(tags, expected):
    assert lanes(way(**tags)) == expected


def test_users():
    assert users(way()) == {"motor", "bus", "bicycle", "foot"}
    assert users(way("footway")) == {"foot"}
    assert users(way("footway", bicycle="yes")) == {"foot", "bicycle"}
    assert users(way(access="private")) == set()
    assert users(way(access="no", foot="yes")) == {"foot"}
    assert users(way(motor_vehicle="no")) == {"bicycle", "foot"}
    assert users(way("track", motor_vehicle="permissive")) == {"motor", "bus", "bicycle", "foot"}
    assert users(way("busway")) == {"bus"}
    assert [is_for_cars(way(kind)) for kind in ("service", "busway", "cycleway", "pedestrian", "track", "none")] == [
        True, True, False, False, False, True,
    ]  # fmt: skip
    assert is_for_cars(way(access="private"))


LEFT = {
    "London": (-0.12, 51.5), "Dublin": (-6.26, 53.35), "Valletta": (14.51, 35.9), "Nicosia": (33.36, 35.17),
    "Delhi": (77.2, 28.6), "Karachi": (67.0, 24.86), "Bangkok": (100.5, 13.75), "Singapore": (103.8, 1.35),
    "Jakarta": (106.8, -6.2), "Tokyo": (139.7, 35.7), "Hong Kong": (114.17, 22.3), "Sydney": (151.2, -33.87),
    "Auckland": (174.76, -36.85), "Cape Town": (18.42, -33.92), "Nairobi": (36.82, -1.29), "Kingston": (-76.8, 18.0),
    "Georgetown": (-58.16, 6.8), "Lusaka": (28.3, -15.4), "Kampala": (32.58, 0.32), "Dar es Salaam": (39.28, -6.8),
}  # fmt: skip
RIGHT = {
    "Berlin": (13.4, 52.5), "Paris": (2.35, 48.86), "Calais": (1.86, 50.95), "Brest": (-4.49, 48.39),
    "Moscow": (37.6, 55.75), "New York": (-74.0, 40.7), "Beijing": (116.4, 39.9), "Manila": (121.0, 14.6),
    "Hanoi": (105.85, 21.03), "Seoul": (127.0, 37.57), "Cairo": (31.2, 30.0), "Addis Ababa": (38.7, 9.0),
    "Kinshasa": (15.3, -4.3), "Luanda": (13.2, -8.8), "Caracas": (-66.9, 10.5), "Havana": (-82.4, 23.1),
    "Tehran": (51.4, 35.7), "Kabul": (69.2, 34.5), "Phnom Penh": (104.9, 11.56), "Yangon": (96.2, 16.8),
    "Kigali": (30.06, -1.94), "Lhasa": (91.1, 29.65), "Vladivostok": (131.9, 43.1), "Cayenne": (-52.3, 4.9),
    "Vientiane": (102.6, 17.97), "Lubumbashi": (27.5, -11.66), "Antananarivo": (47.5, -18.9),
}  # fmt: skip


def test_the_side_of_the_road_by_country():
    told = {name: _lies_in(*place, _LEFT) and not _lies_in(*place, _RIGHT) for name, place in {**LEFT, **RIGHT}.items()}
    wrong = [name for name, left in told.items() if left != (name in LEFT)]
    assert wrong == []
    assert np.array([*_LEFT, *_RIGHT]).shape[1] == 4
