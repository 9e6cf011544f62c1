"""What the entries of a list are, and what they don't prove."""

from slc.clicktracker import _
from slc.clicktracker.browser.tabs import ABSENT
from slc.clicktracker.browser.tabs import EXCUSED
from slc.clicktracker.browser.tabs import OLDER
from slc.clicktracker.browser.tabs import Tab
from slc.clicktracker.evidence.audience import Audience
from zope.i18nmessageid import Message


def explanation(tab: Tab, total: int, audience: Audience | None) -> Message:
    """Return the words above a list of ``total`` entries, one or more.

    ``audience`` is None for a folder, which has one list without tabs.
    """
    if audience is None:
        return _of_folder(total)
    if tab is ABSENT:
        return _of_absent(total, len(audience.members))
    if tab is EXCUSED:
        return _(
            "These people would be expected to read this, but are excused. Whoever "
            "manages tracking records that and ends it."
        )
    return _of_older(total) if tab is OLDER else _of_current(total)


def _of_folder(total: int) -> Message:
    if total == 1:
        return _("One entry, as the reader's own browser reported it.")
    return _(
        "${total} entries, one for each reader and page, as the readers' own "
        "browsers reported them.",
        mapping={"total": total},
    )


def _of_current(total: int) -> Message:
    if total == 1:
        return _(
            "One reader opened the current version, as that reader's own browser reported."
        )
    return _(
        "${total} readers opened the current version, as their own browsers reported.",
        mapping={"total": total},
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
        mapping={"total": total},
    )


def _of_absent(total: int, expected: int) -> Message:
    if total == 1:
        return _(
            "Nothing shows that this one of ${expected} expected readers has opened "
            "this. That is no proof that it was not read: reads on paper, in a mail, "
            "or in a browser that blocks scripts leave no trace here.",
            mapping={"expected": expected},
        )
    return _(
        "Nothing shows that these ${total} of ${expected} expected readers have "
        "opened this. That is no proof that they have not read it: reads on "
        "paper, in a mail, or in a browser that blocks scripts leave no trace here.",
        mapping={"total": total, "expected": expected},
    )
