"""What a request says to a view of ours is plain text, before the view looks at it."""

from slc.clicktracker.browser.page_title import IScreen
from slc.clicktracker.storage.text import storable
from typing import Any
from zope.interface import alsoProvides
from ZPublisher.interfaces import IPubAfterTraversal


_PACKAGE = "slc.clicktracker."


def prepare_view(event: IPubAfterTraversal) -> None:
    """Tidy the parameters of a request for a view of ours, and give it all the width.

    Each parameter is one text that every storage and every answer can take: the last
    one of several, as in a browser's own form, except for the names in ``several`` of
    the view, which are lists of texts. What is no text, such as a file, is left out.
    As on Plone's own screens for managing there are no columns of portlets.
    """
    request = event.request
    published = request.get("PUBLISHED")
    view = getattr(published, "__self__", published)
    if not _is_ours(view):
        return
    several = getattr(view, "several", ())
    # In place: the form is known by others.
    for name, value in list(request.form.items()):
        texts = _texts(value)
        if name in several:
            request.form[name] = texts
        elif texts:
            request.form[name] = texts[-1]
        else:
            del request.form[name]
    alsoProvides(view, IScreen)
    request.set("disable_plone.leftcolumn", True)
    request.set("disable_plone.rightcolumn", True)


def _is_ours(view: Any) -> bool:
    # ZCML makes a class of another module for each view.
    return any(each.__module__.startswith(_PACKAGE) for each in type(view).__mro__)


def _texts(value: Any) -> list[str]:
    values = value if isinstance(value, (list, tuple)) else [value]
    # Plone's links to the pages of a list have numbers.
    texts = [str(each) for each in values if isinstance(each, (str, int))]
    return [storable(each, len(each)) for each in texts]
