"""The rows of a list, as the viewer may see them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from slc.clicktracker.reports.statistics.statistics import Statistics
from slc.clicktracker.reports.statistics.statistics import StepFigures
from slc.clicktracker.reports.visitors.pages import Pages
from slc.clicktracker.reports.visitors.pages import ShownPage
from slc.clicktracker.reports.visitors.people import People
from slc.clicktracker.reports.visitors.people import Person
from slc.clicktracker.storage.visits.statistics import Share
from slc.clicktracker.storage.visits.statistics import VisitFigures
from slc.clicktracker.words.isolated import isolated
from zope.i18nmessageid import Message


#: Pages that are looked up in the catalog at once.
_AT_ONCE = 500

#: What nobody knows, in the words of who names browsers.
_OTHER = "Other"


@dataclass(frozen=True)
class Row:
    """One row: ``of`` has its figures. What it is says ``page``, ``person``, ``day``, which
    is the first one of a step of time, or else ``text``."""

    of: Share | VisitFigures
    page: ShownPage | None = None
    person: Person | None = None
    day: date | None = None
    text: Message | str = ""


def rows_of(found: Statistics, people: People) -> Iterator[Row]:
    """Yield the rows of the list that was asked for."""
    for start in range(0, len(found.rows), _AT_ONCE):
        shares = found.rows[start : start + _AT_ONCE]
        pages = Pages(each.page for each in shares if getattr(each, "page", None))
        for share in shares:
            yield _row(share, found, pages, people)


def _row(
    share: Share | StepFigures, found: Statistics, pages: Pages, people: People
) -> Row:
    if isinstance(share, StepFigures):
        label = found.asked.step.label(share.bar)
        return Row(share.figures, day=share.bar, text=label)
    if share.page is not None:
        return Row(share, page=pages.of(share.page))
    if share.reader is not None:
        account = share.reader, share.former, share.generation
        return Row(share, person=people.of_account(*account))
    if share.text in ("", _OTHER):
        return Row(share, text=found.asked.listed.nobody_knows)
    return Row(share, text=isolated(share.text))
