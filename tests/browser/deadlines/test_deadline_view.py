"""The screen where it is said by when content has to be read."""

from datetime import timedelta
from plone import api
from plone.app.iterate.interfaces import ICheckinCheckoutPolicy
from slc.clicktracker.deadlines.deadlines import DEADLINE
from slc.clicktracker.deadlines.deadlines import deadline_of
from slc.clicktracker.declarations.declarations import Declarations
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.storage.model import utc_now
from tests.audience.people import give_role
from tests.browser.report.reports import text_of
from tests.content import add
from tests.deadlines.deadlines import give_deadline
from tests.plone_site import authenticator_in

import pytest
import re
import transaction


PATH = "/@@clicktracker-deadline"
AGENDA = f"/board/agenda{PATH}"


@pytest.fixture
def board(tracked):
    """The folder of the board, in a site in Berlin."""
    api.portal.set_registry_record("plone.portal_timezone", "Europe/Berlin")
    transaction.commit()
    return tracked


@pytest.fixture
def secretary(board, visitor):
    """Carol, who may track and see readers in the folder."""
    give_role(board, "carol")
    return visitor("carol")


@pytest.fixture
def next_year():
    return utc_now().year + 1


def send(visitor, path, token=None, **fields):
    """Send the form with what is hidden in it, or with another authenticator."""
    page = visitor.session.get(visitor.site_url + path).text
    data = {"_authenticator": authenticator_in(page) if token is None else token}
    holding = re.search(r'name="holding"[^>]*?(?:value="([^"]*)")?\s*/>', page)
    data["holding"] = (holding and holding.group(1)) or ""
    data |= {"day": "", "time": "", "meeting": "", "level": "opened", "reason": ""}
    answer = visitor.session.post(visitor.site_url + path, data=data | fields)
    transaction.begin()
    return answer


def said_at(answer, name):
    """Return what is said at a field, in general at the top for "status"."""
    if name == "status":
        found = re.findall(r'<p[^>]*role="alert"[^>]*>(.*?)</p>', answer.text, re.S)
    else:
        found = re.findall(
            rf'id="clicktracker-{name}-error"[^>]*>(.*?)</div>', answer.text, re.S
        )
    return " ".join(" ".join(found).split())


def declared(content):
    return Declarations(DEADLINE).of(document_uid(content))


def test_it_is_set_and_shown_with_who_set_it(board, secretary, next_year):
    answer = secretary.get(AGENDA)
    assert "There is no deadline for this item" in text_of(answer)
    assert answer.headers["Cache-Control"] == "private, no-store"
    answer = send(
        secretary,
        AGENDA,
        day=f"{next_year}-05-31",
        time="18:30",
        meeting=f"{next_year}-06-02",
        level="finished",
        reason="for the vote",
    )
    shown = text_of(answer)
    assert f"To be read by: May 31, {next_year} 06:30 PM (Europe/Berlin)" in shown
    assert "Evidence asked for: Finished" in shown
    assert f"Meeting: Jun 02, {next_year}" in shown
    assert "for the vote" in shown and "Recorded by Carol Castillo (carol)" in shown
    assert "Over" not in shown
    found = deadline_of(board.agenda)
    assert found.moment.strftime("%m-%d %H:%M") == "05-31 16:30"
    assert (found.level, found.zone) == ("finished", "Europe/Berlin")
    page = secretary.get(AGENDA).text
    assert f'value="{next_year}-05-31"' in page and 'value="18:30"' in page


def test_it_reminds_if_that_is_chosen_as_at_first(board, secretary, next_year):
    box = r'<input[^>]*name="reminds"[^>]*checked'
    assert re.search(box, secretary.get(AGENDA).text)
    said = text_of(secretary.get(AGENDA))
    assert "Whoever has set the deadline gets one with their names." in said
    assert "Days before: 7, 1. Days after: 1." in said
    send(secretary, AGENDA, day=f"{next_year}-05-31", reminds="1")
    assert deadline_of(board.agenda).reminds
    send(secretary, AGENDA, day=f"{next_year}-05-31", reason="by word of mouth")
    assert not deadline_of(board.agenda).reminds
    assert not re.search(box, secretary.get(AGENDA).text)


def test_a_day_alone_is_until_its_end(board, secretary, next_year):
    shown = text_of(send(secretary, AGENDA, day=f"{next_year}-05-31"))
    assert f"May 31, {next_year}, end of the day (Europe/Berlin)" in shown
    assert deadline_of(board.agenda).moment.strftime("%m-%d %H:%M") == "05-31 22:00"


def test_that_of_a_folder_holds_below_it_and_says_so(board, secretary, next_year):
    shown = text_of(send(secretary, f"/board{PATH}", day=f"{next_year}-05-31"))
    assert "Set for this item and everything below it" in shown
    page = secretary.get(AGENDA)
    assert "Set for Board meeting and everything below it" in text_of(page)
    assert "End this deadline" not in page.text
    assert f'value="{next_year}-05-31"' not in page.text


def test_a_folder_that_is_hidden_is_not_named(board, secretary):
    give_role(board.agenda, "carol")
    give_deadline(board)
    with api.env.adopt_roles(["Manager"]):
        board.manage_delLocalRoles(["carol"])
        board.reindexObjectSecurity()
        api.content.transition(board, "retract")
    transaction.commit()
    text = text_of(secretary.get(AGENDA))
    assert "Set for a folder above that you may not see" in text
    assert "Board meeting" not in text


def test_a_change_needs_a_reason_and_ends_the_one_before(board, secretary, next_year):
    give_deadline(board.agenda)
    answer = send(secretary, AGENDA, day=f"{next_year}-05-31")
    assert said_at(answer, "reason") == "Say why the deadline changes."
    assert f'value="{next_year}-05-31"' in answer.text
    assert len(declared(board.agenda)) == 1
    send(secretary, AGENDA, day=f"{next_year}-05-31", reason="The vote was moved")
    before, now = declared(board.agenda)
    assert before.ended_reason == now.reason == "The vote was moved"
    assert before.ended_by.user == "carol"


def test_it_is_ended_with_a_reason_and_stays_in_the_history(board, secretary):
    give_deadline(board.agenda)
    answer = send(secretary, AGENDA, end="1", end_reason=" ")
    assert said_at(answer, "end_reason") == "Say why the deadline ends."
    assert 'open="open"' in answer.text
    answer = send(secretary, AGENDA, end="1", end_reason="No vote")
    assert "The deadline has ended." in answer.text
    assert deadline_of(board.agenda) is None
    shown = text_of(secretary.get("/board/agenda/@@clicktracker-declarations"))
    assert "Deadline Mar 01, 2036 05:30 PM (UTC). Evidence asked for: Opened." in shown
    assert "Ended by Carol Castillo (carol)" in shown and "No vote" in shown
    assert (
        "Nothing was changed"
        in send(secretary, AGENDA, end="1", end_reason="No vote").text
    )


def test_history_names_the_meeting(board, secretary):
    give_deadline(board.agenda, meeting=utc_now().date().replace(2036, 3, 4))
    shown = text_of(secretary.get("/board/agenda/@@clicktracker-declarations"))
    assert "Meeting: Mar 04, 2036." in shown


def test_what_is_over_is_refused_at_the_field_but_stays_shown(board, secretary):
    gone = utc_now() - timedelta(days=2)
    give_deadline(board.agenda, gone)
    page = secretary.get(AGENDA)
    assert "Over" in text_of(page)
    assert f'value="{gone:%Y-%m-%d}"' in page.text
    answer = send(secretary, AGENDA, day=f"{gone:%Y-%m-%d}", reason="moved")
    assert said_at(answer, "day") == "This is in the past. Choose something later."
    assert said_at(answer, "status") == "There were some errors."
    as_before = {"day": f"{gone:%Y-%m-%d}", "time": f"{gone:%H:%M}"}
    answer = send(secretary, AGENDA, **as_before)
    assert "Nothing was changed." in answer.text
    assert len(declared(board.agenda)) == 1


def test_each_mistake_is_said_at_its_field(board, secretary):
    answer = send(
        secretary,
        AGENDA,
        day="31.5.2036",
        time="6 pm",
        meeting="<script>",
        level="read",
        reason="x" * 1001,
    )
    assert "a date like" in said_at(answer, "day")
    assert "a time like" in said_at(answer, "time")
    assert "a date like" in said_at(answer, "meeting")
    assert said_at(answer, "level") == "Choose one of these."
    assert said_at(answer, "reason") == "No more than 1000 characters."
    assert 'value="31.5.2036"' in answer.text
    assert "<script>" not in answer.text.split("<article")[-1]
    assert declared(board.agenda) == ()


def test_what_somebody_else_has_said_meanwhile_is_not_overwritten(
    board, secretary, next_year
):
    give_deadline(board.agenda)
    for what in (
        {"day": f"{next_year}-05-31", "reason": "moved"},
        {"end": "1", "end_reason": "No vote"},
    ):
        answer = send(secretary, AGENDA, holding="1-abc", **what)
        assert "has changed since you opened the form" in said_at(answer, "status")
    (kept,) = declared(board.agenda)
    assert kept.holds


def test_a_form_of_somebody_else_and_a_mere_link_do_nothing(
    board, secretary, next_year
):
    give_deadline(board)
    day = f"{next_year}-05-31"
    for path, what in ((AGENDA, {"day": day}), (f"/board{PATH}", {"end": "1"})):
        answer = send(secretary, path, token="x", end_reason="y", **what)
        assert answer.status_code == 403
    secretary.get(f"{AGENDA}?day={day}&set=1&level=opened")
    secretary.get(f"/board{PATH}?end=1&end_reason=x")
    transaction.begin()
    assert declared(board.agenda) == () and len(declared(board)) == 1
    assert declared(board)[0].holds


@pytest.mark.parametrize("name", ["bob", None])
def test_only_who_may_say_who_is_expected_may_see_and_set_it(board, visitor, name):
    answer = visitor(name).get(AGENDA, allow_redirects=False)
    assert answer.status_code in (302, 401, 403)
    answer = visitor(name).session.post(
        visitor(name).site_url + AGENDA,
        data={"day": "2036-01-01", "level": "opened"},
        allow_redirects=False,
    )
    assert answer.status_code in (302, 401, 403)
    transaction.begin()
    assert declared(board.agenda) == ()


def test_who_may_not_see_names_of_readers_may_set_it(board, secretary, next_year):
    board.manage_permission("slc.clicktracker: View readers", ["Manager"], acquire=0)
    transaction.commit()
    answer = send(secretary, AGENDA, day=f"{next_year}-05-31")
    assert "To be read by" in text_of(answer)
    shown = text_of(secretary.get("/board/agenda/@@clicktracker-declarations"))
    assert "Evidence asked for" in shown


def test_who_may_not_see_the_content_may_not_set_one(board, secretary):
    with api.env.adopt_roles(["Manager"]):
        board.agenda.manage_permission("View", ["Manager"], acquire=0)
    transaction.commit()
    answer = secretary.get(AGENDA, allow_redirects=False)
    assert answer.status_code in (302, 401, 403)


def test_a_working_copy_and_a_link_have_none(board, secretary, next_year):
    with api.env.adopt_roles(["Manager"]):
        copy = ICheckinCheckoutPolicy(board.agenda).checkout(board)
        copy.manage_setLocalRoles("carol", ["Tracking Manager", "Owner"])
        copy.reindexObjectSecurity()
    link = add(board, "Link", id="link", remoteUrl="https://example.org")
    give_deadline(board)
    for item in (copy, link):
        path = f"/board/{item.getId()}{PATH}"
        shown = text_of(secretary.get(path))
        assert "To be read by" not in shown
        assert "working copy" in shown or "another address" in shown
        token = authenticator_in(secretary.get(AGENDA).text)
        send(secretary, path, token, day=f"{next_year}-05-31")
        assert declared(item) == ()
        page = secretary.get(f"/board/{item.getId()}/@@tracking").text
        assert "clicktracker-deadline" not in page


def test_the_site_has_one_for_everything_in_it(board, visitor, next_year):
    manager = visitor("manager")
    shown = text_of(send(manager, PATH, day=f"{next_year}-05-31"))
    assert "To be read by" in shown
    assert deadline_of(board.agenda).day.year == next_year


@pytest.mark.parametrize("screen", ["@@tracking", "@@clicktracker-audience"])
def test_a_line_on_other_screens_says_by_when_and_leads_there(board, secretary, screen):
    page = secretary.get(f"/board/agenda/{screen}")
    assert AGENDA in page.text
    assert "By when this is to be read : no deadline" in text_of(page)
    give_deadline(board)
    shown = text_of(secretary.get(f"/board/agenda/{screen}"))
    assert "By when this is to be read : Mar 01, 2036 05:30 PM (UTC)" in shown
    give_deadline(board, utc_now() - timedelta(days=2), "earlier")
    assert "Over" in text_of(secretary.get(f"/board/agenda/{screen}"))


def test_members_elsewhere_see_it_as_it_was_said(board, secretary):
    give_deadline(board.agenda)
    api.user.get("carol").setMemberProperties({"timezone": "Asia/Tokyo"})
    transaction.commit()
    assert "Mar 01, 2036 05:30 PM (UTC)" in text_of(secretary.get(AGENDA))


def test_looking_at_it_writes_nothing(board, secretary):
    secretary.get(AGENDA)
    transaction.begin()
    before = board._p_jar.db().lastTransaction()
    secretary.get(AGENDA)
    assert board._p_jar.db().lastTransaction() == before
