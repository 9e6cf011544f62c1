"""What a browser says whose user doesn't want to be tracked."""

from collections.abc import Mapping
from typing import Any


#: "Do Not Track" and "Global Privacy Control", as WSGI has them.
_SIGNALS = ("HTTP_DNT", "HTTP_SEC_GPC")


def asks_not_to_be_tracked(environ: Mapping[str, Any]) -> bool:
    """Does the browser of a request ask for that? ``environ`` is that of WSGI.

    This is the one function that decides, for the filter and for Plone. Where a site
    respects it, nothing is recorded of what the site only wants to know: visits, page
    views, reads of guests, events, goals and variants. That a member was served, opened or
    downloaded tracked content is evidence that somebody else relies on, and stays.
    """
    return any(environ.get(name) == "1" for name in _SIGNALS)
