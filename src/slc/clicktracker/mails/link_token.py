"""``LinkToken``: what a link in a mail proves without a log-in.

It names what it is for, and is signed with a key of the site. Each purpose has signatures
of its own, so no link does what another one is for.
"""

from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

import hmac
import json


_SIGN = "slc.clicktracker mail link"


@dataclass(frozen=True)
class LinkToken:
    """The text ``<key>.<signature>``. ``key`` is what the link is for: letters, digits and
    dashes."""

    key: str
    signature: str

    @classmethod
    def made(cls, secret: str, purpose: str, key: str, user: str) -> "LinkToken":
        """Return the token of a user for something, signed with a secret of the site."""
        return cls(key, _signature(secret, purpose, key, user))

    @classmethod
    def of(cls, text: str) -> "LinkToken":
        """Return what a link says, whatever that is."""
        key, _dot, signature = text.partition(".")
        return cls(key, signature)

    def is_of(self, secrets: Sequence[str], purpose: str, user: str) -> bool:
        """Was it made for this user, with one of the secrets?"""
        given = self.signature.encode("utf-8", "replace")
        is_one = False
        for secret in secrets:
            # All are compared, so that the time tells nothing.
            expected = _signature(secret, purpose, self.key, user).encode()
            is_one |= hmac.compare_digest(given, expected)
        return is_one

    def __str__(self) -> str:
        return f"{self.key}.{self.signature}"


def _signature(secret: str, purpose: str, key: str, user: str) -> str:
    text = json.dumps([_SIGN, purpose, key, user])
    digest = hmac.digest(secret.encode(), text.encode(), sha256)
    return urlsafe_b64encode(digest).decode().rstrip("=")
