"""What is doubtful about lines that are saved, as a notice above their field."""

from collections.abc import Iterable
from itertools import islice
from plone import api
from slc.clicktracker.browser.controlpanel.collector_box import Notice
from typing import Any
from zope.i18nmessageid import Message


#: More are said when these are mended.
_MOST = 5


def doubtful(doubts: Iterable[Message], request: Any) -> Notice | None:
    """Return the first of some doubts, each in a line of its own. None beside what was just
    typed: they are about what was saved before."""
    if request.method == "POST":
        return None
    lines = "\n".join(map(api.portal.translate, islice(doubts, _MOST)))
    return Notice("warning", lines) if lines else None
