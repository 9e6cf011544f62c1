"""Where content is shown."""

from plone import api
from Products.ZCatalog.interfaces import ICatalogBrain


def view_url(brain: ICatalogBrain) -> str:
    """Return where a document is shown; the address of a file would be the file."""
    types = api.portal.get_registry_record(
        "plone.types_use_view_action_in_listings", default=()
    )
    return brain.getURL() + ("/view" if brain.portal_type in types else "")
