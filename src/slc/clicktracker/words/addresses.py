"""Where content is shown."""

from plone import api
from Products.ZCatalog.interfaces import ICatalogBrain


def view_url(brain: ICatalogBrain) -> str:
    """Return where a document is shown; the address of a file would be the file."""
    name = view_name(brain.portal_type)
    return f"{brain.getURL()}/{name}" if name else brain.getURL()


def view_name(portal_type: str) -> str:
    """Return what shows content of a type, "" where that is its bare address."""
    types = api.portal.get_registry_record(
        "plone.types_use_view_action_in_listings", default=()
    )
    return "view" if portal_type in types else ""
