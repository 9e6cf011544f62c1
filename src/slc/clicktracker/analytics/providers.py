"""Which services there are, and what they put into a place of a page."""

from collections.abc import Callable
from collections.abc import Iterator
from slc.clicktracker.analytics.complaints import complain
from slc.clicktracker.analytics.interfaces import IAnalyticsProvider
from slc.clicktracker.analytics.internal_addresses import is_internal
from slc.clicktracker.analytics.markup import comment
from slc.clicktracker.analytics.page import AnalyticsPage
from typing import Any
from ZODB.POSException import ConflictError
from zope.annotation.interfaces import IAnnotations
from zope.component import getUtilitiesFor
from zope.publisher.interfaces.browser import IBrowserRequest


_FAILED = "slc.clicktracker.analytics.failed"
_UNSHARED = "slc.clicktracker.analytics.unshared"


def providers() -> list[tuple[str, IAnalyticsProvider]]:
    """Return names and services, sorted by name. One that is registered twice is there
    once, as each page view would be counted twice otherwise."""
    found: list[tuple[str, IAnalyticsProvider]] = []
    for name, provider in sorted(getUtilitiesFor(IAnalyticsProvider), key=_name):
        twin = next((known for known, other in found if other == provider), None)
        if twin is None:
            found.append((name, provider))
        else:
            complain(
                f"twin {name}",
                "The analytics provider %r is the same as %r, and is left out",
                name,
                twin,
            )
    return found


def markup_for(
    place: str,
    context: Any,
    request: IBrowserRequest,
    static_url: Callable[[str], str],
) -> str:
    """Return what all services put into a place of a page."""
    pages = [
        AnalyticsPage(name, provider, context, request, static_url)
        for name, provider in providers()
    ]
    return "".join(_parts(place, pages, request))


def is_for_one_visitor(request: IBrowserRequest) -> bool:
    """Has a guest's page become one that caches must not give to other guests?"""
    return bool(IAnnotations(request).get(_UNSHARED))


def _name(named: tuple[str, IAnalyticsProvider]) -> str:
    return named[0]


def _parts(
    place: str, pages: list[AnalyticsPage], request: IBrowserRequest
) -> Iterator[str]:
    # What one has put elsewhere in this page may do without the rest.
    failed = IAnnotations(request).setdefault(_FAILED, set())
    for page in _sorted(place, pages):
        if page.name in failed:
            continue
        try:
            yield _part(place, page)
        except ConflictError:
            raise
        except Exception:
            failed.add(page.name)
            _complain(page)


def _sorted(place: str, pages: list[AnalyticsPage]) -> list[AnalyticsPage]:
    """Return who adds to a place, by position there and name."""
    placed = []
    for page in pages:
        try:
            position = page.provider.places.get(place)
            if position is not None:
                placed.append((float(position), page.name, page))
        except Exception:
            _complain(page)
    return [page for *_order, page in sorted(placed, key=lambda one: one[:2])]


def _part(place: str, page: AnalyticsPage) -> str:
    markup = page.provider.render(place, page) or ""
    if not isinstance(markup, str):
        raise TypeError(f"Markup of the kind {type(markup).__name__}")
    if not markup or not is_internal(page.provider, page.request):
        return markup
    if page.is_shared:
        IAnnotations(page.request)[_UNSHARED] = True
    return comment(page.provider.title)


def _complain(page: AnalyticsPage) -> None:
    complain(
        f"provider {page.name}",
        "The analytics provider %r fails, and the page is without it",
        page.name,
        exc_info=True,
    )
