"""What screens about an item say of the item itself."""

from Products.Five.browser import BrowserView
from slc.clicktracker.browser.default_page import folder_of_default_page
from slc.clicktracker.tracking.choice import is_working_copy
from slc.clicktracker.tracking.choice import sends_away
from typing import Any


class AboutContent(BrowserView):
    """A screen about content; what is never read is a working copy, or sends away."""

    @property
    def is_working_copy(self) -> bool:
        return is_working_copy(self.context)

    @property
    def sends_away(self) -> bool:
        return sends_away(self.context)

    @property
    def is_never_read(self) -> bool:
        return self.is_working_copy or self.sends_away

    @property
    def folder_of_default_page(self) -> Any:
        """The folder whose default page it is, None for others."""
        return folder_of_default_page(self.context)
