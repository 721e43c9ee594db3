"""Fewer than five pupils are never shown, nor what would give them away by subtraction. Pure functions.

Source: the county's own practice and the licence notes of the published tables (small numbers identify children).
"""

from collections.abc import Sequence

FEWEST = 5


def is_small(count: int | None) -> bool:
    """Whether a count is one we hide: fewer than five, nought included, for "nought" would tell the rest apart."""
    return count is not None and count < FEWEST


def hidden(counts: Sequence[int | None]) -> list[bool]:
    """Which counts of a list to hide when the list's total is shown beside it.

    Small ones are hidden; while the hidden ones could be worked out from the total (only one is hidden, or together
    they are fewer than five), the smallest shown one is hidden too. None (no figure) is neither hidden nor counted.
    """
    hide = [is_small(count) for count in counts]
    while any(hide) and _given_away(counts, hide):
        shown = [(count, place) for place, count in enumerate(counts) if count is not None and not hide[place]]
        if not shown:
            break
        hide[min(shown)[1]] = True
    return hide


def _given_away(counts: Sequence[int | None], hide: Sequence[bool]) -> bool:
    behind = [count or 0 for count, is_hidden in zip(counts, hide, strict=True) if is_hidden]
    return len(behind) < 2 or sum(behind) < FEWEST
