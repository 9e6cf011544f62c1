"""The lists of what visits were of: pages, sites, browsers, members, and when."""

from dataclasses import dataclass
from slc.clicktracker import _
from slc.clicktracker.reports.statistics.figures import Figure
from slc.clicktracker.reports.statistics.figures import LEFT_OUT
from slc.clicktracker.reports.statistics.figures import OF_PAGES
from slc.clicktracker.reports.statistics.figures import OF_STEPS
from slc.clicktracker.reports.statistics.figures import OF_VISITS
from slc.clicktracker.reports.statistics.figures import ONLY_VIEWS
from slc.clicktracker.storage.visits import statistics
from zope.i18nmessageid import Message


@dataclass(frozen=True)
class ShareList:
    """A list: its ``kind`` for the storage, its ``title``, what each entry is
    (``thing``), and what is known of that.

    ``nobody_knows`` stands for an entry of which nobody can tell what it is.
    ``left_out`` says which page views its figures leave out, as they can't be joined.
    """

    kind: str
    title: Message
    thing: Message
    figures: tuple[Figure, ...] = OF_VISITS
    nobody_knows: Message | None = None
    left_out: Message | None = LEFT_OUT


_NOT_KNOWN = _("not known")

PAGES = ShareList(
    statistics.PAGES, _("Pages"), _("Page"), OF_PAGES, left_out=ONLY_VIEWS
)
ENTRIES = ShareList(statistics.ENTRIES, _("Entry pages"), _("First page of a visit"))
EXITS = ShareList(statistics.EXITS, _("Exit pages"), _("Last page of a visit"))
SITES = ShareList(
    statistics.SITES,
    _("Referring sites"),
    _("Site that visitors came from"),
    nobody_knows=_("no known site"),
)
BROWSERS = ShareList(
    statistics.BROWSERS, _("Browsers"), _("Browser"), nobody_knows=_NOT_KNOWN
)
SYSTEMS = ShareList(
    statistics.SYSTEMS, _("Systems"), _("System"), nobody_knows=_NOT_KNOWN
)
DEVICES = ShareList(
    statistics.DEVICES, _("Devices"), _("Device"), nobody_knows=_NOT_KNOWN
)
MEMBERS = ShareList(statistics.MEMBERS, _("Members"), _("Member"), left_out=None)

#: Not of the storage's shares: the figures of each step of time.
TIMES = ShareList("time", _("Over time"), _("Day"), OF_STEPS, left_out=ONLY_VIEWS)

_WITHOUT_NAMES = (PAGES, ENTRIES, EXITS, SITES, BROWSERS, SYSTEMS, DEVICES)


def lists_for(names: bool) -> tuple[ShareList, ...]:
    """Return the lists for who may see ``names``, and for who may not."""
    return (*_WITHOUT_NAMES, *((MEMBERS,) if names else ()), TIMES)
