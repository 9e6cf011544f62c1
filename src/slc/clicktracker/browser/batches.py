"""Pages of lists that the storage has cut."""

from plone.base.batch import Batch
from typing import Any


def batch_of(rows: list[Any], total: int, size: int, start: int) -> Batch:
    """Return the batch whose rows from ``start`` on are here, of ``total`` in all."""
    page = _PageOfRows(rows)
    page.actual_result_count = total
    return Batch(page, size, start)


def last_start(total: int, size: int) -> int:
    """Return where the last page starts, for those who ask for one beyond it."""
    return max(total - 1, 0) // size * size


class _PageOfRows(list):
    """The rows of one page; the batch asks how many there are in all."""

    actual_result_count = 0
