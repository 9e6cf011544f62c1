"""Make the demo site: people, board papers that are tracked, a page that isn't.

Run by ``zconsole run`` (or ``bin/instance run``) with the project's folder on
the Python path; ``app`` is Zope's root. Does nothing when the site is there. With
``--no-readings`` nobody has read anything yet, with ``--volto`` it is a site for Volto.
"""

from demo.blocks import blocks_of
from demo.history import add_history
from demo.pdf import pdf
from pathlib import Path
from plone import api
from plone.app.textfield.value import RichTextValue
from plone.base.utils import get_installer
from plone.namedfile.file import NamedBlobFile
from Products.CMFPlone.factory import addPloneSite
from slc.clicktracker.audience.rules import AudienceRule
from slc.clicktracker.audience.rules import choose_audience
from slc.clicktracker.interfaces import IContentIsTracked
from typing import Any
from zope.component.hooks import setSite
from zope.interface import alsoProvides

import demo
import logging
import sys
import transaction


SITE = "Plone"
PASSWORD = "board-papers"
PAPERS = Path(demo.__file__).parent / "papers"

#: User id, full name.
PEOPLE = {
    "alice": "Alice Anders",
    "bob": "Bob Berger",
    "carol": "Carol Castillo",
    "dave": "Dave Dietrich",
    "secretary": "Board Secretary",
    "manager": "Site Manager",
}
BOARD = ("alice", "bob", "carol", "dave")

#: Id, title, description; the text is in ``papers``.
DOCUMENTS = (
    ("agenda", "Agenda", "What the board talks about on 19 November, and when."),
    (
        "budget",
        "Budget proposal",
        "Income and expenses of the coming year, for the board to decide.",
    ),
    ("minutes", "Minutes of the last meeting", "What the board decided in September."),
)

#: The same for papers of earlier meetings.
EARLIER_DOCUMENTS = (
    ("minutes-july", "Minutes of the meeting in July", "Lamps, waste, a dripping tap."),
    ("survey", "Survey of the harbour bed", "How deep the water is, and where not."),
    ("storm", "After the storm of 29 August", "What happened and what we change."),
    ("pontoon", "A third pontoon", "Need, cost, and a proposal for next season."),
    ("festival", "Summer festival", "What it brought in, and what it cost."),
)


def main(app: Any, with_readings: bool = True, for_volto: bool = False) -> None:
    """Make the site, unless it exists. Raises ``StorageError`` where readings can't be
    recorded; then there is no site either."""
    if SITE in app:
        return
    # Plone's own profiles warn of much that is as it should be.
    logging.getLogger().setLevel(logging.ERROR)
    site = addPloneSite(
        app,
        SITE,
        title="Harbour Cooperative",
        description="What the members of a small harbour have to know.",
        distribution_name="volto" if for_volto else "classic",
        setup_content=False,
        default_language="en",
        portal_timezone="UTC",
    )
    setSite(site)
    installer = get_installer(site, app.REQUEST)
    # The distribution for Classic UI leaves it out: without it, ``@login`` gives no token.
    for product in ("plone.restapi", "slc.clicktracker"):
        if not (
            installer.is_product_installed(product)
            or installer.install_product(product)
        ):
            raise RuntimeError(f"{product} could not be installed.")
    # A complete site has a sender; without one each page for managers warns.
    api.portal.set_registry_record("plone.email_from_name", "Harbour Cooperative")
    api.portal.set_registry_record("plone.email_from_address", "office@example.org")
    add_people()
    # What nobody has made would be given a creator as soon as somebody looks at it.
    with api.env.adopt_user(username="manager"):
        papers = Papers(for_volto)
        folder = add_papers(site, papers)
        papers.add_document(
            site,
            "house-rules",
            "House rules",
            "What everybody in the harbour keeps to.",
        )
    if not for_volto:
        site.setLayout("listing_view")
    if with_readings:
        add_history(folder, PEOPLE)
    transaction.commit()


def add_people() -> None:
    """Add everybody who can log in, and the group."""
    for user_id, name in PEOPLE.items():
        api.user.create(
            username=user_id,
            email=f"{user_id}@example.org",
            password=PASSWORD,
            properties={"fullname": name},
        )
    api.user.grant_roles(username="manager", roles=["Manager"])
    api.group.create(groupname="Board", title="Board")
    for user_id in BOARD:
        api.group.add_user(groupname="Board", username=user_id)


class Papers:
    """Adds published folders and pages, in the form that the frontend of the site shows."""

    def __init__(self, for_volto: bool) -> None:
        self._for_volto = for_volto

    def add_folder(self, container: Any, name: str, title: str, about: str) -> Any:
        """Add a folder, which lists what is in it, and return it."""
        if not self._for_volto:
            return self._add(container, "Folder", name, title, about)
        folder = self._add(container, "Document", name, title, about, **blocks_of(""))
        folder.blocks["listing"] = {"@type": "listing", "variation": "summary"}
        folder.blocks_layout["items"].append("listing")
        return folder

    def add_document(self, container: Any, name: str, title: str, about: str) -> None:
        """Add a page with its text from ``papers``."""
        text = (PAPERS / f"{name}.html").read_text(encoding="utf-8")
        if self._for_volto:
            fields = blocks_of(text)
        else:
            fields = {"text": RichTextValue(text, "text/html", "text/x-html-safe")}
        self._add(container, "Document", name, title, about, **fields)

    def _add(
        self,
        container: Any,
        kind: str,
        name: str,
        title: str,
        about: str,
        **fields: Any,
    ) -> Any:
        content = api.content.create(
            container=container,
            type=kind,
            id=name,
            title=title,
            description=about,
            **fields,
        )
        api.content.transition(obj=content, transition="publish")
        return content


def add_papers(site: Any, papers: Papers) -> Any:
    """Add the tracked folder with its documents and a PDF, and return it."""
    folder = papers.add_folder(
        site,
        "board-meeting",
        "Board meeting",
        "The papers for the meeting of the board on 19 November.",
    )
    for name, title, description in DOCUMENTS:
        papers.add_document(folder, name, title, description)
    pages = [(PAPERS / f"lease-{page}.txt").read_text() for page in (1, 2)]
    title = "Lease of the boathouse (draft)"
    api.content.create(
        container=folder,
        type="File",
        id="lease.pdf",
        title=title,
        description="The draft that the board votes on, in full.",
        file=NamedBlobFile(pdf(title, pages), "application/pdf", "lease.pdf"),
    )
    earlier = papers.add_folder(
        folder,
        "earlier-meetings",
        "Earlier meetings",
        "Papers that were decided on, to look things up.",
    )
    for name, title, description in EARLIER_DOCUMENTS:
        papers.add_document(earlier, name, title, description)
    alsoProvides(folder, IContentIsTracked)
    folder.reindexObject(idxs=["object_provides"])
    choose_audience(folder, AudienceRule(everybody=False, groups=("Board",)))
    folder.manage_setLocalRoles("secretary", ["Editor", "Tracking Manager"])
    folder.reindexObjectSecurity()
    return folder


if __name__ == "__main__":
    main(globals()["app"], "--no-readings" not in sys.argv, "--volto" in sys.argv)
