"""It is said for an item whether its readers are asked, and by which sentence."""

from slc.clicktracker.acknowledgements.asked import ACKNOWLEDGEMENT
from slc.clicktracker.acknowledgements.asked import sentence_of
from slc.clicktracker.acknowledgements.asked import USUAL
from slc.clicktracker.declarations.declarations import Declarations
from slc.clicktracker.sites.uids import document_uid
from tests.audience.people import give_role
from tests.browser.report.reports import text_of
from tests.plone_site import authenticator_in

import pytest
import re
import transaction


PATH = "/@@clicktracker-acknowledgement"
AGENDA = f"/board/agenda{PATH}"


@pytest.fixture
def secretary(tracked, visitor):
    give_role(tracked, "carol")
    return visitor("carol")


def send(visitor, path, **fields):
    page = visitor.get(path).text
    holding = re.search(r'name="holding"[^>]*?value="([^"]*)"', page)
    data = {
        "_authenticator": authenticator_in(page),
        "holding": holding[1] if holding else "",
        "sentence": "",
        "reason": "",
    }
    answer = visitor.session.post(visitor.url_of(path), data=data | fields)
    transaction.begin()
    return answer


def asked(content):
    found = sentence_of(content)
    return found and found.text


def test_a_folder_asks_for_all_that_is_in_it(tracked, secretary):
    assert asked(tracked.agenda) is None
    send(secretary, f"/board{PATH}", choice="ask")
    assert asked(tracked.agenda) == USUAL
    send(secretary, AGENDA, choice="ask", sentence="I will\r\nvote.")
    assert asked(tracked.agenda) == "I will\nvote."
    assert asked(tracked.budget) == USUAL
    send(secretary, AGENDA, choice="leave", reason="no vote")
    assert asked(tracked.agenda) is None
    send(secretary, AGENDA, choice="inherit", reason="after all")
    assert asked(tracked.agenda) == USUAL
    declared = Declarations(ACKNOWLEDGEMENT).of(document_uid(tracked.agenda))
    assert [each.holds for each in declared] == [False, False]
    history = text_of(secretary.get("/board/agenda/@@clicktracker-declarations"))
    assert "Readers are asked: “I will vote.”" in history
    assert "Readers are not asked." in history


def test_a_change_needs_a_reason(tracked, secretary):
    send(secretary, AGENDA, choice="ask")
    answer = send(secretary, AGENDA, choice="leave")
    assert "Say why this changes." in text_of(answer)
    assert asked(tracked.agenda) == USUAL


def test_what_somebody_else_has_changed_is_not_changed_unseen(tracked, secretary):
    send(secretary, AGENDA, choice="ask")
    answer = send(secretary, AGENDA, choice="leave", reason="why", holding="")
    assert "somebody else has changed this" in text_of(answer)
    assert asked(tracked.agenda) == USUAL


def test_a_sentence_that_is_too_long(tracked, secretary):
    answer = send(secretary, AGENDA, choice="ask", sentence="x" * 1001)
    assert "No more than 1000 characters." in text_of(answer)
    assert asked(tracked.agenda) is None


def test_what_can_not_be_chosen_changes_nothing(tracked, secretary):
    send(secretary, AGENDA, choice="perhaps")
    assert Declarations(ACKNOWLEDGEMENT).of(document_uid(tracked.agenda)) == ()


def test_the_screen_of_tracking_leads_there(tracked, secretary):
    page = secretary.get("/board/agenda/@@tracking").text
    for screen in (AGENDA, "/board/agenda/@@clicktracker-attest"):
        assert screen in page
