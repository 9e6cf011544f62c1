"""What is kept of a network address after some days: the network, which many share."""

from functools import lru_cache
from ipaddress import ip_address
from ipaddress import ip_network


#: How many bits of an address are its network, by the version of IP.
_LENGTHS = {4: 24, 6: 48}

_REMEMBERED = 1000


@lru_cache(_REMEMBERED)
def shortened(address: str) -> str:
    """Return the first address of the network: 198.51.100.0 for 198.51.100.7, and of IPv6
    the first 48 bits. Of what is no address nobody knows what to cut, so nothing stays."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    # Cut as what it is, an address of IPv4 would not be left at all.
    found = getattr(found, "ipv4_mapped", None) or found
    network = ip_network((found, _LENGTHS[found.version]), strict=False)
    return str(network.network_address)


def is_whole(address: str) -> bool:
    """Is there something to be cut?"""
    return address != shortened(address)
