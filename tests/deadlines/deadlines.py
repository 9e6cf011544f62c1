"""Deadlines that nobody has typed."""

from datetime import datetime
from datetime import timezone
from slc.clicktracker.deadlines.deadline import Deadline
from slc.clicktracker.deadlines.deadlines import set_deadline

import transaction


LATER = datetime(2036, 3, 1, 17, 30, tzinfo=timezone.utc)


def deadline(moment=LATER, **terms):
    """Return one that is a time in UTC."""
    return Deadline(moment, moment.date(), "UTC", f"{moment:%H:%M}", **terms)


def give_deadline(content, moment=LATER, reason="for the vote", **terms):
    """Give content one, as is done where it was still to come."""
    set_deadline(content, deadline(moment, **terms), reason)
    transaction.commit()
