"""What has to be known to understand the comparison, in whole sentences."""

from collections.abc import Iterator
from slc.clicktracker import _
from slc.clicktracker.reports.head import Fact
from zope.i18nmessageid import Message


_ORDER = _(
    "An event belongs to the first activity that claims it, in the order in which they "
    "stand here. So no event counts twice, and all shares of a group are 100 % together."
)
_DAYS = _(
    "Days are those of the site's clock. Of what goes on over the first or the last "
    "midnight only the part counts that lies within these days."
)


def remarks_on(smallest: int) -> Iterator[Fact]:
    """Yield what has to be known where ``smallest`` members are the smallest group."""
    yield Fact("order", _("Which activity"), _ORDER)
    yield Fact("rates_are", _("What figures are of"), _rates(smallest))
    yield Fact("days_are", _("What a day is"), _DAYS)


def too_small(smallest: int, is_followed: bool) -> Message:
    """Return why nothing is said of a group."""
    said = _TOO_FEW_FOLLOWED if is_followed else _TOO_FEW_OF_SAMPLE
    return Message(said, mapping={"number": smallest})


_TOO_FEW_FOLLOWED = _(
    "Fewer than ${number} of the members who are followed did anything on these days, so "
    "nothing is said of them. Choose more days, or follow more members."
)
_TOO_FEW_OF_SAMPLE = _(
    "Fewer than ${number} members of the sample did anything on these days, so nothing is "
    "said of them. Choose more days, or a larger sample."
)


def _rates(smallest: int) -> Message:
    return _(
        "Figures are of the members of whom anything is recorded on these days. The ratio "
        "is that of events per member: of those who are followed to those of the sample. "
        "Where fewer than ${number} members did something, it is not said how many. What "
        "fewer did is not listed among what is unclassified.",
        mapping={"number": smallest},
    )
