"""Whether the current site does what browsers ask whose users don't want to be tracked."""

from slc.clicktracker.sites.privacy import privacy_setting
from slc.clicktracker.visitors.signals import asks_not_to_be_tracked
from typing import Any


def respects_signals() -> bool:
    """Does the site respect "Do Not Track" and "Global Privacy Control"?"""
    return bool(privacy_setting("respect_signals"))


def has_objected(request: Any | None) -> bool:
    """Does the browser of a request ask not to be tracked, in a site that respects that?
    Nobody asks where there is no request, as in a script."""
    environ = getattr(request, "environ", {})
    return asks_not_to_be_tracked(environ) and respects_signals()
