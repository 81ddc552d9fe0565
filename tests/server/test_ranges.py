"""Parts of files, and marks of what a caller has already."""

import pytest

from osm2cdr.server.api.download import has_etag, wanted_range
from osm2cdr.server.api.errors import ApiError


@pytest.mark.parametrize(
    ("given", "part"),
    [("bytes=0-0", (0, 0)), ("bytes=90-", (90, 99)), ("bytes=-1", (99, 99)), ("bytes=0-99", (0, 99)),
     ("bytes=0-1000", (0, 99)), ("bytes=5-4", None), ("bytes=", None), (None, None), ("bytes=0-1,5-6", None)],
)  # fmt: skip
def test_a_part_of_a_hundred_bytes(given, part):
    assert wanted_range(given, 100) == part


@pytest.mark.parametrize("given", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_a_part_that_is_not_there(given):
    with pytest.raises(ApiError) as error:
        wanted_range(given, 100)
    assert error.value.status == 416


def test_a_weak_mark_is_the_same_only_where_that_is_enough():
    assert has_etag('W/"a", "b"', '"a"')
    assert not has_etag('W/"a"', '"a"', weakly=False)
    assert has_etag("*", '"a"', weakly=False)
    assert not has_etag(None, '"a"')
