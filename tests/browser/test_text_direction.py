"""What users write can't turn round what stands beside it on a screen."""

from lxml import html
from plone import api
from slc.clicktracker.audience.exceptions import excuse
from slc.clicktracker.sites.bans import ban
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Version
from slc.clicktracker.visitors.bans import Caller
from slc.clicktracker.words.isolated import isolated
from slc.clicktracker.words.names import name_of
from tests.audience.people import expect
from tests.browser.report.versions import record

import pytest


#: From here on everything is written from right to left.
TURNED = "\u202e"

_LINES = {"dd", "div", "dt", "h1", "h2", "h3", "li", "p", "td", "th", "title"}

PAGES = [
    "/board/agenda/@@who-read-this",
    "/board/agenda/@@who-read-this?search=%E2%80%AEx",
    "/board/agenda/@@who-read-this?tab=older",
    "/board/agenda/@@who-read-this?tab=absent",
    "/board/agenda/@@who-read-this?tab=excused",
    "/board/agenda/@@who-read-this?tab=not-yet",
    "/board/agenda/@@who-read-this-reader?reader=bob",
    "/board/agenda/@@who-read-this-reader?reader=carol",
    "/board/agenda/@@clicktracker-audience",
    "/board/agenda/@@clicktracker-audience?reader=%E2%80%AEx",
    "/board/agenda/@@clicktracker-deadline",
    "/board/agenda/@@clicktracker-declarations",
    "/board/agenda/@@clicktracker-excuse?person=alice",
    "/board/agenda/@@clicktracker-audience-rule",
    "/board/agenda/@@tracking",
    "/board/@@who-read-this",
    "/board/@@who-read-this-reader?reader=bob",
    "/@@clicktracker-bans",
    "/@@clicktracker-bans?find=%E2%80%AEx",
    "/@@clicktracker-dashboard",
    "/@@clicktracker-dashboard?search=%E2%80%AEx",
    "/@@clicktracker-dashboard-members",
]


@pytest.fixture
def turned(tracked):
    """A paper and people whose names turn round what follows them."""
    agenda = tracked.agenda
    with api.env.adopt_roles(["Manager"]):
        agenda.title = f"Agenda {TURNED}x"
        agenda.aq_parent.title = f"Board {TURNED}x"
        agenda.reindexObject()
        agenda.aq_parent.reindexObject()
        for user in ("alice", "bob", "carol", "manager"):
            member = api.user.get(user)
            if member is not None:
                member.setMemberProperties({"fullname": f"{user} {TURNED}x"})
        excuse(agenda, Reader("carol"), f"on leave {TURNED}x")
        ban("203.0.113.9", f"tries passwords {TURNED}x", None, Caller("198.51.100.7"))
    expect(agenda, "alice", "bob", "carol")
    record(agenda, "bob", Version("3", "of-an-older-text"))
    record(agenda, "bob")
    record(agenda, "carol")
    return agenda


def loose(page):
    """Return the texts that turn round something that is beside them in a line."""
    content = html.fromstring(page).get_element_by_id("content")
    return [text for text in content.xpath(".//text()") if _is_loose(text)]


def _is_loose(text):
    element = text.getparent()
    if TURNED not in text or element.tag in ("option", "script", "textarea"):
        return False
    if text.is_tail:
        return True
    is_line = element.tag in _LINES or "d-block" in element.get("class", "")
    is_alone = not len(element)
    return not (
        element.tag == "bdi" or element.get("dir") == "auto" or (is_line and is_alone)
    )


def test_no_name_title_or_reason_turns_round_what_is_beside_it(turned, visitor):
    manager = visitor("manager")
    found, seen = {}, set()
    for path in PAGES:
        answer = manager.get(path)
        assert answer.status_code == 200, path
        found[path] = loose(answer.text)
        if TURNED in answer.text.partition('id="content"')[2]:
            seen.add(path)
    assert {path: texts for path, texts in found.items() if texts} == {}
    assert len(seen) > 10


@pytest.mark.parametrize(
    "text, shown",
    [
        ("Bob", "Bob"),
        ("B\u202eob", "Bob"),
        ("B\u2069\u202eob", "Bob"),
        ("דנה", "\u2068דנה\u2069"),
        ("\u2067דנה 1", "\u2068דנה 1\u2069"),
        ("", ""),
    ],
)
def test_in_a_sentence_the_direction_of_a_text_ends_with_it(text, shown):
    assert isolated(text) == shown


def test_the_id_stands_behind_a_name_whatever_that_contains(turned):
    assert name_of(Reader("bob")) == "bob x (bob)"
