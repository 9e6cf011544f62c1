"""What the dashboard's list can be narrowed to."""

from collections.abc import Callable
from dataclasses import dataclass
from slc.clicktracker import _
from slc.clicktracker.reports.dashboard.document_rows import Row
from slc.clicktracker.storage.acknowledgements.model import KINDS
from zope.i18nmessageid import Message


@dataclass(frozen=True)
class Filter:
    """A filter: its ``name`` in addresses, its ``title``, and what is said where nothing is
    left. ``fits`` says whether a row stays; None where levels of its readers have to be
    looked at, of which there have to be some of the filter's name."""

    name: str
    title: Message
    empty: Message
    fits: Callable[[Row], bool] | None = None

    @property
    def is_of_levels(self) -> bool:
        return self.name in KINDS


def _has_deadline(row: Row) -> bool:
    return row.deadline is not None


def _is_overdue(row: Row) -> bool:
    return row.is_overdue


def _asks_to_acknowledge(row: Row) -> bool:
    return row.deadline is not None and row.deadline.asks_to_acknowledge


FILTERS = (
    Filter(
        "deadline",
        _("With a deadline"),
        _("Nothing here has a deadline."),
        _has_deadline,
    ),
    Filter("overdue", _("Overdue"), _("Nothing here is overdue."), _is_overdue),
    Filter(
        "to_acknowledge",
        _("To be acknowledged by a deadline"),
        _("Nothing here has to be acknowledged by a deadline."),
        _asks_to_acknowledge,
    ),
    Filter(
        "acknowledged",
        _("Acknowledged by somebody"),
        _("Nobody is known to have acknowledged anything here."),
    ),
    Filter(
        "attested",
        _("Attested for somebody"),
        _("Nobody has vouched for readers of anything here."),
    ),
)
