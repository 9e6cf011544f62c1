"""What a list that leaves the site is of: document, list, filters, time, rules."""

from dataclasses import dataclass
from plone import api
from slc.clicktracker import _
from slc.clicktracker.deadlines.deadlines import deadline_of
from slc.clicktracker.interfaces import IEvidenceSettings
from slc.clicktracker.reports.asked import Day
from slc.clicktracker.reports.columns import Cell
from slc.clicktracker.reports.columns import sorted_by
from slc.clicktracker.reports.levels import ACKNOWLEDGED
from slc.clicktracker.reports.levels import ATTESTED
from slc.clicktracker.reports.levels import DECLARED
from slc.clicktracker.reports.levels import DOWNLOADED
from slc.clicktracker.reports.levels import level_of
from slc.clicktracker.reports.levels import LEVELS
from slc.clicktracker.reports.levels import SERVED
from slc.clicktracker.reports.minor_changes import in_words
from slc.clicktracker.reports.minor_changes import MinorChangeRow
from slc.clicktracker.reports.minor_changes import rows_that_count
from slc.clicktracker.reports.place import Place
from slc.clicktracker.reports.reader_list import ReaderList
from slc.clicktracker.reports.report import Report
from slc.clicktracker.sites.evidence import engagement_rule
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.storage.model import Version
from slc.clicktracker.versions.file_digest import DigestUnknown
from slc.clicktracker.versions.file_digest import reading_little
from slc.clicktracker.words.times import timezone_name
from zope.i18nmessageid import Message


#: What has to be said wherever somebody could miss a name.
NO_EVIDENCE = _(
    "“No evidence” does not mean “did not read”: reading on paper, in a mail, or in a "
    "browser that blocks scripts leaves no trace here."
)


@dataclass(frozen=True)
class Fact:
    """One thing about a list: its ``name`` for programs, its ``title``, a value."""

    name: str
    title: Message
    value: Cell


#: The same as it stands beside a list.
NO_EVIDENCE_FACT = Fact("no_evidence", _("No evidence"), NO_EVIDENCE)

#: The levels in the order in which they are explained.
EXPLAINED = (SERVED, DOWNLOADED, *(one for one in LEVELS if one is not SERVED))

#: The same for who gets rows without seeing what is in them, and what beside levels may be.
ALL_EXPLAINED = (*EXPLAINED, DECLARED, ACKNOWLEDGED, ATTESTED)


def head_of(readers: ReaderList) -> tuple[Fact, ...]:
    """Return what somebody has to know who has only the list, None where it is not."""
    report, asked = readers.report, readers.asked
    place, query = report.place, asked.query
    version = _version(place)
    rule = engagement_rule()
    level = level_of(asked.only) if asked.only else None
    expected = len(report.audience.members) if report.audience else None
    order = sorted_by(readers.tab, query.sort)
    return (
        Fact("site", _("Site"), api.portal.get().Title()),
        Fact("document", _("Document"), place.title),
        Fact("address", _("Address"), place.address),
        Fact("uid", _("Unique id"), place.uid),
        Fact("deleted", _("Deleted"), place.content is None),
        Fact("tracked", _("Tracked now"), report.is_tracked),
        Fact("version", _("Version"), version.label or None),
        Fact("digest", _("Digest of the visible content"), version.digest or None),
        Fact("minor_changes", _("Minor changes"), _minor_changes(report)),
        *_deadline(report),
        Fact("list", _("List"), readers.tab if report.tabs else None),
        Fact("expected", _("Expected readers"), expected),
        Fact("search", _("Name or user id contains"), query.search or None),
        Fact("only_level", _("Level reached"), level),
        Fact("only_missing", _("Only who is missing"), asked.missing or None),
        Fact("since", _("Last opened from"), _day(asked.since)),
        Fact("until", _("Last opened until"), _day(asked.until)),
        Fact("sorted_by", _("Sorted by"), order),
        Fact("reverse", _("In reverse order"), query.reverse if order else None),
        *made_facts(),
        Fact("timezone", _("Time zone"), timezone_name()),
        Fact("words_per_minute", _setting("words_per_minute"), rule.words_per_minute),
        Fact("least_seconds", _setting("least_seconds"), rule.least_seconds),
    )


def made_facts() -> tuple[Fact, ...]:
    """Return when a list is made, and by whom."""
    member = api.user.get_current()
    return (
        Fact("made", _("Created"), utc_now()),
        Fact("made_by", _("Created by"), member.getProperty("fullname") or None),
        Fact("made_by_user", _("User id of the creator"), member.getId()),
    )


def _deadline(report: Report) -> tuple[Fact, ...]:
    """Return the deadline that holds, the level that it asks for, and whether it is over
    while not everybody is known to have got there; None where that can't be told."""
    content = report.place.content
    deadline = None if content is None else deadline_of(content)
    level = None if deadline is None else level_of(deadline.level)
    overdue = None if report.overdue is None else bool(report.overdue)
    return (
        Fact("deadline", _("To be read by"), deadline.moment if deadline else None),
        Fact("evidence_asked_for", _("Evidence asked for"), level),
        Fact("overdue", _("Overdue"), overdue),
    )


def _version(place: Place) -> Version:
    try:
        with reading_little():
            return place.version
    except DigestUnknown:
        return Version()


def _minor_changes(report: Report) -> str | None:
    """What makes earlier versions count as the current one, a line for each; None also
    where the current one is not known yet."""
    try:
        with reading_little():
            rows = _numbered(report.place) if report.tabs else ()
    except DigestUnknown:
        return None
    return "\n".join(map(in_words, rows)) or None


def _numbered(place: Place) -> list[MinorChangeRow]:
    """The rows of the file tell versions by their number."""
    return rows_that_count(place, numbered=True)


def _setting(name: str) -> Message:
    return IEvidenceSettings[name].title


def _day(day: Day) -> str | None:
    return day.value.isoformat() if day.value else None
