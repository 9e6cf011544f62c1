"""The default page of a folder: who opens the folder's action lands on the page."""

from plone import api
from typing import Any


def folder_of_default_page(content: Any) -> Any:
    """Return the folder that content is the default page of, or None."""
    state = api.content.get_view("plone_context_state", content)
    return content.aq_inner.aq_parent if state.is_default_page() else None
