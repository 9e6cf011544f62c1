"""The e-mail addresses of people who are listed, for whoever writes to them."""

from collections.abc import Iterable
from dataclasses import dataclass
from plone import api
from slc.clicktracker.storage.model import Reader


@dataclass(frozen=True)
class MailAddresses:
    """The ``addresses`` of some people, each once, and who has none that is known."""

    addresses: tuple[str, ...]
    without: tuple[Reader, ...]


def mail_addresses_of(readers: Iterable[Reader]) -> MailAddresses:
    """Return the addresses of members; each takes a look-up of nearly a millisecond."""
    found: dict[str, None] = {}
    without = []
    for reader in readers:
        address = _address_of(reader)
        if address:
            found[address] = None
        else:
            without.append(reader)
    return MailAddresses(tuple(found), tuple(without))


def _address_of(reader: Reader) -> str:
    """Return an address, "" where none is known, or none that is one line."""
    # Properties are kept with the members of the site; who is in a folder above has none.
    member = None if reader.folder else api.user.get(userid=reader.user)
    address = "" if member is None else member.getProperty("email", "") or ""
    return address if address.isprintable() and "@" in address else ""
