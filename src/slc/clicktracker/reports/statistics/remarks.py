"""What has to be known to understand the statistics, in whole sentences."""

from collections.abc import Iterator
from slc.clicktracker import _
from slc.clicktracker.reports.head import Fact
from slc.clicktracker.storage.visits.statistics import VisitFigures
from zope.i18nmessageid import Message


_NOT_JOINED = _(
    "Page views of guests without a cookie can't be joined into visits, because nobody "
    "knows which belong together. They only count as page views."
)
_BOTH = _(
    "The browser reported some page views; the server noted the others. The server "
    "doesn't know whether anybody looked at the pages, or for how long."
)
_SCRIPT = _(
    "The script in the page reported all page views. People who block scripts are "
    "missing."
)
_SERVER = _(
    "The server noted all page views. It doesn't know whether anybody looked at the "
    "pages, or for how long. The time on the last page of a visit is missing."
)
_DAYS = _("Days follow the site's clock. A visit counts on the day on which it began.")
_VISITORS = _(
    "Members count as one visitor, whatever number of browsers they use. Guests count "
    "once for each browser. People who come back after all their earlier visits were "
    "removed count as new."
)


def remarks_on(figures: VisitFigures) -> Iterator[Fact]:
    """Yield what has to be known of these figures."""
    if figures.single:
        yield Fact("not_joined", _("Not joined"), _NOT_JOINED)
    if figures.views:
        yield Fact("source", _("Source"), _source_of(figures))
    yield Fact("visitors_are", _("Who counts as one visitor"), _VISITORS)
    yield Fact("days_are", _("How days are counted"), _DAYS)


def _source_of(figures: VisitFigures) -> Message:
    if figures.from_script and figures.from_server:
        return _BOTH
    return _SERVER if figures.from_server else _SCRIPT
