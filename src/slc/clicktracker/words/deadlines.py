"""Deadlines on our screens: as they were said, in the language of the viewer."""

from datetime import datetime
from datetime import time
from plone import api
from slc.clicktracker import _
from slc.clicktracker.deadlines.deadline import Deadline
from slc.clicktracker.words.times import local_day


def deadline_text(deadline: Deadline) -> str:
    """Return day and time with the time zone in which they were said, which needn't be
    that of the viewer."""
    if not deadline.time:
        names = {"day": local_day(deadline.day), "zone": deadline.zone}
        return api.portal.translate(
            _("${day}, end of the day (${zone})", mapping=names)
        )
    said = datetime.combine(deadline.day, time.fromisoformat(deadline.time))
    text = api.portal.get_localized_time(said, long_format=True)
    return f"{text} ({deadline.zone})"
