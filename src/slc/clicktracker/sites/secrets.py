"""Secrets that services want to be told, apart from all settings.

Who may see the registry by REST must not see them, so they are kept in the site itself, or
come from who runs the server. One that is stored is for the place for which it was typed:
else whoever may change the address of a service would be told it there.
"""

from App.config import getConfiguration
from slc.clicktracker.sites.site_record import SiteRecord

import os


_RECORD = SiteRecord("secrets")


def secret(name: str, place: str = "") -> str:
    """Return a secret, "" where there is none: from ``CLICKTRACKER_`` and its name in the
    environment, from ``<product-config slc.clicktracker>``, else the one that is stored
    for a place."""
    return configured_secret(name) or stored_secret(name, place)


def configured_secret(name: str) -> str:
    """Return the one that who runs the server has set."""
    product_config = getattr(getConfiguration(), "product_config", None) or {}
    configured = os.environ.get(f"CLICKTRACKER_{name.upper()}") or product_config.get(
        "slc.clicktracker", {}
    ).get(name, "")
    return configured.strip()


def stored_secret(name: str, place: str = "") -> str:
    """Return the one that is stored in the current site, "" where that is for another
    place."""
    text, its_place = _RECORD.get(name) or ("", "")
    return text if its_place == place else ""


def is_stored(name: str) -> bool:
    """Is one stored in the current site, for whatever place?"""
    return bool(_RECORD.get(name))


def store_secret(name: str, text: str, place: str = "") -> None:
    """Store one in the current site, for a place; "" removes it."""
    _RECORD.set(name, (text, place) if text else ())
