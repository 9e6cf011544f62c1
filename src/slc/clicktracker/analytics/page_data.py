"""What is said to services of one page: by its view or templates, or for the whole site."""

from collections.abc import Iterator
from collections.abc import Mapping
from slc.clicktracker.analytics.complaints import complain
from slc.clicktracker.analytics.interfaces import IAnalyticsData
from slc.clicktracker.analytics.interfaces import IAnalyticsProvider
from slc.clicktracker.analytics.plain_values import BadValue
from slc.clicktracker.analytics.plain_values import plain
from typing import Any
from ZODB.POSException import ConflictError
from zope.annotation.interfaces import IAnnotations
from zope.component import getSiteManager
from zope.component import getUtilitiesFor
from zope.interface import providedBy
from zope.publisher.interfaces.browser import IBrowserRequest


_KEY = "slc.clicktracker.analytics"

#: Names end so that say who is named to a service.
IDENTITY = "identity"


def set_analytics(request: IBrowserRequest, **values: Any) -> None:
    """Say something to the services of the page that a request makes.

    Names are those of ``docs/analytics.md``: ``matomo_identity``, ``clicky_title``. What is
    set later takes precedence: a view's over a subscriber's, a template's over the view's.
    Values are copied now; what can't be sent is logged and left out. Raises nothing.
    """
    _of(request).update(_copied(values))
    for name in values:
        if not _is_for_a_service(name):
            complain(f"name {name}", "%s is for no analytics service", name)


def page_data(context: Any, request: IBrowserRequest) -> Mapping[str, Any]:
    """Return all that is said of a page by now. Who speaks for the whole site is asked
    once for each request."""
    own = _of(request)
    everywhere = IAnnotations(request).setdefault(f"{_KEY}.everywhere", {})
    if "values" not in everywhere:
        # Before it is known, so that one who renders a part of the page isn't asked again.
        everywhere["values"] = {}
        for values in _said_everywhere(context, request):
            everywhere["values"].update(_copied(values))
    return {**everywhere["values"], **own}


def _is_for_a_service(name: str) -> bool:
    """Is it for all services, or for one that there is?"""
    return name == f"analytical_{IDENTITY}" or any(
        name.startswith(f"{service}_")
        for service, _provider in getUtilitiesFor(IAnalyticsProvider)
    )


def _of(request: IBrowserRequest) -> dict[str, Any]:
    return IAnnotations(request).setdefault(_KEY, {})


def _said_everywhere(
    context: Any, request: IBrowserRequest
) -> Iterator[Mapping[str, Any]]:
    """Yield what each subscription adapter says, the most general one first."""
    required = (providedBy(context), providedBy(request))
    for factory in getSiteManager().adapters.subscriptions(required, IAnalyticsData):
        try:
            values = factory(context, request)
            if values is not None:
                yield dict(values)
        except ConflictError:
            raise
        except Exception:
            complain(
                f"subscriber {factory!r}",
                "A subscriber with data for analytics services fails, and is left out: %r",
                factory,
                exc_info=True,
            )


def _copied(values: Mapping[Any, Any]) -> dict[str, Any]:
    copies = {}
    for name, value in values.items():
        try:
            copies[str(name)] = plain(value)
        except ConflictError:
            raise
        except Exception as error:
            # What is in it is nobody's business, so it isn't logged either.
            reason = str(error) if isinstance(error, BadValue) else "can't be read"
            complain(
                f"value {name}",
                "%s is not sent to an analytics service: it %s",
                name,
                reason,
            )
            if str(name).endswith(f"_{IDENTITY}"):
                # Somebody else than the member was meant.
                copies[str(name)] = None
    return copies
