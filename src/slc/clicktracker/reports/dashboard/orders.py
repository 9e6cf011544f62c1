"""What the dashboard's list can be sorted by."""

from collections.abc import Callable
from collections.abc import Iterable
from dataclasses import dataclass
from slc.clicktracker import _
from slc.clicktracker.reports.dashboard.document_rows import Row
from slc.clicktracker.storage.folding import folded
from typing import Any
from zope.i18nmessageid import Message


@dataclass(frozen=True)
class Order:
    """What the list can be sorted by; ``needs`` the name of the ``DashboardFigures`` that
    the storage has to know for that, "" for none. ``column`` is that of the table, and
    ``sorted`` what is said of it."""

    name: str
    title: Message
    key: Callable[[Row], Any]
    column: str
    sorted: str = "ascending"
    needs: str = "progress"


#: Ties are broken by title, then by path. What has no figure comes last. The first one
#: that the storage knows enough for is the usual one: what needs attention.
ORDERS = (
    Order("behind", _("Lowest share first"), lambda row: row.by_need, "share"),
    Order(
        "far",
        _("Highest share first"),
        lambda row: _descending(row.by_share),
        "share",
        "descending",
    ),
    Order(
        "changed",
        _("Last changed"),
        lambda row: -_changed(row),
        "changed",
        "descending",
        "",
    ),
    Order(
        "deadline",
        _("Soonest deadline first"),
        lambda row: row.by_deadline,
        "deadline",
    ),
    Order("title", _("Title"), lambda row: 0, "title", needs=""),
    Order(
        "most",
        _("Most opened"),
        lambda row: _descending(row.by_times),
        "times",
        "descending",
        "activity",
    ),
    Order(
        "least",
        _("Least opened"),
        lambda row: row.by_times,
        "times",
        needs="activity",
    ),
)


def _descending(key: tuple[bool, float]) -> tuple[bool, float]:
    is_last, value = key
    return is_last, -value


def sorted_by_title(by_path: Iterable[Row]) -> list[Row]:
    return sorted(by_path, key=lambda row: folded(row.title))


def sorted_by(by_title: Iterable[Row], order: Order) -> list[Row]:
    return sorted(by_title, key=order.key)


def _changed(row: Row) -> float:
    return row.document.item.known("modified").timeTime()
