"""The same where what is listed may have been downloaded, and not opened."""

from slc.clicktracker import _
from slc.clicktracker.reports.tabs import ABSENT
from slc.clicktracker.reports.tabs import OLDER
from slc.clicktracker.reports.tabs import READ
from slc.clicktracker.reports.tabs import Tab
from slc.clicktracker.words.numbers import localized_number
from zope.i18nmessageid import Message


def explanation_of_downloads(
    tab: Tab, total: int, expected: int | None, what_counts: Message
) -> Message:
    """Return the words above a list of ``total`` entries, one or more.

    ``expected`` readers are in the audience, None for a folder, which has one list
    without tabs. Who has read ``what_counts`` has read the document.
    """
    if expected is None:
        return _of_folder(total)
    if tab is ABSENT:
        return _of_absent(total, expected)
    return _of_older(total) if tab is OLDER else _of_current(total, what_counts)


def emptiness_of_downloads(tab: Tab) -> Message:
    """Return what a list without entries says, and no more than is known."""
    if tab is READ:
        return _(
            "Nobody is known to have opened or downloaded the current version yet."
        )
    if tab is ABSENT:
        return _(
            "Everybody who is listed as expected to read this has opened or downloaded "
            "it, or an older version of it."
        )
    if tab is OLDER:
        return _("Nobody is known to have opened or downloaded an older version only.")
    return tab.empty


def _of_folder(total: int) -> Message:
    if total == 1:
        return _(
            "One entry: what was opened, as the reader's own browser reported it, and "
            "what was downloaded, as the server observed."
        )
    return _(
        "${total} entries, one for each reader and page: what was opened, as the "
        "readers' own browsers reported it, and what was downloaded, as the server "
        "observed.",
        mapping={"total": localized_number(total)},
    )


def _of_current(total: int, what_counts: Message) -> Message:
    if total == 1:
        return _(
            "One reader opened ${version}, as that reader's own browser reported, or "
            "downloaded it, as the server observed. Whether a file that was downloaded "
            "was ever looked at is not known.",
            mapping={"version": what_counts},
        )
    return _(
        "${total} readers opened ${version}, as their own browsers reported, or "
        "downloaded it, as the server observed. Whether a file that was downloaded was "
        "ever looked at is not known.",
        mapping={"total": localized_number(total), "version": what_counts},
    )


def _of_older(total: int) -> Message:
    if total == 1:
        return _(
            "One reader opened or downloaded an older version. That the current one was "
            "opened or downloaded as well is not known."
        )
    return _(
        "${total} readers opened or downloaded an older version. That they opened or "
        "downloaded the current one as well is not known.",
        mapping={"total": localized_number(total)},
    )


def _of_absent(total: int, expected: int) -> Message:
    if total == 1:
        return _(
            "Nothing shows that this one of ${expected} expected readers has opened or "
            "downloaded this. That is no proof that it was not read: what is read on "
            "paper, in a mail or in a copy of somebody else leaves no trace here.",
            mapping={"expected": localized_number(expected)},
        )
    return _(
        "Nothing shows that these ${total} of ${expected} expected readers have opened "
        "or downloaded this. That is no proof that they have not read it: what is read "
        "on paper, in a mail or in a copy of somebody else leaves no trace here.",
        mapping={
            "total": localized_number(total),
            "expected": localized_number(expected),
        },
    )
