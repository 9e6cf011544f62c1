"""The keys that links in mails are signed with.

They are on a ring of their own in Plone's keyring. Plone rotates its own rings each day or
week, and a link in a mail of last year has to end the mails all the same. Who suspects that
a key is known replaces it with the tools of plone.keyring.
"""

from plone.keyring.interfaces import IKeyManager
from plone.keyring.keyring import Keyring
from Products.CMFPlone.Portal import PloneSite
from zope.component import getUtility
from zope.component import queryUtility


_RING = "slc.clicktracker.mails"


def make_link_keys() -> None:
    """Make the keys of the current site, unless it has some."""
    if link_keys():
        return
    manager = getUtility(IKeyManager)
    if _RING not in manager:
        manager[_RING] = Keyring()
    # Else somebody has cleared it.
    manager.rotate(_RING)


def link_keys() -> tuple[str, ...]:
    """Return them, the one to sign with first; none before they are made. Never writes."""
    manager = queryUtility(IKeyManager)
    ring = manager.get(_RING) if manager is not None else None
    return tuple(filter(None, ring)) if ring is not None else ()


def remove_link_keys(portal: PloneSite) -> None:
    """Remove them from a site."""
    manager = portal.getSiteManager().queryUtility(IKeyManager)
    if manager is not None and _RING in manager:
        del manager[_RING]
