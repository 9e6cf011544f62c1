"""``@@clicktracker-seal.json``: a seal as a file; ``@@clicktracker-seals.json``: the list of
all seals of the site, by which one that is missing shows."""

from Products.Five.browser import BrowserView
from slc.clicktracker.browser.names_shown import NamesShown
from slc.clicktracker.browser.seals.asked_seal import OfContent
from slc.clicktracker.browser.seals.asked_seal import OfDeleted
from slc.clicktracker.seals.chain import chain
from slc.clicktracker.seals.sealing import seal_file
from slc.clicktracker.seals.sealing import written
from slc.clicktracker.sites.openings import SEAL
from typing import Any


class _File(OfContent, BrowserView):
    """A file that is downloaded, by those who may see the readers of content."""

    def __call__(self) -> bytes:
        self.refuse()
        name, file = self.named()
        response = self.request.response
        response.setHeader("Cache-Control", "private, no-store")
        response.setHeader("Content-Type", "application/json")
        response.setHeader("Content-Disposition", f'attachment; filename="{name}"')
        return written(file)

    def named(self) -> tuple[str, dict[str, Any]]:
        """Return the name of the file, and what is in it."""
        raise NotImplementedError


class SealFile(NamesShown, _File):
    def __call__(self) -> bytes | str:
        self.refuse()
        if self.asks_reason:
            self.request.response.setHeader("Cache-Control", "private, no-store")
            return self.reason_page()
        file = super().__call__()
        self.note_names(SEAL, 0, as_file="json")
        return file

    def named(self) -> tuple[str, dict[str, Any]]:
        seal = self.asked_seal
        return f"seal-{seal.number}.json", seal_file(seal)


class DeletedSealFile(OfDeleted, SealFile):
    """The same of what is deleted."""


class ChainFile(_File):
    def named(self) -> tuple[str, dict[str, Any]]:
        return "seals.json", chain()
