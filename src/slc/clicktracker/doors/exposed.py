"""Noting which variant of a split a page showed to a member."""

from slc.clicktracker.doors.asked_for import is_to_be_read
from slc.clicktracker.doors.out_of_the_way import complain
from slc.clicktracker.doors.out_of_the_way import out_of_the_way
from slc.clicktracker.doors.process import collector
from slc.clicktracker.doors.startup import tell_storage
from slc.clicktracker.interfaces import IContentIsIgnored
from slc.clicktracker.sites.goals import keeps_goals
from slc.clicktracker.sites.rules import spool_limit
from slc.clicktracker.sites.signals import has_objected
from slc.clicktracker.sites.storage import is_recording
from slc.clicktracker.storage.goals.plain import PlainExposure
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.model import utc_now
from zope.annotation.interfaces import IAnnotations
from zope.publisher.interfaces.browser import IBrowserRequest

import transaction


#: Where a request keeps the splits of which that is noted.
_NOTED = "slc.clicktracker.splits"


def note_exposed(
    request: IBrowserRequest, site: str, split: str, variant: str, who: tuple[str, str]
) -> None:
    """Have it noted what a page shows to ``who``, a user id and a user folder, once for each
    request and after it has committed: not for what ends in an error, nor where nobody looks
    at the page now. Raises nothing but a conflict."""
    noted = IAnnotations(request).setdefault(_NOTED, set())
    if split in noted or request.method == "HEAD":
        return
    with out_of_the_way():
        if (
            is_to_be_read(request.getHeader)
            and not IContentIsIgnored.providedBy(request)
            and not has_objected(request)
            and is_recording()
            and keeps_goals()
        ):
            noted.add(split)
            tell_storage()
            record = PlainExposure(split, variant, *who, microseconds(utc_now()))
            hook = transaction.get().addAfterCommitHook
            hook(_keep, (site, record, spool_limit()))


def _keep(is_committed: bool, site: str, record: PlainExposure, limit: int) -> None:
    if not is_committed:
        return
    try:
        process = collector()
        if process.is_alive:
            process.notes.add(site, record, limit)
        else:
            complain("the thread that stores is gone")
    except Exception as error:
        complain(error)
