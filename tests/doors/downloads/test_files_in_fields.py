"""A file in a field of other content is noted as a download of that content."""

from plone import api
from plone.dexterity.fti import DexterityFTI
from plone.namedfile.file import NamedBlobImage
from plone.namedfile.file import NamedFile
from slc.clicktracker.versions.visible import visible_version
from tests.content import PIXEL
from tests.doors.downloads.lease import DATA
from tests.doors.downloads.lease import fetch
from tests.doors.downloads.lease import pdf
from tests.doors.downloads.lease import SIZE

import pytest
import transaction


MODEL = """
<model xmlns="http://namespaces.plone.org/supermodel/schema">
  <schema>
    <field name="motion" type="zope.schema.Text"><title>Motion</title></field>
    <field name="paper" type="plone.namedfile.field.NamedBlobFile">
      <title>Paper</title><required>False</required>
    </field>
    <field name="annex" type="plone.namedfile.field.NamedFile">
      <title>Annex</title><required>False</required>
    </field>
    <field name="picture" type="plone.namedfile.field.NamedBlobImage">
      <title>Picture</title><required>False</required>
    </field>
  </schema>
</model>
"""


@pytest.fixture
def motion(board):
    """Content of a type of the site's own, with two files."""
    types = api.portal.get_tool("portal_types")
    types._setObject(
        "motion",
        DexterityFTI("motion", model_source=MODEL, behaviors="plone.dublincore"),
    )
    with api.env.adopt_roles(["Manager"]):
        motion = api.content.create(
            board,
            "motion",
            "motion",
            "Motion",
            motion="that we vote",
            paper=pdf(),
            annex=NamedFile(DATA[:500], "application/pdf", "annex.pdf"),
            picture=NamedBlobImage(PIXEL, "image/png", "picture.png"),
        )
        api.content.transition(motion, "publish")
    transaction.commit()
    return motion


@pytest.mark.parametrize(
    "path, data",
    [
        ("/@@download/paper", DATA),
        ("/@@display-file/paper/paper.pdf", DATA),
        ("/@@download/annex/annex.pdf", DATA[:500]),
        ("/@@download/picture/picture.png", PIXEL),
        ("/view/++widget++form.widgets.paper/@@download/lease.pdf", DATA),
        ("/view/++widget++form.widgets.annex/@@download/annex.pdf", DATA[:500]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_of_other_content_has_the_version_of_the_content(
    motion, visitor, waiting, path, data
):
    assert visitor("bob").get("/board/motion" + path).content == data
    (note,) = waiting()
    assert note.origin == "downloaded"
    assert (note.document.uid, note.url) == (motion.UID(), "/board/motion")
    assert note.version == visible_version(motion)
    assert note.version.words == 4


def test_an_image_that_the_page_of_its_content_shows_is_not_noted(
    motion, visitor, waiting
):
    bob = visitor("bob")
    shown = "/view/++widget++form.widgets.picture/@@download/picture.png"
    assert shown in bob.get("/board/motion").text
    before = len(waiting())
    assert bob.get("/board/motion" + shown).content == PIXEL
    assert len(waiting()) == before


def test_pieces_of_two_files_of_one_document_do_not_add_up(motion, visitor, waiting):
    motion.annex = NamedFile(DATA, "application/pdf", "annex.pdf")
    transaction.commit()
    bob = visitor("bob")
    fetch(bob, 0, 499, "/board/motion/@@download/paper")
    fetch(bob, 500, SIZE - 1, "/board/motion/@@download/annex")
    assert waiting() == []
    fetch(bob, 500, SIZE - 1, "/board/motion/@@download/paper")
    assert len(waiting()) == 1
