"""What has to be known to understand goals and splits, in whole sentences."""

from collections.abc import Iterator
from slc.clicktracker import _
from slc.clicktracker.reports.goals.intervals import can_tell
from slc.clicktracker.reports.goals.intervals import MISSING
from slc.clicktracker.reports.head import Fact
from zope.i18nmessageid import Message


_ONCE = _(
    "Each reader reaches a goal once for each version of a document. Guests are not "
    "counted. If it was reached before the goal existed, it counts when the reader "
    "comes back."
)
_SHARE = _(
    "The share counts readers who were first served something in this period with "
    "which they can reach the goal, and says how many of them had reached it by the "
    "end of the period. What was served before the goal existed doesn't count. Events "
    "and downloads have no share, because nobody knows where they could have happened."
)
_SPLITS = _(
    "Readers are members who first saw the variant in this period. They have reached "
    "the goal if they did so afterwards and before the end of the period."
)
_CHANCE = _(
    "In 95 of 100 such tests, the interval contains the true value. If the interval of "
    "a ratio contains 1, the difference may be chance. Decide before a test how long "
    "it will run: if you look each day and stop when the result looks good, you will "
    "find differences that don't exist."
)


def remarks_on_goals(smallest: int) -> Iterator[Fact]:
    """Yield what has to be known where ``smallest`` readers are the fewest."""
    yield Fact("once", _("What counts"), _ONCE)
    yield Fact("share_is", _("What the share means"), _SHARE)
    yield Fact("few", _("Few readers"), _few(smallest))


def remarks_on_splits() -> Iterator[Fact]:
    """Yield what has to be known of splits."""
    yield Fact("shown", _("Who is compared"), _SPLITS)
    sure = _CHANCE if can_tell() else MISSING
    yield Fact("intervals", _("Confidence intervals"), sure)


def _few(smallest: int) -> Message:
    return _(
        "If they are fewer than ${number}, or none, their number is not shown. The "
        "same holds if all readers reached a goal, or all but so few.",
        mapping={"number": smallest},
    )
