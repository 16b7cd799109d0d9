"""Near-duplicates collapsed into the first of them."""

from __future__ import annotations

import pytest

from indexer.search.collapse import CollapsedHits


@pytest.mark.parametrize("groups, leaders, sizes", [
    ([None, None, None, None], "abcd", [0, 0, 0, 0]),
    ([7, None, 7, 7], "ab", [2, 0]),
    ([1, 2, 1, 2], "ab", [1, 1]),
    ([None, 3, None, 4], "abcd", [0, 0, 0, 0]),
    ([], "abcd", None),
])
def test_the_first_of_a_group_stands_for_it(groups: list[int | None], leaders: str, sizes: list[int] | None) -> None:
    """In the order of the answer; each leader knows how many it stands for."""
    collapsed = CollapsedHits("abcd", groups)
    assert "".join(collapsed.leaders) == leaders
    if sizes is not None:
        assert [collapsed.duplicates(groups["abcd".index(each)]) for each in collapsed.leaders] == sizes


def test_pages_count_leaders() -> None:
    """No page shows a group twice, and none is lost."""
    collapsed = CollapsedHits(range(10), [None, 1, 1, None, 2, 2, 2, None, 1, None])
    assert [list(collapsed.page(number, 3)) for number in (1, 2, 3)] == [[0, 1, 3], [4, 7, 9], []]
