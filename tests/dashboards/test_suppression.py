"""Fewer than five is never shown, nor what would give it away."""

from hypothesis import given
from hypothesis import strategies as st

from dashboards.suppression import hidden, is_small

COUNTS = st.lists(st.one_of(st.none(), st.integers(min_value=0, max_value=60)), max_size=14)


def test_small_counts_are_hidden_and_nought_is_small():
    assert [is_small(count) for count in (None, 0, 4, 5, 60)] == [False, True, True, False, False]


def test_a_single_hidden_count_takes_the_smallest_shown_one_with_it():
    assert hidden([20, 3, 9, 40]) == [False, True, True, False]


def test_nothing_is_hidden_where_nothing_is_small():
    assert hidden([20, 9, None, 40]) == [False, False, False, False]


@given(COUNTS)
def test_no_hidden_count_can_be_worked_out_from_the_total(counts):
    hide = hidden(counts)
    behind = [count for count, is_hidden in zip(counts, hide, strict=True) if is_hidden]
    shown = [count for count, is_hidden in zip(counts, hide, strict=True) if not is_hidden and count is not None]

    assert all(not is_small(count) for count in shown)
    if behind and shown:
        # What is left of the total when the shown ones are taken away belongs to at least two places and is not small.
        assert len(behind) >= 2
        assert sum(behind) >= 5
