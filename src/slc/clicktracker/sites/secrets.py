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
    """Return a secret for a place, "" where there is none: from ``CLICKTRACKER_`` and its
    name in the environment, from ``<product-config slc.clicktracker>``, else the one that
    is stored."""
    return configured_secret(name, place) or stored_secret(name, place)


def configured_secret(name: str, place: str = "") -> str:
    """Return the one that who runs the server has set, "" where it is for another place.

    For which it is the same says, under the name with ``_for`` behind it: the managers of
    no site are to have it sent to an address of their choice.
    """
    is_here = not place or _same(_configured(f"{name}_for"), place)
    return _configured(name) if is_here else ""


def is_configured(name: str) -> bool:
    """Has who runs the server set one, for whatever place?"""
    return bool(_configured(name))


def _configured(name: str) -> str:
    product_config = getattr(getConfiguration(), "product_config", None) or {}
    configured = os.environ.get(f"CLICKTRACKER_{name.upper()}") or product_config.get(
        "slc.clicktracker", {}
    ).get(name, "")
    return configured.strip()


def _same(typed: str, place: str) -> bool:
    """Is it the same address? It is one of HTTPS where nothing else is said."""
    whole = typed if "://" in typed else f"https://{typed}"
    return whole.rstrip("/").lower() == place.lower()


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
