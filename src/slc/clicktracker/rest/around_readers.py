"""What stands around a list of readers, as JSON: how far they are, what that proves, what
the list can be narrowed to, and its files."""

from collections.abc import Iterator
from slc.clicktracker import _
from slc.clicktracker.browser.report.list_addresses import ListAddresses
from slc.clicktracker.charts.depth_profile import DepthProfile
from slc.clicktracker.deadlines.deadlines import deadline_of
from slc.clicktracker.exports.formats import FORMATS
from slc.clicktracker.exports.json_document import value_of
from slc.clicktracker.exports.words import Words
from slc.clicktracker.mails.places import may_have_summary
from slc.clicktracker.reports.answer import Answer
from slc.clicktracker.reports.explanation import OF_ONE_VERSION
from slc.clicktracker.reports.explanation import ONCE_FOR_EACH
from slc.clicktracker.reports.head import ALL_EXPLAINED
from slc.clicktracker.reports.levels import Level
from slc.clicktracker.reports.levels import level_of
from slc.clicktracker.reports.minor_changes import may_declare
from slc.clicktracker.reports.notices import notices_of
from slc.clicktracker.reports.notices import OF_DELETED
from slc.clicktracker.reports.reader_list import ReaderList
from slc.clicktracker.reports.summary import EvidenceSummary
from slc.clicktracker.reports.tabs import ABSENT
from slc.clicktracker.reports.tabs import OLDER
from slc.clicktracker.rest.chart_json import chart_json
from slc.clicktracker.rest.level_json import level_json
from slc.clicktracker.words.deadlines import deadline_text
from typing import Any
from zope.i18nmessageid import Message


class AroundReaders:
    """Says it in the words of somebody. Raises ``problems.PROBLEMS``.

    ``report_url`` is where Plone has the report, ``subject`` what says there whose readers
    are asked for, besides its path.
    """

    def __init__(
        self,
        readers: ReaderList,
        words: Words,
        report_url: str,
        subject: dict[str, str],
    ) -> None:
        self.readers = readers
        self.report = readers.report
        self.words = words
        self._report_url = report_url
        self._addresses = ListAddresses(readers, report_url, report_url, subject)

    @property
    def said(self) -> dict[str, Any]:
        readers, figures = self.readers, self.readers.figures
        has_something = self.report.is_tracked or readers.has_records
        return {
            "notices": list(map(self._text, self._notices)),
            "deadline": self._deadline,
            "answer": self._answer(figures.answer) if has_something else None,
            "evidence": self._evidence(figures.summary) if has_something else None,
            "filters": list(self._filters) if readers.offers_filters else [],
            "filtered": list(map(self._text, readers.filters)),
            "explanation": list(map(self._text, self._explanation)),
            "levels": [level_json(each, self.words) for each in ALL_EXPLAINED],
            "chart": chart_json(figures.chart, self.words),
            "profile": self._profile(figures.profile),
            "files": list(self._files),
            "links": list(self._links),
        }

    @property
    def _notices(self) -> Iterator[Message]:
        content = self.report.place.content
        if content is None:
            yield OF_DELETED
        else:
            yield from notices_of(content, self.report, self.readers.has_records)
        if self.report.tabs:
            yield from self.report.audience.problems

    @property
    def _deadline(self) -> dict[str, Any] | None:
        content = self.report.place.content
        deadline = None if content is None else deadline_of(content)
        if deadline is None:
            return None
        return {
            "moment": self._value(deadline.moment),
            "text": deadline_text(deadline),
            "is_over": deadline.has_passed(),
            "level": deadline.level,
            "title": self._text(level_of(deadline.level).title),
        }

    def _answer(self, answer: Answer | None) -> dict[str, Any] | None:
        if answer is None:
            return None
        return {
            "expected": answer.expected,
            "read": answer.opened,
            "evidence_asked_for": answer.asks_for.name,
            "as_far_as_asked": answer.met,
            "older": answer.older.number,
            "absent": answer.absent.number,
            "others": answer.others,
            "reached": answer.reached._asdict(),
            "last": self._value(answer.last),
            "sentences": list(map(self._text, answer.sentences)),
            "parts": [
                {
                    "title": self._text(part.title),
                    "people": part.number,
                    "tab": part.tab.name,
                    "level": part.level or None,
                }
                for part in answer.parts
            ],
            "short": self._short(answer),
        }

    def _short(self, answer: Answer) -> dict[str, Any] | None:
        """Return who has read it, but not as far as is asked for."""
        if not answer.short:
            return None
        return {"title": self._text(answer.short_title), "people": answer.short}

    def _evidence(self, summary: EvidenceSummary | None) -> dict[str, Any] | None:
        if summary is None:
            return None
        reached = [
            self._figure(level, number, summary.percent(number))
            for level, number in summary.figures
        ]
        declared = [
            self._figure(level, number, None) for level, number in summary.declared
        ]
        return {
            "title": self._text(summary.heading),
            "scope": self._text(summary.scope),
            "figures": [*reached, *declared],
            "sentences": list(map(self._text, summary.sentences)),
        }

    def _figure(self, level: Level, people: int, percent: int | None) -> dict[str, Any]:
        return {**level_json(level, self.words), "people": people, "percent": percent}

    @property
    def _filters(self) -> Iterator[dict[str, Any]]:
        readers = self.readers
        yield self._filter("reader", "text", _("Name or user id"))
        if readers.can_be_missing:
            yield self._filter("missing", "check", readers.missing_title)
        if not readers.narrows:
            return
        levels = [
            {"name": each.name, "title": self._text(each.title)}
            for each in readers.levels
        ]
        yield self._filter("level", "choice", _("Level reached"), choices=levels)
        since, until = readers.day_titles
        yield self._filter("since", "day", since)
        yield self._filter("until", "day", until)

    def _filter(
        self, name: str, kind: str, title: Message, **more: Any
    ) -> dict[str, Any]:
        return {"name": name, "title": self._text(title), "kind": kind, **more}

    @property
    def _explanation(self) -> Iterator[Message]:
        """What is said of the list: why it is empty, or what its entries are."""
        readers = self.readers
        if not readers.total:
            if not readers.asked.filters:
                yield readers.emptiness
            return
        yield from readers.explanation
        if readers.says_once_for_each:
            yield ONCE_FOR_EACH
        if readers.narrows:
            yield OF_ONE_VERSION

    def _profile(self, profile: DepthProfile | None) -> dict[str, Any] | None:
        if profile is None:
            return None
        return {
            "title": self._text(_("Furthest point reached")),
            "sentences": list(map(self._text, self.readers.profile_sentences)),
            "readers": profile.readers,
            "parts": [
                {
                    "title": row.section.title or self._before(profile),
                    "depth": row.section.level,
                    "begins": row.section.begins,
                    "ends": row.section.ends,
                    "reached_its_beginning": row.begun,
                    "reached_its_end": row.ended,
                }
                for row in profile.rows
            ],
        }

    def _before(self, profile: DepthProfile) -> str | None:
        """Return what the part without a heading is called where others have one."""
        if not profile.is_by_headings:
            return None
        return self._text(_("Before the first heading"))

    @property
    def _files(self) -> Iterator[dict[str, str]]:
        for each in FORMATS:
            yield self._link(self._addresses.file(f".{each.ending}"), each.title)
        yield self._link(self._addresses.file("-print"), _("Print view"))

    @property
    def _links(self) -> Iterator[dict[str, str]]:
        """Where else somebody goes from this list."""
        content, tab = self.report.place.content, self.readers.tab
        if tab is ABSENT and self.readers.total:
            url = f"{self._report_url}-addresses"
            yield self._link(url, _("Copy e-mail addresses"))
        if tab is OLDER and may_declare(content):
            url = f"{content.absolute_url()}/@@clicktracker-minor-change"
            yield self._link(url, _("Was the change minor? Let earlier versions count"))
        if content is not None and may_have_summary(content):
            url = f"{content.absolute_url()}/@@clicktracker-mails"
            yield self._link(url, _("Reports by mail"))

    def _link(self, url: str, title: Message) -> dict[str, str]:
        return {"@id": url, "title": self._text(title)}

    def _text(self, message: Message) -> str:
        return self.words.translate(message)

    def _value(self, cell: Any) -> Any:
        return value_of(cell, self.words)
