"""What has to be known to understand the statistics, in whole sentences."""

from collections.abc import Iterator
from slc.clicktracker import _
from slc.clicktracker.reports.head import Fact
from slc.clicktracker.storage.visits.statistics import VisitFigures
from zope.i18nmessageid import Message


_NOT_JOINED = _(
    "Page views of guests without a cookie can't be joined into visits, as nobody knows "
    "which belong together. They count as page views, and are left out of all else."
)
_BOTH = _(
    "Some page views were reported by the browser, others answered by the server, which "
    "doesn't know whether anybody looked at the answer, nor how long."
)
_SCRIPT = _(
    "All page views were reported by the script in the page. People who block scripts are "
    "not among them."
)
_SERVER = _(
    "All page views were answered by the server, which doesn't know whether anybody "
    "looked at the answer, nor how long. The time on the last page of a visit is missing."
)
_DAYS = _(
    "Days are those of the site's clock. A visit counts on the day on which it began."
)
_VISITORS = _(
    "A member is one visitor with however many browsers, a guest with two browsers is "
    "two. People who come back after all their earlier visits were forgotten count as "
    "somebody new."
)


def remarks_on(figures: VisitFigures) -> Iterator[Fact]:
    """Yield what has to be known of these figures."""
    if figures.single:
        yield Fact("not_joined", _("Not joined"), _NOT_JOINED)
    if figures.views:
        yield Fact("source", _("Source"), _source_of(figures))
    yield Fact("visitors_are", _("Who is one visitor"), _VISITORS)
    yield Fact("days_are", _("What a day is"), _DAYS)


def _source_of(figures: VisitFigures) -> Message:
    if figures.from_script and figures.from_server:
        return _BOTH
    return _SERVER if figures.from_server else _SCRIPT
