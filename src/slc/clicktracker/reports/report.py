"""What is known of the readers of content, whatever shows it."""

from collections.abc import Callable
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from slc.clicktracker.audience.audience import Audience
from slc.clicktracker.audience.audiences import Audiences
from slc.clicktracker.audience.editors import editors_among
from slc.clicktracker.deadlines.deadline import Deadline
from slc.clicktracker.deadlines.deadline import LEAST
from slc.clicktracker.deadlines.deadlines import deadline_of
from slc.clicktracker.interfaces import IAudienceProgress
from slc.clicktracker.reports.excused import excused_page
from slc.clicktracker.reports.figures import figures_of_document
from slc.clicktracker.reports.figures import figures_without_audience
from slc.clicktracker.reports.figures import Page
from slc.clicktracker.reports.figures import ReportFigures
from slc.clicktracker.reports.place import Place
from slc.clicktracker.reports.readers import absent_of
from slc.clicktracker.reports.readers import each_reading_of
from slc.clicktracker.reports.readers import knows_evidence
from slc.clicktracker.reports.readers import missing_among
from slc.clicktracker.reports.readers import readings_of
from slc.clicktracker.reports.tabs import ABSENT
from slc.clicktracker.reports.tabs import EXCUSED
from slc.clicktracker.reports.tabs import OLDER
from slc.clicktracker.reports.tabs import READ
from slc.clicktracker.reports.tabs import Tab
from slc.clicktracker.reports.tabs import tab_of
from slc.clicktracker.reports.tabs import TABS
from slc.clicktracker.sites.storage import storage_with
from slc.clicktracker.storage.absence import AbsenceQuery
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Reading
from slc.clicktracker.storage.model import ReadingPage
from slc.clicktracker.storage.model import ReadingQuery
from slc.clicktracker.storage.progress import Who
from slc.clicktracker.storage.progress import who
from slc.clicktracker.tracking.choice import sends_away
from slc.clicktracker.tracking.choice import tracking_of


#: Items of a folder of which a chart is made: the readings of more take seconds to count.
MOST_CHARTED = 200


def report_of(place: Place) -> "Report":
    """Return the report of content that is there, of the kind that it needs.

    Raises ``StorageError``, as the storage decides about the kind, too.
    """
    knows = knows_evidence()
    # Nobody is expected to read what sends its readers away.
    if knows and place.is_single and not sends_away(place.content):
        return DocumentReport(place, knows)
    return Report(place, knows)


class Report:
    """The readers of everything in a place, who are in one list: those of a folder, say.

    ``knows_evidence`` tells whether the storage knows more than who opened what, when and
    how often. Whatever asks the storage raises ``problems.PROBLEMS``.
    """

    #: The lists that the report is divided into, none where everybody is in one.
    tabs: tuple[Tab, ...] = ()

    #: Who is expected to read this, None where that is not asked: each item in a folder
    #: has its own audience.
    audience: Audience | None = None

    #: The texts that count as the current one, as in a ``ReadingQuery``.
    current: tuple[str, ...] = ()

    #: By when it has to be read, None where there is no deadline, or not one for all of it.
    deadline: Deadline | None = None

    #: Those of the audience who can view it now and are not known to have read it as far as
    #: the deadline asks for, by name; None where there is none, or where nobody can tell.
    missing: tuple[Reader, ...] | None = None

    def __init__(self, place: Place, knows_evidence: bool) -> None:
        self.place = place
        self.knows_evidence = knows_evidence

    @cached_property
    def left_out(self) -> tuple[Reader, ...]:
        """Who is listed, but not counted as a reader: whoever works on it."""
        audience = self.audience or self._audiences.of(self.place.content)
        uids = (self.place.uid, *self.place.translations)
        contents = map(self.place.content_of, uids)
        there = (content for content in contents if content is not None)
        return editors_among(there, self._audiences.members, audience.members)

    @cached_property
    def _audiences(self) -> Audiences:
        return Audiences()

    @property
    def is_tracked(self) -> bool:
        """Are reads recorded now?"""
        return tracking_of(self.place.content).tracked

    @property
    def can_be_missing(self) -> bool:
        """Is there a deadline, and does the storage know who has not met it?"""
        return self.deadline is not None and storage_with(IAudienceProgress) is not None

    @cached_property
    def overdue(self) -> frozenset[Who] | None:
        """Who is ``missing`` after the deadline, None where that can't be told."""
        if not self.can_be_missing:
            return None
        is_over = self.deadline.has_passed()
        return frozenset(map(who, self.missing)) if is_over else frozenset()

    @property
    def is_too_large_for_chart(self) -> bool:
        """Is there more in it than a chart is made of?"""
        return len(self.place.uids) > MOST_CHARTED

    #: The list that those are in who are missing.
    tab_of_missing: Tab = READ

    def tab_of(self, name: object) -> Tab:
        """Return the list with a name, the first one for a name that there isn't."""
        return READ

    def page(self, tab: Tab, query: ReadingQuery, only_missing: bool = False) -> Page:
        """Return a page of a list, with ``only_missing`` of those who are."""
        query = self._completed(tab, query)
        if not only_missing:
            return readings_of(self.place, query)
        if not self.missing:
            return ReadingPage((), 0, 0)
        return readings_of(self.place, self._of_missing(query))

    def each_reading(
        self, tab: Tab, query: ReadingQuery, only_missing: bool = False
    ) -> Iterator[Reading]:
        """Yield all in a list of readings, in constant memory; to be exhausted or
        closed."""
        query = self._completed(tab, query)
        if not only_missing:
            yield from each_reading_of(self.place, query)
        elif self.missing:
            yield from each_reading_of(self.place, self._of_missing(query))

    def _of_missing(self, query: ReadingQuery) -> ReadingQuery:
        # An account from before that had the id of one who is missing is somebody else.
        return replace(query, readers=self.missing, present=True)

    def _completed(self, tab: Tab, query: ReadingQuery) -> ReadingQuery:
        return replace(query, current=self.current, left_out=self.left_out)

    def figures(self, few_of: Callable[[Tab], Page], with_chart: bool) -> ReportFigures:
        """Return the figures that stand around a list.

        ``few_of`` returns how many there are behind a tab, with those who are there
        where they are few.
        """
        return figures_without_audience(self.place, self.left_out, with_chart)


class DocumentReport(Report):
    """The readers of one document, beside those who are expected to read it."""

    tabs = TABS

    @cached_property
    def audience(self) -> Audience:
        # The very tuples of earlier requests, of which a storage knows the places of readers.
        return self._audiences.of(self.place.content)

    @cached_property
    def current(self) -> tuple[str, ...]:
        return self.place.standing.current

    #: It is one item, with its translations.
    is_too_large_for_chart = False

    @cached_property
    def deadline(self) -> Deadline | None:
        return deadline_of(self.place.content)

    @cached_property
    def missing(self) -> tuple[Reader, ...] | None:
        if self.deadline is None:
            return None
        members, asks_for = self.audience.able, self.deadline.level
        return missing_among(self.place, self.current, members, asks_for)

    def tab_of(self, name: object) -> Tab:
        return tab_of(name)

    def page(self, tab: Tab, query: ReadingQuery, only_missing: bool = False) -> Page:
        if tab is EXCUSED:
            return excused_page(self.audience, query)
        if tab is ABSENT:
            expected = self.missing if only_missing else self.audience.members
            cut = query.search, query.start, query.size
            return absent_of(self.place, AbsenceQuery((), expected, *cut))
        return super().page(tab, query, only_missing)

    def _completed(self, tab: Tab, query: ReadingQuery) -> ReadingQuery:
        standing = "older" if tab is OLDER else "current"
        return replace(super()._completed(tab, query), standing=standing)

    def figures(self, few_of: Callable[[Tab], Page], with_chart: bool) -> ReportFigures:
        return figures_of_document(
            self.place,
            self.audience,
            self.current,
            self.left_out,
            few_of,
            self.deadline.level if self.deadline else LEAST,
        )

    @property
    def tab_of_missing(self) -> Tab:
        """The list with those who are not known to have read what counts: "Older version"
        where nobody is without any version, "Read" where all have read it, but not all as
        far as is asked for."""
        number = ReadingQuery((), size=0)
        if self.page(ABSENT, number).total:
            return ABSENT
        if self.page(OLDER, number).total:
            return OLDER
        return READ if self.missing else ABSENT


class DeletedReport(Report):
    """The readers of a document that is deleted: who was expected to read it is not
    asked, as those rules ended with it."""

    #: Nobody works on it any more.
    left_out: tuple[Reader, ...] = ()

    is_tracked = False

    @cached_property
    def current(self) -> tuple[str, ...]:
        """What versions are compared with: what anybody got last."""
        return self.place.standing.current
