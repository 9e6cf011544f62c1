"""Messages for numbers out of bounds and texts that are too long, with the bounds."""

from slc.clicktracker import _
from slc.clicktracker.interfaces import IClickTrackerLayer
from typing import Any
from z3c.form.error import ComputedErrorViewMessage
from zope.i18nmessageid import Message
from zope.schema.interfaces import IText
from zope.schema.interfaces import TooBig
from zope.schema.interfaces import TooLong
from zope.schema.interfaces import TooSmall


def _too_big(adapter: Any) -> Message:
    largest = adapter.field.max
    return _("The largest number here is ${number}.", mapping={"number": largest})


def _too_small(adapter: Any) -> Message:
    smallest = adapter.field.min
    return _("The smallest number here is ${number}.", mapping={"number": smallest})


def _too_long(adapter: Any) -> Message:
    longest = adapter.field.max_length
    return _("Enter ${number} characters at most.", mapping={"number": longest})


#: Adapters for ZCML: z3c.form's own messages say no more than "too big".
too_big = ComputedErrorViewMessage(_too_big, error=TooBig, request=IClickTrackerLayer)
too_small = ComputedErrorViewMessage(
    _too_small, error=TooSmall, request=IClickTrackerLayer
)
too_long = ComputedErrorViewMessage(
    _too_long, error=TooLong, request=IClickTrackerLayer, field=IText
)
