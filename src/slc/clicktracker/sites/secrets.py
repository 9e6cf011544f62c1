"""Secrets that services want to be told, apart from all settings.

Who may see the registry by REST must not see them, so they are kept in the site itself, or
come from who runs the server.
"""

from App.config import getConfiguration
from slc.clicktracker.sites.site_record import SiteRecord

import os


_RECORD = SiteRecord("secrets")


def secret(name: str) -> str:
    """Return a secret, "" where there is none: from ``CLICKTRACKER_`` and its name in the
    environment, from ``<product-config slc.clicktracker>``, else the one that is stored."""
    return configured_secret(name) or stored_secret(name)


def configured_secret(name: str) -> str:
    """Return the one that who runs the server has set."""
    product_config = getattr(getConfiguration(), "product_config", None) or {}
    configured = os.environ.get(f"CLICKTRACKER_{name.upper()}") or product_config.get(
        "slc.clicktracker", {}
    ).get(name, "")
    return configured.strip()


def stored_secret(name: str) -> str:
    """Return the one that is stored in the current site."""
    return next(iter(_RECORD.get(name)), "")


def store_secret(name: str, text: str) -> None:
    """Store one in the current site; "" removes it."""
    _RECORD.set(name, (text,) if text else ())
