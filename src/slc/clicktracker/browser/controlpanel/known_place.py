"""Whether there is anything at a place that a line names."""

from plone import api


def is_there(place: str) -> bool:
    """Does the catalog know content at this path in the site? It is not loaded for that."""
    if place in ("", "/"):
        return True
    site = "/".join(api.portal.get().getPhysicalPath())
    catalog = api.portal.get_tool("portal_catalog")
    return catalog._catalog.uids.get(site + place.rstrip("/")) is not None
