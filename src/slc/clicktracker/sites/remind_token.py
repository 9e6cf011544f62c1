"""The token by which a program may have a site's reminders sent, without a log-in.

It is good for that alone. It is kept as it is, so that an administrator can be shown it
again: whoever can read the site's database has the documents themselves.
"""

from hmac import compare_digest
from slc.clicktracker.sites.site_record import SiteRecord

import secrets


_RECORD = SiteRecord("remind-token")
_KEY = "token"

#: Random bytes of a token.
_BYTES = 32


def remind_token() -> str:
    """Return the token of the current site, "" where there is none."""
    (token,) = _RECORD.get(_KEY) or ("",)
    return token


def is_remind_token(text: str) -> bool:
    """Is this the token? It takes as long where there is none."""
    known = remind_token()
    given = text.encode("utf-8", "surrogatepass")
    is_same = compare_digest((known or "-").encode(), given)
    return is_same and bool(known)


def make_remind_token() -> None:
    """Give the site a new token in place of the one before."""
    _RECORD.set(_KEY, (secrets.token_urlsafe(_BYTES),))


def withdraw_remind_token() -> bool:
    """Take the token from the site. Return False where there is none."""
    has_one = bool(remind_token())
    _RECORD.set(_KEY, ())
    return has_one
