"""``look_afresh``: see the site as it is now, in a process that does one thing after another.

Plone keeps on the request who has which roles, and settings. That is meant for the moment
that a page takes; a command has one request for all that it does.
"""

from zope.annotation.interfaces import IAnnotations
from zope.globalrequest import getRequest

import transaction


def look_afresh() -> None:
    """Begin a transaction, and forget what the one before has found out. Whatever it has
    changed and not committed is gone."""
    transaction.begin()
    request = getRequest()
    if request is None:
        return
    annotations = IAnnotations(request)
    for key in list(annotations):
        del annotations[key]
    request.other.pop("_plone_registry_cache", None)
