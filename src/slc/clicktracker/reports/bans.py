"""Bans as somebody asks for one, what is said where it can't be, and the lists of them."""

from collections.abc import Mapping
from collections.abc import Sequence
from datetime import timedelta
from functools import cached_property
from plone import api
from plone.supermodel import model
from slc.clicktracker import _
from slc.clicktracker.doors.client_address import caller_of
from slc.clicktracker.reports.asked import LAST_START
from slc.clicktracker.reports.asked import last_start
from slc.clicktracker.reports.asked import number_from
from slc.clicktracker.reports.asked import PAGE_SIZE
from slc.clicktracker.reports.asked import text_from
from slc.clicktracker.sites.bans import ban
from slc.clicktracker.sites.bans import listed_bans
from slc.clicktracker.sites.bans import LONGEST_NOTE
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.storage.text import storable
from slc.clicktracker.visitors.bans import AddressesUnknown
from slc.clicktracker.visitors.bans import Ban
from slc.clicktracker.visitors.bans import CannotBan
from slc.clicktracker.visitors.bans import HoldsCaller
from slc.clicktracker.visitors.bans import HoldsEverybody
from slc.clicktracker.visitors.bans import HoldsProxy
from slc.clicktracker.visitors.networks import HostBitsSet
from slc.clicktracker.visitors.networks import InvalidNetwork
from slc.clicktracker.words.names import name_of
from typing import Any
from zope.i18nmessageid import Message
from zope.schema import Choice
from zope.schema import TextLine
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary


#: Name, title, how long.
_DURATIONS = (
    ("hour", _("1 hour"), timedelta(hours=1)),
    ("day", _("1 day"), timedelta(days=1)),
    ("week", _("1 week"), timedelta(weeks=1)),
    ("month", _("30 days"), timedelta(days=30)),
    ("unlimited", _("Until somebody lifts it"), None),
)

_LASTS = {name: lasts for name, _title, lasts in _DURATIONS}


class IBan(model.Schema):
    """What somebody enters who bans a network."""

    network = TextLine(
        title=_("Address or network"),
        description=_(
            "For example 203.0.113.9, 203.0.113.0/24, 2001:db8::7 or 2001:db8::/64. "
            "With IPv6 a household or an office usually has a network that ends in /64."
        ),
        max_length=100,
    )

    duration = Choice(
        title=_("How long"),
        vocabulary=SimpleVocabulary(
            [SimpleTerm(name, name, title) for name, title, _lasts in _DURATIONS]
        ),
        default="day",
    )

    note = TextLine(
        title=_("Note"),
        description=_(
            "The reason, for people who look at the list later. It is kept with your "
            "name and the time, even after the ban has ended."
        ),
        max_length=LONGEST_NOTE,
        required=False,
    )


class BanLists:
    """The bans that hold and those that have ended, the latest first, as the ``form`` of a
    request looks for them."""

    def __init__(self, form: Mapping[str, Any], size: int = PAGE_SIZE) -> None:
        self.form = form
        self.size = size

    @cached_property
    def search(self) -> str:
        return storable(text_from(self.form.get("find")), LONGEST_NOTE).strip()

    @property
    def current(self) -> Sequence[Ban]:
        """Those that hold."""
        return self._listed[0]

    @property
    def earlier(self) -> Sequence[Ban]:
        """Those that have ended."""
        return self._listed[1]

    @cached_property
    def _listed(self) -> tuple[Sequence[Ban], Sequence[Ban]]:
        return listed_bans(self.search)

    def start(self, bans: Sequence[Ban], name: str) -> int:
        """Return where the page of one of both begins, which the form calls ``name``."""
        start = number_from(self.form.get(name), 0, 0, LAST_START)
        return min(start, last_start(len(bans), self.size))


def ban_asked(
    network: str, duration: str, note: str, environ: dict[str, Any]
) -> Ban | None:
    """Ban what somebody has entered; ``duration`` is one of ``IBan``. Return None where it
    is banned already. Raises ``CannotBan`` or ``InvalidNetwork``, which ``why_not``
    explains."""
    lasts = _LASTS[duration]
    until = lasts and utc_now() + lasts
    return ban(network, note, until, caller_of(environ))


#: What is said of a network that is banned already.
ALREADY = _("It is already banned. To change the ban, lift it first.")


def why_not(error: CannotBan | InvalidNetwork, environ: dict[str, Any]) -> Message:
    """Say why a network can't be banned, and what to do."""
    match error:
        case AddressesUnknown():
            return why_off(environ)
        case HoldsEverybody():
            return _("This would ban everybody. Enter a smaller network.")
        case HoldsCaller():
            return _(
                "This network contains your own address, ${address}. Enter a "
                "network without it.",
                mapping={"address": error.args[0]},
            )
        case HoldsProxy():
            return _(
                "This network contains the proxy in front of this site, "
                "${address}. Enter a network without it.",
                mapping={"address": error.args[0]},
            )
        case HostBitsSet():
            return _(
                "Enter ${network} for the whole network, or only the address, "
                "without the slash and what follows.",
                mapping={"network": error.meant},
            )
    return _(
        "Enter an address like 203.0.113.9 or 2001:db8::7, or a network like "
        "203.0.113.0/24 or 2001:db8::/64."
    )


def banned_words(made: Ban) -> Message:
    """Say what was done."""
    return _(
        "${network} is banned. The ban takes effect in all server processes within ten "
        "seconds.",
        mapping={"network": made.network},
    )


def lifted_words(network: str) -> Message:
    """Say what was done."""
    return _(
        "${network} is no longer banned. This takes effect in all server processes "
        "within ten seconds.",
        mapping={"network": network},
    )


def by_name(who: Reader) -> str:
    """Return who has banned or lifted something."""
    if who.user:
        return name_of(who)
    return api.portal.translate(_("a command on the server"))


def why_doubtful(environ: dict[str, Any]) -> Message | None:
    """Say why bans may keep nobody out, and what to do; None where all is well."""
    caller = caller_of(environ)
    if caller.address or not caller.can_ban:
        return None
    return _(
        "Zope doesn't know where you come from, because its trusted proxy ${address} "
        "doesn't say so. If this is true for all visitors, bans have no effect. Let "
        "the proxy send the header X-Forwarded-For. waitress only passes it on with "
        "clear_untrusted_proxy_headers = false in zope.ini.",
        mapping={"address": environ.get("REMOTE_ADDR", "")},
    )


def why_off(environ: dict[str, Any]) -> Message | None:
    """Say why nobody can be banned, and what to do; None where bans work."""
    if caller_of(environ).can_ban:
        return None
    peer = environ.get("REMOTE_ADDR")
    if not peer:
        return _(
            "Bans are off: Zope doesn't know where requests come from, because the web "
            "server connects through a socket file. Let it connect through a port, and "
            "set trusted-proxy in zope.conf to its address."
        )
    return _(
        "Bans are off: requests come from ${address}. This may be a proxy for all "
        "visitors, so banning one of them would ban everybody. Set trusted-proxy in "
        "zope.conf to the address of the proxy.",
        mapping={"address": peer},
    )
