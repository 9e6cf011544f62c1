"""Since when a database keeps page views."""

from datetime import datetime
from slc.clicktracker.storage.relational.visits.transaction import VisitsTransaction
from slc.clicktracker.storage.visits.kept import Kept


def kept_since(transaction: VisitsTransaction, now: datetime) -> Kept:
    """Return since when page views of the site are kept, as known at this time."""
    moment = transaction.dialect.datetime
    for row in transaction.ask("kept"):
        found = (row.views_from, row.visits_from)
        return Kept(*(None if each is None else moment(each) for each in found)).until(
            now
        )
    return Kept()
