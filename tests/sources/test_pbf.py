"""What is read of PBF without a library: packed numbers of every size, fields, and ways found by their numbers."""

import random
import zlib

import numpy as np
import pytest

from osm2cdr.processing_provider.sources import inspection, pbf, whole_ways
from osm2cdr.processing_provider.sources.pbf_objects import signed


def packed(number):
    """A number as its format has it, seven bits a byte."""
    found = bytearray()
    while number > 127:
        found.append(number & 127 | 128)
        number >>= 7
    return bytes([*found, number])


def numbers(bits, count=500):
    """Numbers of at most so many bits, small ones as often as large ones; the least and the largest."""
    chance = random.Random(bits)
    return [0, (1 << bits) - 1, *(chance.getrandbits(chance.randint(1, bits)) for _ in range(count))]


@pytest.mark.parametrize("bits", [7, 14, 28, 49, 56, 57, 63, 64])
def test_packed_numbers_of_every_size(bits):
    values = numbers(bits)
    found = pbf.varints(b"".join(map(packed, values)))
    assert found.dtype == np.uint64
    assert found.tolist() == values
    assert pbf.varints(b"").tolist() == []
    few = [1 << 50, *(value & 0xFFFFFFF for value in values)]
    assert pbf.varints(b"".join(map(packed, few))).tolist() == few
    # What is cut off is no number.
    assert pbf.varints(packed(300) + packed(1 << 20)[:-1]).tolist() == [300]


def test_steps_are_told_by_their_last_bit():
    values = numbers(64)
    assert pbf.sint64s(np.array(values, np.uint64)).tolist() == [signed(value) for value in values]
    assert pbf.deltas(b"".join(map(packed, [2, 4, 1, 600]))).tolist() == [1, 3, 2, 302]


def test_fields_of_every_kind():
    message = packed(1 << 3) + packed(300) + packed(2 << 3 | 2) + packed(2) + b"ab" + packed(3 << 3 | 1) + bytes(8)
    message += packed(4 << 3 | 5) + bytes(4) + packed(200 << 3 | 2) + packed(150) + bytes(150)
    assert list(pbf.fields(message)) == [(1, 300), (2, b"ab"), (3, bytes(8)), (4, bytes(4)), (200, bytes(150))]
    with pytest.raises(ValueError, match="wire type 3"):
        list(pbf.fields(packed(1 << 3 | 3)))
    with pytest.raises(IndexError):
        list(pbf.fields(packed(1 << 3) + b"\x80"))


def way(number, first=True):
    """A group's entry for a way: its number before or behind its tags."""
    said = [packed(1 << 3) + packed(number), packed(2 << 3 | 2) + packed(2) + b"\x08\x08"]
    message = b"".join(said if first else reversed(said))
    return packed(3 << 3 | 2) + packed(len(message)) + message


def test_a_group_is_walked_through_as_far_as_ways_may_be_in_it():
    group = b"".join([way(5), way(900), way(1 << 40, first=False), way(7)])
    starts = {number: start for number, start, _ in whole_ways._numbered(group)}
    assert list(starts) == [5, 900, 1 << 40, 7]
    for wanted in ([5], [900], [1 << 40], [5, 7], [3, 900, 10**12]):
        there = [starts[number] for number in wanted if number in starts]
        final = whole_ways._last(group, np.array(wanted, np.int64))
        assert final >= max(there)
        assert [number for number, start in starts.items() if start > final] in (
            [],
            [7],
            [900, 1 << 40, 7],
            [1 << 40, 7],
        )
    assert whole_ways._last(group, np.array([6, 901], np.int64)) == -1
    assert whole_ways._last(group, np.array([], np.int64)) == -1
    # Those that are too long for a look are looked for everywhere.
    assert (
        whole_ways._last(group, np.array([-4, 5], np.int64))
        == whole_ways._last(group, np.array([1 << 60]))
        == len(group)
    )


def block(*groups, texts=b"", behind=b""):
    """A block with such groups; texts before them are of no use, but there."""
    said = packed(1 << 3 | 2) + packed(len(texts)) + texts
    return said + b"".join(packed(2 << 3 | 2) + packed(len(group)) + group for group in groups) + behind


SORTED = packed(5 << 3 | 2) + packed(17) + b"Sort.Type_then_ID"


def made(path, *blocks, says=b""):
    """A file of such blocks, with what its header says."""
    found = b""
    for kind, data in [(b"OSMHeader", says), *((b"OSMData", one) for one in blocks)]:
        squeezed = zlib.compress(data)
        blob = packed(2 << 3) + packed(len(data)) + packed(3 << 3 | 2) + packed(len(squeezed)) + squeezed
        head = packed(1 << 3 | 2) + packed(len(kind)) + kind + packed(3 << 3) + packed(len(blob))
        found += len(head).to_bytes(4, "big") + head + blob
    path.write_bytes(found)
    return path


NODES = packed(2 << 3 | 2) + packed(6) + packed(1 << 3 | 2) + packed(1) + packed(2) + packed(8 << 3 | 2) + packed(0)
RELATIONS = packed(4 << 3 | 2) + packed(2) + packed(1 << 3) + packed(1)


def ways_of(path, *wanted):
    with path.open("rb") as file:
        return sorted(whole_ways._Pbf(file).ways(np.array(sorted(wanted), np.int64)))


def test_ways_are_found_in_whatever_order_their_blocks_are(tmp_path):
    texts = bytes(random.Random(1).randbytes(500))
    one, other, last = (block(*map(way, ids), texts=texts) for ids in ((1, 3, 5), (7, 900, 901), (1000, 1 << 40)))
    mixed, late = block(way(8) + way(2), texts=texts), block(way(902, first=False) + way(903), texts=texts)
    ends = block(NODES), block(RELATIONS)
    for path, all_of_it in (
        # The last ways stand before a block of relations alone.
        (made(tmp_path / "sorted", ends[0], one, other, last, ends[1]), [3, 900, 1000, 1 << 40]),
        (made(tmp_path / "said", ends[0], one, other, last, ends[1], says=SORTED), [1000, 3, 900, 1 << 40]),
        (made(tmp_path / "mixed", ends[0], block(way(1), way(3)), other, block(way(1000), RELATIONS)), [3, 900, 1000]),
        (made(tmp_path / "turned", ends[0], last, other, one, ends[1]), [3, 900, 1000, 1 << 40]),
        (made(tmp_path / "inside", ends[0], one, mixed, last, ends[1]), [8, 2, 3, 1000]),
        (made(tmp_path / "late", ends[0], one, late, last, ends[1]), [3, 902, 903, 1000]),
        (made(tmp_path / "without", ends[0], ends[1]), []),
    ):
        assert ways_of(path, *all_of_it, 4, 999) == sorted(all_of_it), path.name
        assert ways_of(path, *all_of_it[:1]) == all_of_it[:1], path.name


def test_the_order_of_a_file_is_learned_without_unpacking_its_ways(tmp_path):
    texts = bytes(random.Random(1).randbytes(500))
    ways, relations = block(*map(way, (1, 3, 5)), texts=texts), block(RELATIONS, texts=texts)
    behind = packed(17 << 3) + packed(100)
    for blocks, faults in (
        ((block(NODES), ways, relations), set()),
        ((block(NODES), block(way(1), texts=texts, behind=behind), relations), set()),
        ((block(NODES), relations, ways), {"order"}),
        ((ways, block(NODES)), {"order"}),
        # Several groups in a block, in order and not.
        ((block(NODES, way(1)), block(way(2), RELATIONS)), set()),
        ((block(NODES), block(RELATIONS, way(2), texts=texts)), {"order"}),
        ((block(NODES), block(way(1), texts=texts), block(way(2), NODES, texts=texts)), {"order"}),
    ):
        found = inspection.look(made(tmp_path / "made.osm.pbf", *blocks), lambda done: None)
        assert found.faults & {"order", "plain"} == faults
