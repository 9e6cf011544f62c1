"""Other software says for what names are looked at, where the site asks for that."""

from slc.clicktracker.sites.openings import openings_by
from slc.clicktracker.storage.model import Reader
from tests.audience.people import give_role
from tests.browser.privacy.settings import choose_privacy
from tests.rest.documented import documented

import pytest
import transaction


READERS = "/board/agenda/@readers"
REASON = "/@clicktracker-reason"


@pytest.fixture
def carol(read, client):
    """She may see readers, if she says why."""
    give_role(read, "carol")
    choose_privacy(ask_reason=True)
    return client("carol")


def test_names_are_shown_once_there_is_a_reason(carol):
    answer = carol.get(READERS)
    assert answer.status_code == 403
    assert "@clicktracker-reason" in answer.json()["message"]
    answer = carol.patch(REASON, reason="The vote on Friday")
    assert answer.status_code == 200, answer.text
    documented(answer)
    assert carol.get(READERS).status_code == 200
    transaction.begin()
    (opening,) = openings_by(Reader("carol"))
    assert opening.reason == "The vote on Friday"
    assert (opening.listed.what, opening.listed.as_file) == ("readers", "rest")


@pytest.mark.parametrize("wrong", [" ", None, 5])
def test_what_is_no_reason_is_said(carol, wrong):
    answer = carol.patch(REASON, reason=wrong)
    assert (answer.status_code, answer.json()["message"]) == (400, "Enter a reason.")
    assert carol.get(READERS).status_code == 403


def test_a_guest_gives_no_reason(carol, client):
    assert client().patch(REASON, reason="Audit").status_code == 401
