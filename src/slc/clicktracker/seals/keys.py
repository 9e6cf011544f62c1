"""The key that seals are made with: outside the database, with who runs the server.

``CLICKTRACKER_SEAL_KEY`` in the environment, or ``seal_key`` in ``<product-config
slc.clicktracker>``, is the path of a file with the private key, as ``clicktracker seal-key``
makes it, or the text in such a file. Which public keys a site has used is kept in the site, for good.
"""

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.hazmat.primitives.serialization import NoEncryption
from cryptography.hazmat.primitives.serialization import PrivateFormat
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from slc.clicktracker import _
from slc.clicktracker.seals.verify import key_fingerprint
from slc.clicktracker.seals.verify import key_text
from slc.clicktracker.sites.secrets import configured_secret
from slc.clicktracker.sites.site_record import SiteRecord
from slc.clicktracker.storage.model import from_microseconds
from slc.clicktracker.storage.model import microseconds
from zope.i18nmessageid import Message

import os


#: By fingerprint.
_used = SiteRecord("seal-keys")

_NAME = "seal_key"

_BEGIN = "-----BEGIN"

#: Who besides the owner may not look into a file.
_OTHERS = 0o077


class KeyUnusable(Exception):
    """There is no key to seal with. ``problem`` says why, in words for a screen."""

    def __init__(self, problem: Message) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True)
class UsedKey:
    """A public key with which a site has sealed something, since when."""

    fingerprint: str
    text: str
    since: datetime


class SealKey:
    """A private key, which shows nothing of itself."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        self._public = private.public_key().public_bytes_raw()

    @classmethod
    def made(cls) -> "SealKey":
        """Return a new one."""
        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def of_pem(cls, text: str) -> "SealKey":
        """Return the one in a text. Raises ``ValueError``."""
        try:
            private = load_pem_private_key(text.encode(), None)
        except (TypeError, UnsupportedAlgorithm) as error:
            raise ValueError(str(error)) from error
        if not isinstance(private, Ed25519PrivateKey):
            raise ValueError("it is no key of Ed25519")
        return cls(private)

    @property
    def pem(self) -> str:
        """The private key as text, to be kept secret."""
        return self._private.private_bytes(
            Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
        ).decode()

    @property
    def public(self) -> str:
        """The public key as text, to be given to everybody."""
        return key_text(self._public)

    @property
    def fingerprint(self) -> str:
        """What the key is known by in seals."""
        return key_fingerprint(self._public)

    def signature(self, data: bytes) -> str:
        """Return the signature of some data, in hexadecimal."""
        return self._private.sign(data).hex()


def seal_key() -> SealKey:
    """Return the key of this server. Raises ``KeyUnusable``."""
    configured = configured_secret(_NAME)
    if not configured:
        raise KeyUnusable(
            _(
                "No key is configured on the server. An administrator can make one with "
                "the command “clicktracker seal-key”."
            )
        )
    text = configured
    if not configured.startswith(_BEGIN):
        try:
            text = Path(configured).read_text()
        except (OSError, ValueError) as error:
            # Not the path: the managers of a site need not know it.
            raise KeyUnusable(_("The file with the key can't be read.")) from error
    try:
        return SealKey.of_pem(text)
    except ValueError as error:
        raise KeyUnusable(
            _("What is configured as the key is no private key of Ed25519.")
        ) from error


def is_open_to_others() -> bool:
    """May others than its owner read the file with the key?"""
    configured = configured_secret(_NAME)
    if not configured or configured.startswith(_BEGIN):
        return False
    try:
        return bool(os.stat(configured).st_mode & _OTHERS)
    except (OSError, ValueError):
        return False


def keep_used(key: SealKey, now: datetime) -> None:
    """Keep the public key for good, with which something is sealed."""
    tree = _used.made()
    if key.fingerprint not in tree:
        tree[key.fingerprint] = key.public, microseconds(now)


def used_keys() -> list[UsedKey]:
    """Return all public keys with which the site has ever sealed something, oldest first."""
    found = [
        UsedKey(fingerprint, text, from_microseconds(since))
        for fingerprint, (text, since) in _used.all().items()
    ]
    return sorted(found, key=lambda each: each.since)


def prepare_keys() -> None:
    """Make the place, so that even the first two who need it don't conflict."""
    _used.made()
