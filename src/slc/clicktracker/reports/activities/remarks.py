"""What has to be known to understand the comparison, in whole sentences."""

from collections.abc import Iterator
from slc.clicktracker import _
from slc.clicktracker.reports.head import Fact
from zope.i18nmessageid import Message


_ORDER = _(
    "Each event belongs to the first activity in this list that claims it. So no event "
    "counts twice, and all shares of a group add up to 100 %."
)
_DAYS = _(
    "Days follow the site's clock. If something goes on past the first or last "
    "midnight, only the part within the period counts."
)


def remarks_on(smallest: int) -> Iterator[Fact]:
    """Yield what has to be known where ``smallest`` members are the smallest group."""
    yield Fact("order", _("Which activity"), _ORDER)
    yield Fact("rates_are", _("What the figures are about"), _rates(smallest))
    yield Fact("days_are", _("How days are counted"), _DAYS)


def too_small(smallest: int, is_followed: bool) -> Message:
    """Return why nothing is said of a group."""
    said = _TOO_FEW_FOLLOWED if is_followed else _TOO_FEW_OF_SAMPLE
    return Message(said, mapping={"number": smallest})


_TOO_FEW_FOLLOWED = _(
    "Fewer than ${number} of the followed members did anything in this period, so "
    "nothing is shown about them. Choose a longer period, or follow more members."
)
_TOO_FEW_OF_SAMPLE = _(
    "Fewer than ${number} members of the sample did anything in this period, so "
    "nothing is shown about them. Choose a longer period or a larger sample."
)


def _rates(smallest: int) -> Message:
    return _(
        "The figures are about members with recorded events in this period. The ratio "
        "compares events per member: followed members to the sample. If fewer than "
        "${number} members did something, their number is not shown, and what they did "
        "is not listed as unclassified.",
        mapping={"number": smallest},
    )
