"""What screens about an item say of the item itself."""

from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker.browser.default_page import folder_of_default_page
from slc.clicktracker.browser.linked import link_to
from slc.clicktracker.browser.linked import linked
from slc.clicktracker.reports.sentences.about import Notices
from slc.clicktracker.reports.sentences.about import OF_LINK
from slc.clicktracker.reports.sentences.about import Where
from slc.clicktracker.tracking.choice import is_working_copy
from slc.clicktracker.tracking.choice import sends_away
from typing import Any


class AboutContent(BrowserView):
    """A screen about content; what is never read is a working copy, or sends away."""

    notices_part = ViewPageTemplateFile("notices.pt")
    of_link = OF_LINK

    #: What is said in the part with notices.
    notices: Notices

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

    @property
    def of_default_page(self) -> str:
        """What is said where there is one, as HTML."""
        folder, said = self.folder_of_default_page, self.notices
        return linked(
            said.of_page,
            folder=link_to(folder, "folder_contents"),
            link=link_to(folder, f"@@{said.view}", said.title),
        )

    def where(self, said: Where, is_here: bool, folder: Any, view: str) -> str:
        """Return for what something holds, as HTML, with a link to the ``view`` of a
        ``folder`` above, which is None where it is hidden."""
        links = {} if folder is None else {"folder": link_to(folder, f"@@{view}")}
        return linked(said.of(is_here, folder), **links)
