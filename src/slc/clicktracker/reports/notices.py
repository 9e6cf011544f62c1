"""What somebody has to know to understand a report."""

from collections.abc import Iterator
from slc.clicktracker import _
from slc.clicktracker.reports.explanation import notice_of_untracked
from slc.clicktracker.reports.report import Report
from slc.clicktracker.tracking.choice import is_working_copy
from slc.clicktracker.tracking.choice import tracking_of
from typing import Any
from zope.i18nmessageid import Message


OF_DELETED = _(
    "This document is deleted. Title and address are the last recorded ones. "
    "Nobody knows any more who was expected to read it. Versions are compared "
    "with the last one that anybody received."
)


def notices_of(
    content: Any, report: Report | None, has_records: bool
) -> Iterator[Message]:
    """Yield what is to be said above the report of content, None where there is a problem;
    ``has_records``: was anything recorded, as far as can be told?"""
    if not tracking_of(content).tracked:
        yield notice_of_untracked(has_records, is_working_copy(content))
    if report is not None and report.tabs and report.place.hides_translations:
        yield _(
            "There are translations whose readers you may not see. These readers "
            "are not listed, but they don't count as missing."
        )
