"""What all screens say of what they show."""

from slc.clicktracker import _
from slc.clicktracker.words.times import timezone_name
from zope.i18nmessageid import Message


def all_times() -> Message:
    zone = {"zone": timezone_name()}
    return _("All times are in the time zone ${zone}.", mapping=zone)
