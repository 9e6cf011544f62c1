"""What has to be known to understand goals and splits, in whole sentences."""

from collections.abc import Iterator
from slc.clicktracker import _
from slc.clicktracker.reports.goals.intervals import can_tell
from slc.clicktracker.reports.goals.intervals import MISSING
from slc.clicktracker.reports.head import Fact
from zope.i18nmessageid import Message


_ONCE = _(
    "A reader reaches a goal once with each version of a document. Guests are no readers. "
    "What was reached before there was the goal counts when the reader comes back."
)
_SHARE = _(
    "The share is of those readers who were first served something on these days with which "
    "the goal can be reached, and says how many of them had reached it by the end of these "
    "days. What was served before there was the goal doesn't count. Where an event or a download could have happened, nobody knows, so these have no "
    "share."
)
_SPLITS = _(
    "Readers are members who were first shown the variant on these days; they have reached "
    "the goal if that was after it, and by the end of these days."
)
_CHANCE = _(
    "An interval has the true value in 95 of 100 such tests. Where the interval of a ratio "
    "has 1 in it, the difference may be chance. Decide before a test how long it is to take: "
    "who looks each day and stops when it looks good finds differences that are none."
)


def remarks_on_goals(smallest: int) -> Iterator[Fact]:
    """Yield what has to be known where ``smallest`` readers are the fewest."""
    yield Fact("once", _("What counts"), _ONCE)
    yield Fact("share_is", _("What the share is of"), _SHARE)
    yield Fact("few", _("Few readers"), _few(smallest))


def remarks_on_splits() -> Iterator[Fact]:
    """Yield what has to be known of splits."""
    yield Fact("shown", _("Who is compared"), _SPLITS)
    sure = _CHANCE if can_tell() else MISSING
    yield Fact("intervals", _("Confidence intervals"), sure)


def _few(smallest: int) -> Message:
    return _(
        "Where they are fewer than ${number}, or nobody, it is not said how many; nor where "
        "all reached a goal, or all but so few.",
        mapping={"number": smallest},
    )
