"""``Commitments``: what stands in a seal for people.

A commitment is an HMAC over user folder, id and name of a person, with a salt as key. The salt
is made of the secret that the site has for the person, and of a random text of the seal. So

- whoever has a file with names and salts can check that the signed commitments are of these
  people, and of nobody else;
- the same person has other commitments in other seals;
- once the site has forgotten the secret, and the files with the salts are gone, nobody can find
  out whom a commitment was of, while the signature still holds.
"""

from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from slc.clicktracker.audience.accounts import Accounts
from slc.clicktracker.seals.verify import commitment
from slc.clicktracker.seals.verify import FORMAT
from slc.clicktracker.snapshots.people import NOBODY
from slc.clicktracker.snapshots.people import numbered
from slc.clicktracker.snapshots.people import Person
from slc.clicktracker.snapshots.people import person
from slc.clicktracker.storage.model import Reader

import hmac


class Commitments:
    """Those of one seal, with a random text of its own, the ``nonce``. What is asked for is
    remembered: ``numbers`` has the people by what stands for them."""

    def __init__(self, nonce: str) -> None:
        self.nonce = nonce
        self.numbers: dict[str, int] = {}
        self._accounts = Accounts()

    def add(self, people: Iterable[tuple[Reader | None, int]]) -> list[str]:
        """Return what stands for people, as ``numbered`` gets them: "" for nobody, and for
        whom the site has forgotten before. Whoever comes without a name has the one of the
        account."""
        listed = [(self._named(reader), number) for reader, number in people]
        return [self.of(number) for number in numbered(listed)]

    def _named(self, reader: Reader | None) -> Reader:
        if reader is None or reader.name or not reader.user:
            return reader or Reader("")
        return replace(reader, name=self._accounts.name_of(reader) or "")

    def of(self, number: int) -> str:
        """Return what stands for the person with a number."""
        found = None if number == NOBODY else person(number)
        if found is None:
            return ""
        key = self.key(found)
        self.numbers[key] = number
        return key

    def key(self, found: Person) -> str:
        reader = found.reader
        return commitment(self.salt(found), reader.folder, reader.user, reader.name)

    def salt(self, found: Person) -> str:
        """Return what has to be known besides a person to check a commitment."""
        data = f"{FORMAT}\n{self.nonce}".encode()
        return hmac.new(bytes.fromhex(found.secret), data, sha256).hexdigest()


def opened(nonce: str, numbers: Iterable[int]) -> dict[str, dict[str, str]]:
    """Return who the people of a seal are, as far as the site still knows, with their
    salts, by what stands for them."""
    commitments = Commitments(nonce)
    found = {}
    for each in filter(None, map(person, numbers)):
        reader = each.reader
        found[commitments.key(each)] = {
            "folder": reader.folder,
            "user": reader.user,
            "name": reader.name,
            "salt": commitments.salt(each),
        }
    return found
