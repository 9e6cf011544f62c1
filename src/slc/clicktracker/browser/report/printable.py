"""``@@who-read-this-print``: the list on a page to be printed and filed."""

from datetime import datetime
from functools import cached_property
from plone import api
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker import _
from slc.clicktracker.browser.report.matrix_table import MatrixTable
from slc.clicktracker.browser.report.report import WhoReadThis
from slc.clicktracker.browser.static_url import static_url
from slc.clicktracker.deadlines.deadlines import deadline_of
from slc.clicktracker.reports.columns import Cell
from slc.clicktracker.reports.head import EXPLAINED
from slc.clicktracker.reports.head import Fact
from slc.clicktracker.reports.head import head_of
from slc.clicktracker.reports.head import NO_EVIDENCE
from slc.clicktracker.reports.levels import ACKNOWLEDGED
from slc.clicktracker.reports.levels import ATTESTED
from slc.clicktracker.reports.levels import DECLARED
from slc.clicktracker.reports.levels import DOWNLOADED
from slc.clicktracker.reports.levels import Level
from slc.clicktracker.reports.named_versions import NamedVersions
from slc.clicktracker.reports.problems import PROBLEMS
from slc.clicktracker.reports.reader_list import ReaderList
from slc.clicktracker.reports.reader_rows import ReaderRow
from slc.clicktracker.sites.openings import PRINT
from slc.clicktracker.storage.model import ReadingPage
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.versions.file_digest import DigestUnknown
from slc.clicktracker.versions.file_digest import reading_little
from slc.clicktracker.versions.visible import text_key
from slc.clicktracker.words.times import local_day
from typing import Any
from zope.i18nmessageid import Message


#: Rows on the page, some 60 sheets of paper. Who has more wants a file.
MOST_ROWS = 2000

#: People in a table of people and papers, five sheets of paper.
MOST_PEOPLE = 200

_DIGEST = "digest"

#: What stands elsewhere on the page, or what only a program asks for.
_NOT_PRINTED = frozenset(
    (
        *("site", "document", "uid", "deleted", "tracked", "version", _DIGEST),
        *("minor_changes", "sorted_by", "reverse", "deadline", "evidence_asked_for"),
        *("search", "only_level", "only_missing", "since", "until"),
        *("words_per_minute", "least_seconds"),
    )
)


class PrintableReport(WhoReadThis):
    """Head, summary, the list, and what it proves, without the site around it."""

    index = ViewPageTemplateFile("templates/printable.pt")
    no_evidence: Message = NO_EVIDENCE
    #: Nobody can click on paper.
    opens_evidence = True
    is_on_paper = True

    @cached_property
    def readers(self) -> ReaderList:
        return super().readers.cut(0, MOST_ROWS)

    @cached_property
    def _matrix_table(self) -> MatrixTable:
        table = super()._matrix_table
        table.size, table.is_printed = MOST_PEOPLE, True
        return table

    def kinds_of_lists(self) -> str:
        """Paper has no links."""
        return ""

    def reader_address(self, row: ReaderRow) -> None:
        """Paper has no links."""

    @property
    def back_url(self) -> str:
        """Where the report is that is printed here."""
        is_list = self.problem or not self.matrix
        return self.export_url("") if is_list else self.address_of()

    def __call__(self) -> str:
        # The theme would put the site's head and navigation around it.
        if not self.asks_reason:
            self.request.response.setHeader("X-Theme-Disabled", "1")
        return super().__call__()

    def note_opening(self, as_file: str = PRINT) -> None:
        super().note_opening(as_file)

    @property
    def levels(self) -> list[Level]:
        """What is explained: nothing about files where there are none, nor about what was
        declared where nothing was."""
        knows_none = not (self.problem or self.matrix or self.readers.has_downloads)
        levels = [each for each in EXPLAINED if not (knows_none and each is DOWNLOADED)]
        return levels + self._declared

    @property
    def _declared(self) -> list[Level]:
        """What stands beside the levels of people in the list."""
        if self.problem or self.matrix:
            return []
        page = self.readers.page
        rows = page.rows if isinstance(page, ReadingPage) else ()
        said = {
            DECLARED: any(row.level == DECLARED.name for row in rows),
            ACKNOWLEDGED: any(row.acknowledged for row in rows),
            ATTESTED: any(row.attested for row in rows),
        }
        return [level for level, stands in said.items() if stands]

    @property
    def digest(self) -> str | None:
        """What tells the version from all others, for a footnote."""
        return next((fact.value for fact in self._head if fact.name == _DIGEST), None)

    @property
    def occasion(self) -> list[str]:
        """What somebody looks for first on paper: the meeting that it is for, the day on
        which it was made, and the version that it is about, as far as they are known."""
        content = self.place.content
        deadline = None if content is None else deadline_of(content)
        today = utc_now().astimezone(self.timezone).date()
        said = [_("As of ${day}", mapping={"day": local_day(today)})]
        if deadline and deadline.meeting:
            day = {"day": local_day(deadline.meeting)}
            said.insert(0, _("Meeting on ${day}", mapping=day))
        if version := self._version_title:
            said.append(version)
        return [self.translated(each) for each in said]

    @property
    def _version_title(self) -> Message | None:
        """What the version is called that counts as the current one; None of a folder, of
        what is deleted, and where it isn't known yet."""
        if self.problem or not self.report.tabs or self.place.content is None:
            return None
        try:
            with reading_little():
                version = self.place.version
        except DigestUnknown:
            return None
        named = NamedVersions(dated=True, content_of=self.place.content_of)
        return named.of_saved(self.place.uid, text_key(version), version.label)

    @cached_property
    def _head(self) -> tuple[Fact, ...]:
        try:
            return head_of(self.readers)
        except PROBLEMS:
            # Not even the kind of the report is known.
            return ()

    @property
    def facts(self) -> list[tuple[Message, str | int]]:
        """What the list is of: titles and values, without what is not there."""
        return [
            (fact.title, self._shown(fact.value))
            for fact in self._head
            if fact.name not in _NOT_PRINTED and fact.value is not None
        ]

    def _shown(self, cell: Cell) -> str | int:
        if isinstance(cell, datetime):
            return self.localized(cell)
        return self._words.plain(cell)

    @property
    def site_title(self) -> str:
        return api.portal.get().Title()

    @property
    def language(self) -> str:
        return api.portal.get_current_language()

    @property
    def rows(self) -> list[Any]:
        """Without addresses of comparisons: they carry a token of whoever prints, and
        what is printed goes to others."""
        return [
            row._replace(changes=None) if isinstance(row, ReaderRow) else row
            for row in super().rows
        ]

    def short_time(self, moment: datetime) -> str:
        """Return all of a moment: nobody can point at it on paper."""
        return self.time(moment)

    def static_url(self, name: str) -> str:
        return static_url(api.portal.get().absolute_url(), name)
