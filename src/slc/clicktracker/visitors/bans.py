"""``Ban``: a network that is kept out of a site; which can be, and which are now."""

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import datetime
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.visitors.networks import network_of
from slc.clicktracker.visitors.networks import Networks


@dataclass(frozen=True)
class Ban:
    """Nobody from ``network`` may see the site.

    ``by`` banned it at ``since``; it ends by itself at ``until``, None for never.
    ``ended_by`` lifted it at ``ended``, which are None where nobody did; a user "" is a
    command on the server. Times are UTC.
    """

    network: str
    note: str
    by: Reader
    since: datetime
    until: datetime | None = None
    ended_by: Reader | None = None
    ended: datetime | None = None

    def holds(self, now: datetime) -> bool:
        return self.ended is None and (self.until is None or now < self.until)


@dataclass(frozen=True)
class BansInForce:
    """The bans of a site as they are looked at for each request; false without any.

    Made once for each change of them. One that expires meanwhile stays among them and
    holds nobody.
    """

    networks: Networks = field(default_factory=Networks)
    _until: Mapping[str, datetime | None] = field(default_factory=dict)

    @classmethod
    def of(cls, bans: Iterable[Ban], now: datetime) -> "BansInForce":
        until = {ban.network: ban.until for ban in bans if ban.holds(now)}
        return cls(Networks.of(until), until)

    def __bool__(self) -> bool:
        return bool(self._until)

    def hold(self, address: str, now: datetime) -> bool:
        """Is an address banned? What is no address is not."""
        for network in self.networks.holders(address):
            until = self._until[network]
            if until is None or now < until:
                return True
        return False


@dataclass(frozen=True)
class Caller:
    """Where somebody comes from who bans others.

    ``address`` is "" where it can't be known, ``proxies`` are the addresses of those
    that Zope trusts.
    """

    address: str
    proxies: tuple[str, ...] = ()

    @property
    def can_ban(self) -> bool:
        """Can one client be told from another?

        Where nobody has said which proxies there are, all requests may come from one of
        them, and a single ban would shut everybody out.
        """
        return bool(self.address or self.proxies)


class CannotBan(ValueError):
    """A network that must not be banned; the subclass says why."""


class AddressesUnknown(CannotBan):
    """See ``Caller.can_ban``."""


class HoldsEverybody(CannotBan):
    """All of IPv4 or all of IPv6."""


class HoldsCaller(CannotBan):
    """The one who bans comes from there. The argument is the address."""


class HoldsProxy(CannotBan):
    """A proxy that Zope trusts is there. The argument is its address."""


def bannable(text: str, caller: Caller) -> str:
    """Return how the network is written that somebody wants to ban.

    Raises ``CannotBan``, or ``InvalidNetwork`` for a text that names none.
    """
    if not caller.can_ban:
        raise AddressesUnknown
    network = network_of(text)
    if not network.prefixlen:
        raise HoldsEverybody
    banned = Networks.of([str(network)])
    if caller.address in banned:
        raise HoldsCaller(caller.address)
    for proxy in caller.proxies:
        if proxy in banned:
            raise HoldsProxy(proxy)
    is_one = network.prefixlen == network.max_prefixlen
    return str(network.network_address if is_one else network)
