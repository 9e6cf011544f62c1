"""The network address that a request comes from, where it can be known."""

from ipaddress import ip_address
from ipaddress import ip_network
from typing import Any
from ZPublisher import HTTPRequest


def client_address(environ: dict[str, Any]) -> str:
    """Return whose messages are limited together, or "" where nobody can tell.

    It is the client's address; of IPv6 it is the network, 64 bits, as everybody has a
    network of them.
    """
    address = known_address(environ)
    if ":" not in address:
        return address
    return str(ip_network((ip_address(address).packed, 64), strict=False))


def known_address(environ: dict[str, Any]) -> str:
    """Return the address of the client, or "" where nobody can tell.

    Behind a proxy it is what the proxy says, if Zope's ``trusted-proxy`` names
    it. A peer on this host or in a private network may be a proxy that is not
    named: as long as none is, its address says nothing about the client.
    """
    peer = environ.get("REMOTE_ADDR", "")
    trusted = HTTPRequest.trusted_proxies
    if peer in trusted:
        forwarded = environ.get("HTTP_X_FORWARDED_FOR", "").split(",")
        hops = [hop for hop in map(str.strip, reversed(forwarded)) if hop]
        peer = next((hop for hop in hops if hop not in trusted), "")
    try:
        address = ip_address(peer)
    except ValueError:
        return ""
    return str(address) if trusted or address.is_global else ""


def addresses_are_known() -> bool:
    """Does Zope know which proxies are in front of it?"""
    return bool(HTTPRequest.trusted_proxies)
