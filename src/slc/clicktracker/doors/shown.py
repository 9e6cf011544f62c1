"""``shown_content``: which content a request shows."""

from Acquisition import aq_base
from Acquisition import aq_inner
from Acquisition import aq_parent
from collections.abc import Mapping
from plone.event.interfaces import IOccurrence
from slc.clicktracker.sites.uids import document_uid
from typing import Any
from z3c.form.interfaces import IWidget
from zope.publisher.interfaces.browser import IBrowserRequest
from zope.publisher.interfaces.browser import IBrowserView


#: The JSON of the content itself (plone.restapi), as plone.rest calls that service.
_REST = "GET_application_json_"

#: The parameter by which a frontend says what it needs the JSON for.
_FOR = "own-reading"

#: What shows any content, whether or not its type offers that as a display: the views
#: of Plone, the parts of a page that have an address of their own, and the source.
_SHOWS_ANY = frozenset(
    {
        "content-core",
        "document_view",
        "image_view_fullscreen",
        "manage_DAVget",
        "manage_FTPget",
        "view",
        _REST,
    }
)


def shown_content(request: IBrowserRequest) -> Any | None:
    """Return the content that the request shows as it is now; None where it shows
    something else: another view, a form, an older version.

    What was published decides, and not how its address is spelled: one page has many,
    by other names of its view, by acquisition, by empty parts.
    """
    context, name = published(request.get("PUBLISHED"))
    content = document_of(context)
    if content is None or not (name in _SHOWS_ANY or name in _displays(content)):
        return None
    return None if name == _REST and _is_not_shown(request.form) else content


def _is_not_shown(form: Mapping[str, Any]) -> bool:
    """Does the JSON have an older version, or is it fetched for what is about the content?
    A frontend is believed that says so, as a browser is that fetches it in advance."""
    return bool(form.get("version")) or form.get(_FOR) == "not-shown"


def document_of(context: Any) -> Any | None:
    """Return the content whose readings those of ``context`` are, None without any.

    An occurrence of a recurring event is made for each request: it is the event.
    """
    content = context
    # Its class tells: what else content provides, its type is asked for each time.
    if IOccurrence.implementedBy(type(aq_base(context))):
        content = aq_parent(aq_inner(context))
    return content if document_uid(content) else None


def published(found: Any) -> tuple[Any, str]:
    """Return what was published as a context and the name of a view or method."""
    view = found.form if IWidget.providedBy(found) else found
    name = getattr(view, "__name__", "")
    if IBrowserView.providedBy(view):
        return view.context, name
    return getattr(view, "__self__", None) or aq_parent(view), name


def _displays(content: Any) -> set[str]:
    """Return the names of the views that an editor can choose for this content."""
    if not hasattr(aq_base(content), "getTypeInfo"):
        return set()
    fti = content.getTypeInfo()
    if fti is None:
        return set()
    chosen = content.getLayout() or ""
    return {chosen.removeprefix("@@"), *fti.getAvailableViewMethods(content)}
