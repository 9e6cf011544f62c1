"""A summary as a letter: the answer first, then what is new, and who is missing."""

from collections.abc import Iterator
from plone import api
from plone.dexterity.interfaces import IDexterityContainer
from slc.clicktracker import _
from slc.clicktracker.deadlines.deadline import LEAST
from slc.clicktracker.doors.page_ticket import is_file
from slc.clicktracker.mails.behind import Behind
from slc.clicktracker.mails.behind import Person
from slc.clicktracker.mails.language import Language
from slc.clicktracker.mails.letter import Letter
from slc.clicktracker.mails.letter import Line
from slc.clicktracker.mails.letter import Section
from slc.clicktracker.mails.links import Links
from slc.clicktracker.mails.rhythm import DAILY
from slc.clicktracker.mails.rhythm import Rhythm
from slc.clicktracker.mails.summary import Summary
from slc.clicktracker.reports.tabs import ABSENT
from slc.clicktracker.reports.tabs import OLDER
from slc.clicktracker.reports.tabs import READ
from slc.clicktracker.tracking.tracked import TrackedDocument
from slc.clicktracker.words.addresses import view_name
from slc.clicktracker.words.isolated import isolated
from typing import Any


#: Documents that are named of those that are new, or have changed.
_MOST_NEW = 10


class SummaryLetter:
    """Makes the letter of one summary, in a language."""

    def __init__(
        self, summary: Summary, rhythm: Rhythm, language: Language, links: Links
    ) -> None:
        self._summary, self._rhythm = summary, rhythm
        self._language, self._links = language, links
        self._say = language.say
        self._title = _title_of(summary.place)

    def letter(self, stop_url: str) -> Letter:
        """Return it; at ``stop_url`` the mails can be ended without a log-in."""
        sections = (*self._news(), *self._behind(), self._more())
        return Letter(
            self._language.code,
            self._subject(),
            tuple(self._answer()),
            sections,
            self._footer(stop_url),
        )

    def _subject(self) -> str:
        progress = self._summary.progress
        numbers = {"opened": progress.opened, "expected": progress.expected}
        if not progress.expected:
            message = _("${title}: reading summary")
        elif not self._summary.is_of_one:
            message = _("${title}: ${opened} of ${expected} expected readings known")
        elif self._asks_for_more:
            message = _("${title}: read as asked by ${opened} of ${expected}")
        elif is_file(self._summary.place):
            message = _("${title}: downloaded by ${opened} of ${expected}")
        else:
            message = _("${title}: opened by ${opened} of ${expected}")
        return self._say(message, title=self._title, **numbers)

    def _answer(self) -> Iterator[str]:
        summary = self._summary
        if not summary.documents:
            message = _("Nothing that you may see in “${title}” is tracked.")
            yield self._say(message, title=self._title)
            return
        if summary.progress.documents:
            yield self._of_one() if summary.is_of_one else self._of_many()
        yield from self._what_is_not_known()
        if not summary.news:
            moment = self._language.moment(summary.since)
            yield self._say(_("Nothing is new since ${moment}."), moment=moment)

    def _of_one(self) -> str:
        progress = self._summary.progress
        numbers = {"opened": progress.opened, "expected": progress.expected}
        if not progress.expected:
            message = _("No expected readers of “${title}” are known.")
        elif self._asks_for_more:
            message = _(
                "${opened} of ${expected} expected readers are known to have read the "
                "current version of “${title}” as far as is asked for."
            )
        elif is_file(self._summary.place):
            message = _(
                "${opened} of ${expected} expected readers are known to have downloaded "
                "the current version of “${title}”."
            )
        else:
            message = _(
                "${opened} of ${expected} expected readers are known to have opened the "
                "current version of “${title}”."
            )
        return self._say(message, title=self._title, **numbers)

    @property
    def _asks_for_more(self) -> bool:
        """Is it for any of the documents not enough to have opened or downloaded it?"""
        documents = self._summary.progress.documents
        return any(each.asks_for != LEAST for each in documents)

    def _of_many(self) -> str:
        summary = self._summary
        numbers = {
            "behind": summary.behind,
            "documents": len(summary.progress.documents),
            "opened": summary.progress.opened,
            "expected": summary.progress.expected,
        }
        if not summary.progress.expected:
            message = _("No expected readers of anything in “${title}” are known.")
        elif summary.behind:
            message = _(
                "In “${title}”, readers are missing for ${behind} of ${documents} "
                "documents. ${opened} of ${expected} expected readings are known."
            )
        else:
            message = _(
                "In “${title}”, everybody who is expected is known to have read the "
                "current version. Documents: ${documents}."
            )
        return self._say(message, title=self._title, **numbers)

    def _what_is_not_known(self) -> Iterator[str]:
        if self._summary.unknown:
            message = _(
                "Documents that are not counted, because their version is not known "
                "yet: ${count}."
            )
            yield self._say(message, count=self._summary.unknown)
        if self._summary.incomplete:
            message = _(
                "Documents whose audience is incomplete, so that more people may be "
                "expected: ${count}."
            )
            yield self._say(message, count=self._summary.incomplete)

    def _news(self) -> Iterator[Section]:
        news = self._summary.news
        if not news:
            return
        lines = [
            *self._documents(_("New: ${title}"), news.new),
            *self._documents(_("Changed: ${title}"), news.changed),
        ]
        if news.readers:
            message = _("Readers who opened or downloaded something: ${count}")
            lines.append(Line(self._say(message, count=news.readers)))
        if news.times:
            # Openings are summed by days of UTC: the first one counts as a whole.
            message = _(
                "Times that pages were opened since the beginning of ${day} (UTC): ${count}"
            )
            day = self._language.utc_day(self._summary.since)
            lines.append(Line(self._say(message, day=day, count=news.times)))
        moment = self._language.moment(self._summary.since)
        heading = self._say(_("New since ${moment}"), moment=moment)
        yield Section(heading, tuple(lines))

    def _documents(
        self, message: Any, documents: tuple[TrackedDocument, ...]
    ) -> Iterator[Line]:
        for each in documents[:_MOST_NEW]:
            text = self._say(message, title=isolated(each.item.title))
            view = view_name(each.item.known("portal_type"))
            yield Line(text, self._links.to(each.content, view))
        if len(documents) > _MOST_NEW:
            more = self._say(
                _("${count} more documents"), count=len(documents) - _MOST_NEW
            )
            yield Line(self._say(message, title=more))

    def _behind(self) -> Iterator[Section]:
        summary = self._summary
        if not summary.worst:
            return
        lines = [self._line(each) for each in summary.worst]
        more = summary.behind - len(summary.worst)
        if more:
            lines.append(Line(self._say(_("${count} more documents"), count=more)))
        heading = _("Not known to have read the current version")
        yield Section(self._say(heading), tuple(lines))

    def _line(self, behind: Behind) -> Line:
        progress = behind.progress
        document = progress.document
        text = self._say(
            _("${title}: ${missing} of ${expected} missing"),
            title=isolated(document.item.title),
            missing=progress.expected - progress.opened,
            expected=progress.expected,
        )
        names = ", ".join(map(self._name, behind.people))
        if behind.more:
            names = self._say(
                _("${names} and ${count} more"), names=names, count=behind.more
            )
        # Where nobody is without any version, "Not yet" is empty.
        people = [each for each in behind.people if not each.is_short]
        tab = OLDER if all(each.has_older for each in people) else ABSENT
        asked = f"tab={tab.name}" if people else f"tab={READ.name}&missing=1"
        url = self._links.to(document.content, f"@@who-read-this?{asked}")
        return Line(text, url, names)

    def _name(self, person: Person) -> str:
        name = isolated(person.reader.name or person.reader.user)
        if person.has_older:
            return self._say(_("${name} (an older version)"), name=name)
        if person.is_short:
            return self._say(_("${name} (read, but not as asked)"), name=name)
        return name

    def _more(self) -> Section:
        place, links = self._summary.place, self._links
        report = self._say(_("Who read this"))
        lines = [Line(report, links.to(place, "@@who-read-this"))]
        if IDexterityContainer.providedBy(place):
            members = self._say(_("Members and what they have not opened yet"))
            url = links.to(place, "@@clicktracker-dashboard-members")
            lines.append(Line(members, url))
        return Section(self._say(_("Read more")), tuple(lines))

    def _footer(self, stop_url: str) -> tuple[Line, ...]:
        title = self._title
        why = (
            _("You get this mail every day, because you subscribed to “${title}”.")
            if self._rhythm is DAILY
            else _(
                "You get this mail every week, because you subscribed to “${title}”."
            )
        )
        proves = _(
            "It only counts what this site could record. Paper and forwarded copies leave "
            "no trace."
        )
        change = self._links.to(self._summary.place, "@@clicktracker-mails")
        return (
            Line(self._say(proves)),
            Line(self._say(why, title=title)),
            Line(self._say(_("Change the subscription")), change),
            Line(self._say(_("Stop these mails, without logging in")), stop_url),
        )


def _title_of(place: Any) -> str:
    return isolated(place.Title() or place.getId()) or api.portal.get().getId()
