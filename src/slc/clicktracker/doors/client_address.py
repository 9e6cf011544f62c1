"""The network address that a request comes from, where it can be known."""

from functools import lru_cache
from ipaddress import ip_address
from ipaddress import ip_network
from slc.clicktracker.tickets.credential import USUAL
from slc.clicktracker.visitors.bans import Caller
from slc.clicktracker.visitors.networks import address_of
from typing import Any
from ZPublisher import HTTPRequest


#: How many proxies one behind the other are looked at.
_MOST_HOPS = 50


def client_address(environ: dict[str, Any]) -> str:
    """Return whose address a request comes from, or "" where nobody can tell.

    Of IPv6 it is the network, 64 bits: everybody has one of them.
    """
    address = full_address(environ)
    if ":" not in address:
        return address
    return str(ip_network((ip_address(address).packed, 64), strict=False))


def full_address(environ: dict[str, Any]) -> str:
    """Return the very address that a request comes from, or "" where nobody can tell.

    Behind a proxy it is what the proxy says, if Zope's ``trusted-proxy`` names
    it. A peer on this host or in a private network may be a proxy that is not
    named: as long as none is, its address says nothing about the client.
    """
    told = environ.get("REMOTE_ADDR", ""), environ.get("HTTP_X_FORWARDED_FOR", "")
    found = _address if sum(map(len, told)) < USUAL else _address.__wrapped__
    return found(*told, tuple(HTTPRequest.trusted_proxies))


@lru_cache(maxsize=4096)
def _address(sender: str, forwarded_for: str, proxies: tuple[str, ...]) -> str:
    """Most requests come from few addresses."""
    peer = address_of(sender)
    if peer is None:
        return ""
    trusted = _normal(proxies)
    if not trusted:
        return str(peer) if peer.is_global else ""
    if str(peer) not in trusted:
        return str(peer)
    forwarded = forwarded_for.rsplit(",", _MOST_HOPS)
    for hop in filter(None, map(str.strip, reversed(forwarded))):
        # What a proxy has not understood itself may stand for anybody.
        address = address_of(_without_port(hop))
        if address is None or str(address) not in trusted:
            return str(address or "")
    return ""


def caller_of(environ: dict[str, Any]) -> Caller:
    """Return where somebody comes from who wants to ban others."""
    proxies = _normal(tuple(HTTPRequest.trusted_proxies))
    return Caller(full_address(environ), tuple(proxies))


def addresses_are_known() -> bool:
    """Does Zope know which proxies are in front of it?"""
    return bool(HTTPRequest.trusted_proxies)


@lru_cache(1)
def _normal(proxies: tuple[str, ...]) -> dict[str, None]:
    """Return addresses in the one way to write them, to be looked up."""
    return {str(address_of(proxy) or proxy): None for proxy in proxies}


def _without_port(hop: str) -> str:
    """Return an address as some proxies write it, without what they add."""
    if hop.startswith("["):
        return hop[1:].partition("]")[0]
    return hop.partition(":")[0] if hop.count(":") == 1 else hop
