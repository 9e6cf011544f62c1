"""``Networks``: does an address lie in one of many networks?"""

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address
from ipaddress import ip_network
from ipaddress import IPv4Address
from ipaddress import IPv4Network
from ipaddress import IPv6Address
from ipaddress import IPv6Network


Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

#: No address is longer, however it is written; what is gets no closer look.
_LONGEST = 100

#: Where IPv6 has the addresses of IPv4: ::ffff:0:0/96.
_MAPPED = 96


class InvalidNetwork(ValueError):
    """A text that is no network and no address."""


class HostBitsSet(InvalidNetwork):
    """An address with the length of its network. ``meant`` is that network."""

    def __init__(self, text: str, meant: Network) -> None:
        super().__init__(text)
        self.meant = str(meant)


@dataclass(frozen=True)
class Networks:
    """A set of networks, each known by the text that named it.

    What takes time is done once, when the set is made. A question looks into one
    dictionary for each length of prefix that there is, so thousands of networks take no
    longer than a few.
    """

    # IP version, bits that don't matter, and the texts by the bits that do; the
    # narrowest networks first.
    _by_size: tuple[tuple[int, int, Mapping[int, str]], ...] = ()

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Networks":
        """Return those that the texts name, or raise ``InvalidNetwork``.

        Of two texts for one network the first is kept.
        """
        found: dict[tuple[int, int], dict[int, str]] = {}
        for text in texts:
            network = network_of(text)
            free = network.max_prefixlen - network.prefixlen
            same = found.setdefault((network.version, free), {})
            same.setdefault(int(network.network_address) >> free, text)
        return cls(tuple((*size, same) for size, same in sorted(found.items())))

    def __contains__(self, address: str) -> bool:
        return self.holder(address) is not None

    def __len__(self) -> int:
        return sum(len(same) for *_size, same in self._by_size)

    def holder(self, address: str) -> str | None:
        """Return the text of the narrowest network that an address lies in, or None."""
        return next(self.holders(address), None) if self._by_size else None

    def holders(self, address: str) -> Iterator[str]:
        """Yield the texts of all networks that an address lies in, the narrowest first.

        What is no address lies in none.
        """
        parsed = address_of(address) if self._by_size else None
        if parsed is None:
            return
        number, its_version = int(parsed), parsed.version
        for version, free, same in self._by_size:
            if version == its_version and number >> free in same:
                yield same[number >> free]


def address_of(text: str) -> Address | None:
    """Return what a text is the address of, or None.

    An address of IPv4 that is written as one of IPv6 is that of IPv4. A zone
    ("fe80::1%eth0") says by which of the server's cables it came, and is left out.
    """
    return None if len(text) > _LONGEST else _parsed(text)


@lru_cache(maxsize=4096)
def _parsed(text: str) -> Address | None:
    """The same for a text that is not too long; most requests come from few addresses."""
    try:
        found = ip_address(text)
    except ValueError:
        return None
    if isinstance(found, IPv4Address):
        return found
    return found.ipv4_mapped or IPv6Address(int(found))


def networks_around(address: Address) -> frozenset[str]:
    """Return how all networks are written that an address lies in, and the address."""
    lengths = range(address.max_prefixlen + 1)
    around = (ip_network((address.packed, bits), strict=False) for bits in lengths)
    return frozenset({str(address), *map(str, around)})


def network_of(text: str) -> Network:
    """Return the network that a text names, or raise ``InvalidNetwork``.

    An address is a network of one.
    """
    written, slash, length = text.strip().partition("/")
    address = address_of(written)
    if address is None:
        raise InvalidNetwork(text)
    if slash and address.version == 4 and ":" in written:
        length = _without_mapping(length)
    try:
        network = ip_network(f"{address}{slash}{length}", strict=False)
    except ValueError as error:
        raise InvalidNetwork(text) from error
    if network.network_address != address:
        raise HostBitsSet(text, network)
    return network


def _without_mapping(length: str) -> str:
    """Return how long the prefix of a network of IPv4 is that is written as one of IPv6,
    "" if that would be more than all of IPv4."""
    is_number = length.isascii() and length.isdigit() and len(length) <= 3
    if not is_number or int(length) < _MAPPED:
        return ""
    return str(int(length) - _MAPPED)
