"""Names that stand for members and tell nobody who they are."""

from hashlib import sha256
from slc.clicktracker.sites.site_record import SiteRecord

import hmac
import secrets


_RECORD = SiteRecord("pseudonyms")
_NAME = "key"


def make_pseudonym_key() -> None:
    """Make the key of the current site, unless it has one.

    It is kept in the site and never changed: the rings of plone.keyring rotate, and each
    member would be somebody else then.
    """
    if not _RECORD.get(_NAME):
        _RECORD.set(_NAME, (secrets.token_hex(32),))


def pseudonym(purpose: str, folder: str, user_id: str) -> str | None:
    """Return what stands for a user, another one for each purpose; None without a key."""
    kept = _RECORD.get(_NAME)
    if not kept:
        return None
    message = "\n".join((purpose, folder, user_id)).encode("utf-8", "surrogatepass")
    return hmac.new(bytes.fromhex(kept[0]), message, sha256).hexdigest()[:32]
