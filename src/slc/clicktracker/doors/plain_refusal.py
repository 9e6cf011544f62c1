"""What somebody gets who is banned, by whichever door: a plain 403, and no page."""

from slc.clicktracker.doors.client_address import full_address
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.visitors.bans import BansInForce
from typing import Any


STATUS = 403

#: The same for everybody, so that nobody learns more by it.
BODY = b"Your network address is banned from this site.\n"

HEADERS = (
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Content-Length", str(len(BODY))),
    ("Cache-Control", "no-store"),
    ("X-ClickTracker-Refused", "banned"),
)


def is_banned(bans: BansInForce, environ: dict[str, Any]) -> bool:
    """Does a request come from an address that is banned?"""
    return bans.hold(full_address(environ), utc_now())
