"""``leads_to``: the other screens about a place that its dashboard leads to."""

from collections.abc import Iterator
from slc.clicktracker import _
from slc.clicktracker.mails.places import may_have_summary
from slc.clicktracker.tracking.allowed import may_see_readers
from typing import Any
from zope.i18nmessageid import Message


def leads_to(context: Any) -> Iterator[tuple[str, Message]]:
    """Yield name and title of the other screens about the same, of which the current user may
    open each."""
    if may_see_readers(context):
        yield "who-read-this", _("Who read this")
    if may_have_summary(context):
        yield "clicktracker-mails", _("Reports by mail")
