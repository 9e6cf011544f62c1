"""Names that stand for members and tell nobody who they are."""

from slc.clicktracker.forwarding.rules import pseudonym_with
from slc.clicktracker.sites.site_record import SiteRecord

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
    key = pseudonym_key()
    return pseudonym_with(key, purpose, folder, user_id) if key else None


def pseudonym_key() -> str:
    """Return the key of the current site, "" where it has none."""
    return next(iter(_RECORD.get(_NAME)), "")
