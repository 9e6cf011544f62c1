"""Did the reader ask for what is delivered? As far as the browser says."""

from collections.abc import Callable
from zope.publisher.interfaces.browser import IBrowserRequest


#: Returns a header of a request by its name, None where it has none.
Header = Callable[[str], str | None]

#: What ``Sec-Fetch-Dest`` says of a page or file that is to be read or kept. Everything
#: else is fetched as part of another page, without anybody's having asked for it.
_TO_BE_READ = frozenset({"document", "embed", "empty", "frame", "iframe", "object"})

#: Where browsers say that they only fetch it in case that it is asked for.
_IN_ADVANCE = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")


def is_to_be_read(header: Header) -> bool:
    """Is it for somebody to look at now, or to keep?

    Not what a page shows by itself, nor what is fetched in advance. The browser is
    believed: all that it can do so is to leave something out. One that says nothing
    is too old to know, or no browser.
    """
    destination = header("Sec-Fetch-Dest") or "document"
    return destination in _TO_BE_READ and not any(
        _is_advance(header(name)) for name in _IN_ADVANCE
    )


def is_sent_by_other_site(request: IBrowserRequest) -> bool:
    """Did another site's page lead here without any act of the reader?

    So does a log-in at another site, which leads back here by itself.
    """
    return (
        request.getHeader("Sec-Fetch-Site") == "cross-site"
        and request.getHeader("Sec-Fetch-User") != "?1"
    )


def _is_advance(purpose: str | None) -> bool:
    words = (purpose or "").lower().replace(",", ";").split(";")
    return any(word.strip() in ("prefetch", "preview") for word in words)
