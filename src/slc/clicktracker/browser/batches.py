"""Pages of lists that the storage has cut."""

from plone.base.batch import Batch
from typing import Any


def batch_of(
    rows: list[Any], total: int, size: int, start: int, name: str = "b_start"
) -> Batch:
    """Return the batch whose rows from ``start`` on are here, of ``total`` in all.

    ``name`` is that of the parameter which says the start in addresses.
    """
    page = _PageOfRows(rows)
    page.actual_result_count = total
    return Batch(page, size, start, b_start_str=name)


class _PageOfRows(list):
    """The rows of one page; the batch asks how many there are in all."""

    actual_result_count = 0
