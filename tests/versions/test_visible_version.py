"""A version is what readers see: it changes with that, and with nothing else."""

from datetime import datetime
from datetime import timezone
from functools import partial
from plone import api
from plone.behavior.interfaces import IBehavior
from plone.dexterity.fti import DexterityFTI
from slc.clicktracker.storage.model import Version
from slc.clicktracker.versions.visible import visible_version
from tests.content import PIXEL
from tests.versions.content import behaviour
from tests.versions.content import digest
from tests.versions.content import image
from tests.versions.content import rich
from z3c.relationfield import RelationValue
from zope.component import getUtility
from zope.intid.interfaces import IIntIds
from zope.lifecycleevent import modified

import pytest


@pytest.fixture
def manager(portal):
    with api.env.adopt_roles(["Manager"]):
        yield portal


def add(portal_type, **fields):
    return api.content.create(api.portal.get(), portal_type, "thing", **fields)


def test_a_digest_is_the_same_in_every_site_and_process(manager):
    document = add("Document", title="Agenda", description="Of the board")
    document.text = rich("<p>One <b>two</b></p>")
    version = visible_version(document)
    assert (version.digest, version.words) == ("41863f1dc9316595501cba93ec0f6b60", 6)


NOON = datetime(2026, 5, 4, 12, tzinfo=timezone.utc)
LATER = datetime(2026, 5, 4, 13, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    "portal_type, field, before, after",
    [
        ("Document", "title", "A", "B"),
        ("Document", "description", "", "B"),
        ("Document", "text", rich("<p>A</p>"), rich("<p>B</p>")),
        ("Document", "text", None, rich("<p>B</p>")),
        ("News Item", "text", rich("A"), rich("B")),
        ("News Item", "image", image, partial(image, PIXEL + b"x")),
        ("News Item", "image", image, partial(image, name="other.png")),
        ("News Item", "image", image, None),
        ("News Item", "image_caption", "A", "B"),
        ("Event", "start", NOON, LATER),
        ("Event", "location", "Room 1", "Room 2"),
        ("Link", "remoteUrl", "https://a.example", "https://b.example"),
        ("Folder", "description", "A", "B"),
        ("Collection", "query", [], [{"i": "Title", "o": "is", "v": "x"}]),
        ("Image", "image", image, partial(image, PIXEL + b"x")),
    ],
)
def test_what_readers_see_makes_another_version(
    manager, portal_type, field, before, after
):
    content = add(portal_type, title="Title")
    found = []
    for value in (before, after, before):
        setattr(content, field, value() if callable(value) else value)
        found.append(digest(content))
    first, second, third = found
    assert len(first) == 32
    assert first != second
    assert first == third


@pytest.mark.parametrize(
    "portal_type", ["Document", "News Item", "Event", "Link", "Folder", "Collection"]
)
@pytest.mark.parametrize(
    "change",
    [
        {"subject": ("tag",)},
        {"language": "de"},
        {"rights": "All"},
        {"creators": ("bob",)},
        {"contributors": ("bob",)},
        {"effective_date": None},
        {"expiration_date": None},
        {"exclude_from_nav": True},
        {"allow_discussion": True},
        {"nextPreviousEnabled": True},
        {"table_of_contents": True},
        {"versioning_enabled": False},
    ],
    ids=lambda change: next(iter(change)),
)
def test_tags_and_switches_make_no_other_version(manager, portal_type, change):
    content = add(portal_type, title="Title")
    before = digest(content)
    for name, value in change.items():
        setattr(content, name, value)
    modified(content)
    assert digest(content) == before


def test_a_move_a_new_id_and_a_state_make_no_other_version(manager):
    content = add("Document", title="Title")
    before = digest(content)
    api.content.transition(content, "publish")
    folder = api.content.create(manager, "Folder", "folder")
    moved = api.content.move(content, folder, "other-id")
    assert digest(moved) == before


def test_what_is_in_a_folder_is_not_part_of_it(manager):
    folder = add("Folder", title="Title")
    before = digest(folder)
    api.content.create(folder, "Document", "agenda")
    assert digest(folder) == before


def test_the_site_root_has_a_version(manager):
    before = digest(manager)
    manager.title = "Another title"
    assert digest(manager) != before


def test_related_content_is_known_by_its_uid(manager):
    ids = getUtility(IIntIds)
    documents = [api.content.create(manager, "Document", name) for name in "ab"]
    content = add("Document", title="Title")
    found = []
    for related in ([], documents[:1], documents, documents[::-1]):
        content.relatedItems = [RelationValue(ids.getId(each)) for each in related]
        found.append(digest(content))
    assert len(set(found)) == 4


def test_a_relation_whose_target_is_gone_is_as_good_as_none(manager):
    ids = getUtility(IIntIds)
    targets = [api.content.create(manager, "Document", name) for name in "ab"]
    content = add("Document", title="Title")
    without = digest(content)
    related = [RelationValue(ids.getId(each)) for each in targets]
    content.relatedItems = related[1:]
    with_one = digest(content)
    content.relatedItems = related
    manager.manage_delObjects(["a"])
    assert digest(content) == with_one
    manager.manage_delObjects(["b"])
    assert digest(content) == without


@pytest.mark.parametrize(
    "text, words",
    [
        (None, 2),
        (rich(""), 2),
        (rich("<p>one</p><p>two <em>three</em></p>"), 5),
        (rich("<p>Zürich &amp; Genève&nbsp;sind da</p>"), 7),
        (rich("one two\nthree", "text/plain"), 5),
        (rich("<p>" + "word " * 100_000 + "</p>"), 100_002),
    ],
    ids=["none", "empty", "html", "entities", "plain", "long"],
)
def test_words_are_those_of_title_description_and_text(manager, text, words):
    content = add("Document", title="The", description="title")
    content.text = text
    assert visible_version(content).words == words


def test_blocks_are_part_of_what_readers_see(manager):
    with behaviour("Document", "volto.blocks"):
        content = add("Document", title="Title")
        before = digest(content)
        content.blocks = {"1": {"@type": "slate", "plaintext": "one"}}
        content.blocks_layout = {"items": ["1"]}
        assert digest(content) != before


def test_the_words_in_blocks_have_to_be_read_too(manager):
    with behaviour("Document", "volto.blocks"):
        content = add("Document", title="Title")
        text = {"children": [{"text": "two words"}]}
        content.blocks = {"1": {"@type": "slate", "value": [text]}}
        content.blocks_layout = {"items": ["1"]}
        assert visible_version(content).words == 3


def test_another_behaviour_that_is_not_filled_in_makes_no_other_version(manager):
    content = add("Document", title="Title")
    before = digest(content)
    names = ["plone.eventbasic", "plone.leadimage", "plone.eventrecurrence"]
    for name in names:
        assert getUtility(IBehavior, name)
        with behaviour("Document", name):
            assert digest(content) == before


MODEL = """
<model xmlns="http://namespaces.plone.org/supermodel/schema">
  <schema>
    <field name="motion" type="zope.schema.Text"><title>Motion</title></field>
    <field name="secret" type="zope.schema.Bool"><title>Secret ballot</title></field>
  </schema>
</model>
"""


@pytest.fixture
def motion(manager):
    """Content of a type that somebody made through the web, without a history."""
    types = api.portal.get_tool("portal_types")
    types._setObject(
        "motion",
        DexterityFTI("motion", model_source=MODEL, behaviors="plone.dublincore"),
    )
    return add("motion", title="Title", motion="that we vote")


def test_a_type_of_ones_own_without_a_history_has_versions(motion):
    first = visible_version(motion)
    assert (first.label, first.words) == ("", 4)
    motion.secret = True
    second = visible_version(motion)
    motion.motion = "that we do not vote"
    assert len({first.digest, second.digest, visible_version(motion).digest}) == 3


def test_content_that_is_not_dexterity_has_no_digest(manager):
    assert visible_version(manager.portal_catalog) == Version()


class Unreadable:
    def __getstate__(self):
        raise KeyError("its class is gone")


def test_a_field_that_cannot_be_read_is_left_out_and_said_once(motion, caplog):
    motion.motion = None
    without = visible_version(motion)
    motion.motion = Unreadable()
    assert visible_version(motion) == without
    assert visible_version(motion) == without
    (message,) = [one for one in caplog.messages if "can't be read" in one]
    assert "motion" in message and "/plone/thing" in message


# With the database
