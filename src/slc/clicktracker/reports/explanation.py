"""What is said above a list: what its entries are, what they don't prove, and what
leaves some out."""

from collections.abc import Iterator
from dataclasses import dataclass
from slc.clicktracker import _
from slc.clicktracker.reports.asked import Asked
from slc.clicktracker.reports.levels import level_of
from slc.clicktracker.words.isolated import isolated
from slc.clicktracker.words.numbers import localized_number
from slc.clicktracker.words.times import local_day
from zope.i18nmessageid import Message


#: What shows that somebody is in a list of readings.
_OPENED = _("The readers' own browsers report what was opened.")
_DOWNLOADED = _(
    "The server observes what is downloaded. Nobody knows whether a downloaded file "
    "was ever looked at."
)


#: What is to be known of a document with translations, and of what has versions.
ONCE_FOR_EACH = _(
    "People who have read two translations are listed once for each, but counted once. "
    "The column “Page” tells them apart."
)
OF_ONE_VERSION = _(
    "Each row is about one version. The list is sorted and filtered by the dates of all "
    "versions together."
)


@dataclass(frozen=True)
class Explanation:
    """The sentences above a list, in this order.

    ``one`` and ``many`` say how many are in it; ``opened`` what shows that, and
    ``downloaded`` the same of files, where there may be any. ``unproven`` is what does
    not follow.
    """

    one: Message
    many: Message
    opened: Message = _OPENED
    downloaded: Message | None = _DOWNLOADED
    unproven: Message | None = None

    def of(
        self, total: int, expected: int, version: Message, has_downloads: bool
    ) -> list[Message]:
        """Return what is said of ``total`` people; some may be in the list on more than
        one line, and lines may be of nobody who is counted.

        So many are ``expected``, and who has read ``version`` has read the document.
        ``has_downloads``: some may have downloaded what they never opened.
        """
        if not total:
            return [_("Nobody in this list is counted as a reader. The notes say why.")]
        numbers = {
            "total": localized_number(total),
            "expected": localized_number(expected),
            "version": version,
        }
        counted = Message(self.one if total == 1 else self.many, mapping=numbers)
        downloaded = self.downloaded if has_downloads else None
        return [counted, *filter(None, (self.opened, downloaded, self.unproven))]


#: Of a list without tabs.
OF_FOLDER = Explanation(
    one=_("One entry."),
    many=_("${total} entries: one for each reader and page."),
)


def explanation_of_untracked() -> Message:
    """Return the words above those who are expected, where nothing was ever recorded."""
    return _(
        "If this item were tracked, these readers would be expected to read it. "
        "Nothing is recorded here, so nobody knows who has opened it."
    )


def notice_of_untracked(has_records: bool, is_working_copy: bool) -> Message:
    """Return why a report of what is not tracked says what it says."""
    if has_records:
        return _(
            "This item itself is not tracked now. The list shows earlier records, or "
            "those of items below it."
        )
    if is_working_copy:
        return _(
            "This is a working copy, and working copies are never tracked, so nothing is "
            "recorded here. Look at the report of the original."
        )
    return _(
        "This item is not tracked, so nothing is recorded here. People who manage "
        "tracking can change this: they choose “Track” on the screen “Tracking”."
    )


def filters_in_words(
    asked: Asked, has_downloads: bool, is_over: bool
) -> Iterator[Message]:
    """Yield what the entries of a list have in common, none for the whole list.

    ``has_downloads`` is as for an ``Explanation``; ``is_over``: is the deadline?
    """
    if asked.missing:
        yield _("only overdue") if is_over else _("only those who are missing")
    if asked.query.search:
        yield _(
            "name or user id contains “${text}”",
            mapping={"text": isolated(asked.query.search)},
        )
    if asked.only:
        level = level_of(asked.only).title
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
