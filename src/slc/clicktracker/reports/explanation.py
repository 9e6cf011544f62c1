"""What the entries of a list are, what they don't prove, and what leaves some out."""

from collections.abc import Iterator
from slc.clicktracker import _
from slc.clicktracker.audience.audience import Audience
from slc.clicktracker.reports.asked import Asked
from slc.clicktracker.reports.explanation_of_downloads import explanation_of_downloads
from slc.clicktracker.reports.levels import level_of
from slc.clicktracker.reports.tabs import ABSENT
from slc.clicktracker.reports.tabs import EXCUSED
from slc.clicktracker.reports.tabs import OLDER
from slc.clicktracker.reports.tabs import Tab
from slc.clicktracker.words.isolated import isolated
from slc.clicktracker.words.numbers import localized_number
from slc.clicktracker.words.times import local_day
from zope.i18nmessageid import Message


def explanation(
    tab: Tab,
    total: int,
    audience: Audience | None,
    what_counts: Message,
    has_downloads: bool,
) -> Message:
    """Return the words above a list of ``total`` people; some may be there on more than
    one line, and lines may be of nobody who is counted.

    ``audience`` is None for a folder, which has one list without tabs, of ``total``
    entries. Who has read
    ``what_counts`` has read the document.
    ``has_downloads`` says that some may have downloaded what they never opened.
    """
    if not total:
        return _("Nobody in this list is counted as a reader; the notes say why.")
    if has_downloads and tab is not EXCUSED:
        expected = None if audience is None else len(audience.members)
        return explanation_of_downloads(tab, total, expected, what_counts)
    if audience is None:
        return _of_folder(total)
    if tab is ABSENT:
        return _of_absent(total, len(audience.members))
    if tab is EXCUSED:
        return _(
            "These people would be expected to read this, but are excused. Whoever "
            "manages tracking records that and ends it. Who was never expected is not "
            "listed here. Who read it all the same is in “Read” or “Older version”, with "
            "a note."
        )
    return _of_older(total) if tab is OLDER else _of_current(total, what_counts)


def _of_folder(total: int) -> Message:
    if total == 1:
        return _("One entry, as the reader's own browser reported it.")
    return _(
        "${total} entries, one for each reader and page, as the readers' own "
        "browsers reported them.",
        mapping={"total": localized_number(total)},
    )


def _of_current(total: int, what_counts: Message) -> Message:
    if total == 1:
        return _(
            "One reader opened ${version}, as that reader's own browser reported.",
            mapping={"version": what_counts},
        )
    return _(
        "${total} readers opened ${version}, as their own browsers reported.",
        mapping={"total": localized_number(total), "version": what_counts},
    )


def _of_older(total: int) -> Message:
    if total == 1:
        return _(
            "One reader opened an older version, as that reader's own browser reported. "
            "That the current one was opened as well is not known."
        )
    return _(
        "${total} readers opened an older version, as their own browsers reported. "
        "That they opened the current one as well is not known.",
        mapping={"total": localized_number(total)},
    )


def _of_absent(total: int, expected: int) -> Message:
    if total == 1:
        return _(
            "Nothing shows that this one of ${expected} expected readers has opened "
            "this. That is no proof that it was not read: reads on paper, in a mail, "
            "or in a browser that blocks scripts leave no trace here.",
            mapping={"expected": localized_number(expected)},
        )
    return _(
        "Nothing shows that these ${total} of ${expected} expected readers have "
        "opened this. That is no proof that they have not read it: reads on "
        "paper, in a mail, or in a browser that blocks scripts leave no trace here.",
        mapping={
            "total": localized_number(total),
            "expected": localized_number(expected),
        },
    )


def explanation_of_untracked() -> Message:
    """Return the words above those who are expected, where nothing was ever recorded."""
    return _(
        "These readers would be expected to read this if it were tracked. As nothing is "
        "recorded here, nothing can show who has opened it."
    )


def notice_of_untracked(has_records: bool, is_working_copy: bool) -> Message:
    """Return why a report of what is not tracked says what it says."""
    if has_records:
        return _(
            "This item itself is not tracked now. What is listed was recorded "
            "earlier, or belongs to items below it."
        )
    if is_working_copy:
        return _(
            "This is a working copy, and working copies are never tracked, so nothing is "
            "recorded here. Look at the report of the original."
        )
    return _(
        "This item is not tracked, so nothing is recorded here. Whoever manages tracking "
        "can have its readers recorded from now on: choose “Track” on the screen "
        "“Tracking”."
    )


def filters_in_words(asked: Asked, has_downloads: bool) -> Iterator[Message]:
    """Yield what the entries of a list have in common, none for the whole list.

    ``has_downloads`` is as for ``explanation``.
    """
    if asked.query.search:
        yield _(
            "name or user id contains “${text}”",
            mapping={"text": isolated(asked.query.search)},
        )
    if asked.query.level:
        level = level_of(asked.query.level).title
        yield _("level reached: ${level}", mapping={"level": level})
    if asked.since.value:
        day = local_day(asked.since.value)
        yield (
            _("last opened or downloaded on ${day} or later", mapping={"day": day})
            if has_downloads
            else _("last opened on ${day} or later", mapping={"day": day})
        )
    if asked.until.value:
        day = local_day(asked.until.value)
        yield (
            _("last opened or downloaded on ${day} or earlier", mapping={"day": day})
            if has_downloads
            else _("last opened on ${day} or earlier", mapping={"day": day})
        )
