"""The screens for who is expected to read content, and who is excused."""

from datetime import timedelta
from plone import api
from plone.app.iterate.interfaces import ICheckinCheckoutPolicy
from slc.clicktracker.audience import exceptions
from slc.clicktracker.audience.audience import audience_by
from slc.clicktracker.audience.exceptions import exceptions_at
from slc.clicktracker.audience.exceptions import excuse
from slc.clicktracker.audience.rules import AudienceRule
from slc.clicktracker.audience.rules import choose_audience
from slc.clicktracker.audience.rules import rule_of
from slc.clicktracker.sites.openings import openings_by
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.words.times import local_day
from tests.audience.people import add_accounts
from tests.audience.people import add_group
from tests.audience.people import give_role
from tests.audience.people import named
from tests.browser.privacy.settings import choose_privacy
from tests.browser.report.reports import text_of
from tests.plone_site import authenticator_in

import html
import json
import pytest
import re
import transaction


AUDIENCE = "/@@clicktracker-audience"
RULE = "/@@clicktracker-audience-rule"
EXCUSE = "/@@clicktracker-excuse"

#: There is no day after it.
LAST = "9999-12-31"


@pytest.fixture
def board(tracked):
    """The tracked folder, which alice and bob are expected to read."""
    api.group.create("Board", title="The Board")
    add_group("Board", "alice", "bob")
    choose_audience(tracked, named(groups=["Board"]))
    transaction.commit()
    return tracked


@pytest.fixture
def secretary(board, visitor):
    """Carol, who may track and see readers in the folder."""
    give_role(board, "carol")
    return visitor("carol")


@pytest.fixture
def dispatcher(board, visitor):
    """Carol, who may track in the folder, but not see who reads."""
    board.manage_permission("slc.clicktracker: View readers", ["Manager"], acquire=0)
    give_role(board, "carol")
    return visitor("carol")


def names_in(answer):
    return re.findall(r'class="clicktracker-name"[^>]*>(.*?)<', answer.text)


def send(visitor, path, token=None, button="save", more=None, **fields):
    """Send a form of a page with its authenticator, or another one."""
    url = visitor.site_url + path
    if token is None:
        token = authenticator_in(visitor.session.get(url).text)
    data = {f"form.widgets.{name}": value for name, value in fields.items()}
    data |= {f"form.buttons.{button}": "Save", "_authenticator": token, **(more or {})}
    answer = visitor.session.post(url, data=data)
    transaction.begin()
    return answer


def end(visitor, path, user, token=None):
    url = visitor.site_url + path + AUDIENCE
    if token is None:
        token = authenticator_in(visitor.session.get(url).text)
    data = {"user": user, "folder": "", "_authenticator": token}
    answer = visitor.session.post(url, data=data)
    transaction.begin()
    return answer


def test_the_screen_says_how_many_who_and_where_that_comes_from(board, secretary):
    page = secretary.get(f"/board{AUDIENCE}")
    assert "2 people are expected to read this. Named: group The Board" in text_of(page)
    assert "Set for this item" in text_of(page)
    assert names_in(page) == ["Alice Anders", "Bob Berger"]
    page = secretary.get(f"/board/agenda{AUDIENCE}")
    assert "Set for Board meeting and everything below it" in text_of(page)
    assert names_in(page) == ["Alice Anders", "Bob Berger"]


def test_without_a_choice_everybody_who_can_view_is_expected(tracked, visitor):
    text = text_of(visitor("manager").get(f"/board/agenda{AUDIENCE}"))
    assert "3 people are expected to read this. Everybody who can view it now" in text
    assert "if nothing is chosen here or in a folder above" in text


def test_the_screen_for_tracking_says_how_many_and_leads_there(board, secretary):
    page = secretary.get("/board/agenda/@@tracking")
    assert "2 people are expected to read this." in text_of(page)
    assert "/board/agenda/@@clicktracker-audience" in page.text
    choose_audience(board.agenda, named(users=["alice"]))
    transaction.commit()
    page = secretary.get("/board/agenda/@@tracking")
    assert "One person is expected to read this." in text_of(page)
    assert "clicktracker-audience" not in secretary.get("/rules/@@tracking").text


def test_a_folder_that_is_hidden_is_not_named(board, secretary):
    give_role(board.agenda, "carol")
    with api.env.adopt_roles(["Manager"]):
        board.manage_delLocalRoles(["carol"])
        board.reindexObjectSecurity()
        api.content.transition(board, "retract")
    transaction.commit()
    text = text_of(secretary.get(f"/board/agenda{AUDIENCE}"))
    assert "Set for a folder above that you may not see" in text
    assert "Board meeting" not in text


def test_what_is_amiss_is_said(board, secretary):
    choose_audience(board, named(groups=["Gone"]))
    transaction.commit()
    text = text_of(secretary.get(f"/board{AUDIENCE}"))
    assert "Nobody is expected to read this" in text
    assert "The group “Gone” is named, but no longer exists." in text
    assert "there is nobody in the audience" in text


def test_the_list_is_searched_by_name_or_id_and_comes_in_pages(board, secretary):
    add_accounts(45, Staff=range(45))
    choose_audience(board, named(groups=["Staff"], users=["bob"]))
    transaction.commit()
    page = secretary.get(f"/board{AUDIENCE}")
    assert "46 people are expected" in text_of(page)
    assert len(names_in(page)) == 20
    assert names_in(page)[0] == "Bob Berger"
    page = secretary.get(f"/board{AUDIENCE}?b_start:int=40")
    assert len(names_in(page)) == 6
    for search in ("NUMBER 7", "member00007"):
        page = secretary.get(f"/board{AUDIENCE}?reader={search}")
        assert names_in(page) == ["Member Number 7"]
    page = secretary.get(f"/board{AUDIENCE}?reader=<script>")
    assert names_in(page) == []
    assert "No name or user id contains" in text_of(page)
    assert '<strong dir="auto">&lt;script&gt;</strong>' in page.text


@pytest.mark.parametrize("start", ["-1", "x", "1e9", "99999999999999999999", "60"])
def test_a_strange_page_number_shows_a_page(board, secretary, start):
    page = secretary.get(f"/board{AUDIENCE}?b_start={start}")
    assert names_in(page) == ["Alice Anders", "Bob Berger"]


@pytest.mark.parametrize("path", [AUDIENCE, RULE, EXCUSE])
def test_no_cache_keeps_the_screens(board, secretary, path):
    answer = secretary.get(f"/board{path}")
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_who_may_not_see_readers_sees_numbers_only(board, dispatcher):
    excuse(board, Reader("alice"), "ill")
    choose_audience(board.budget, named(users=["bob"]))
    transaction.commit()
    for path in (f"/board{AUDIENCE}", f"/board/budget{AUDIENCE}", "/board/@@tracking"):
        page = dispatcher.get(path)
        assert "One person is expected to read this." in text_of(page)
        assert not re.search("Alice|alice|Bob|bob|ill", text_of(page))
    assert "Excused: fewer than 5" in text_of(dispatcher.get(f"/board{AUDIENCE}"))
    assert "insufficient-privileges" in dispatcher.get(f"/board{EXCUSE}").url
    (token,) = re.findall(
        r'_authenticator" value="(\w+)"', dispatcher.get(f"/board{RULE}").text
    )
    end(dispatcher, "/board", "alice", token)
    (kept,) = exceptions_at(board)
    assert kept.ended is None
    send(dispatcher, f"/board{EXCUSE}", token, person="bob", reason="ill")
    assert len(exceptions_at(board)) == 1


def test_who_of_those_named_has_left_is_a_number_for_who_may_not_see_readers(
    board, dispatcher, visitor
):
    choose_audience(board, named(users=["alice", "bob"]))
    with api.env.adopt_roles(["Manager"]):
        api.user.delete(username="bob")
    transaction.commit()
    text = text_of(dispatcher.get(f"/board{AUDIENCE}"))
    assert "Named people who are no longer members: 1." in text
    assert "bob" not in text
    assert "“bob” is named, but" in text_of(visitor("manager").get(f"/board{AUDIENCE}"))


def test_who_may_not_see_readers_can_choose_the_audience(board, dispatcher):
    answer = send(dispatcher, f"/board{RULE}", choice="everybody")
    assert "2 people are expected to read this" in text_of(answer)
    assert rule_of(board) == AudienceRule()


def test_who_may_not_see_readers_adds_to_those_who_are_named_and_sees_nobody(
    board, dispatcher
):
    choose_audience(board, named(users=["alice", "bob"]))
    transaction.commit()
    page = dispatcher.get(f"/board{RULE}")
    assert "People who are named already: fewer than 5." in text_of(page)
    assert not re.search("anders|alice;|bob", page.text, re.I)
    send(dispatcher, f"/board{RULE}", choice="named", users="carol;bob")
    assert rule_of(board) == named(users=["carol", "bob", "alice"])
    answer = send(dispatcher, f"/board{RULE}", choice="named", users="", groups="nope")
    assert "There is no such group" in answer.text
    assert not re.search("anders|alice;|bob", answer.text, re.I)
    send(dispatcher, f"/board{RULE}", choice="everybody")
    assert rule_of(board) == AudienceRule()


def test_who_sees_those_who_are_named_on_the_form_has_opened_a_list(board, secretary):
    choose_audience(board, named(users=["alice", "bob"]))
    choose_privacy(ask_reason=True)
    assert "alice;bob" not in secretary.get(f"/board{RULE}").text
    choose_privacy(ask_reason=False)
    assert "alice;bob" in secretary.get(f"/board{RULE}").text
    transaction.begin()
    (opening,) = openings_by(Reader("carol"))
    assert (opening.listed.what, opening.names) == ("audience", 2)


@pytest.mark.parametrize("view", [AUDIENCE, RULE, EXCUSE])
@pytest.mark.parametrize("name", ["bob", None])
def test_others_may_not_open_the_screens(board, visitor, view, name):
    answer = visitor(name).get(f"/board{view}")
    assert "insufficient-privileges" in answer.url or "/login" in answer.url
    send(visitor(name), f"/board{RULE}", "0" * 40, choice="everybody")
    assert rule_of(board) == named(groups=["Board"])


def test_the_choice_is_kept_and_it_is_said_what_that_means(board, secretary):
    answer = send(
        secretary,
        f"/board/agenda{RULE}",
        choice="named",
        groups="Board",
        users="carol",
        roles=["Reviewer", "Editor"],
    )
    assert answer.url.endswith(f"/board/agenda{AUDIENCE}")
    assert "Your choice was saved." in answer.text
    assert "3 people are expected to read this." in answer.text
    text = text_of(answer)
    assert "Named: group The Board, role Editor, role Reviewer, Carol" in text
    rule = rule_of(board.agenda)
    assert rule == named(["Board"], ["carol"], ["Editor", "Reviewer"])
    answer = send(secretary, f"/board/agenda{RULE}", choice="inherit")
    assert rule_of(board.agenda) is None
    answer = send(secretary, f"/board/agenda{RULE}", choice="inherit")
    assert "Nothing was changed." in answer.text


@pytest.mark.parametrize(
    "fields, complaint",
    [
        ({"choice": "named"}, "Name at least one group, person or role."),
        ({"choice": "named", "groups": "Nobody"}, "There is no such group: Nobody"),
        ({"choice": "named", "users": "nobody"}, "There is no such member: nobody"),
        ({"choice": "evil"}, "Required input is missing."),
        ({}, "Required input is missing."),
    ],
)
def test_a_choice_that_can_not_be_is_refused(board, secretary, fields, complaint):
    answer = send(secretary, f"/board{RULE}", **fields)
    assert complaint in text_of(answer)
    assert rule_of(board) == named(groups=["Board"])


def test_all_that_is_wrong_is_said_at_once(board, secretary):
    fields = {"choice": "named", "groups": "Nobody;Nowhere", "users": "nobody"}
    text = text_of(send(secretary, f"/board{RULE}", **fields))
    assert "There is no such group: Nobody, Nowhere" in text
    assert "There is no such member: nobody" in text
    assert rule_of(board) == named(groups=["Board"])


def test_what_is_gone_or_of_another_folder_stays_named(board, secretary):
    admin = Reader("admin", "/acl_users")
    rule = AudienceRule(False, ("Gone",), (Reader("ghost"), admin))
    choose_audience(board, rule)
    transaction.commit()
    fields = {"choice": "named", "groups": "Gone;Board", "users": "ghost"}
    send(secretary, f"/board{RULE}", **fields)
    assert rule_of(board) == AudienceRule(False, ("Gone", "Board"), rule.users)


def test_plones_widget_finds_members_for_a_secretary_and_for_nobody_else(
    board, secretary, visitor
):
    query = "/@@getVocabulary?name=plone.app.vocabularies.Users&field=users&query=bob"
    found = json.loads(secretary.get(f"/board{RULE}{query}").text)
    assert found["results"] == [{"id": "bob", "text": "Bob Berger"}]
    for path in (f"/rules{RULE}", "/board"):
        assert "Bob" not in secretary.get(f"{path}{query}").text
    assert "Berger" not in visitor("bob").get(f"/board{RULE}{query}").text


def test_somebody_is_excused_and_that_is_ended(board, secretary):
    page = secretary.get(f"/board{AUDIENCE}")
    assert "/board/@@clicktracker-excuse?person=bob" in page.text
    page = secretary.get(f"/board{EXCUSE}?person=bob")
    assert "Bob Berger" in page.text
    answer = send(secretary, f"/board{EXCUSE}", person="bob", reason="on leave")
    assert "Bob Berger (bob) is excused from reading" in answer.text
    assert names_in(answer) == ["Alice Anders"]
    assert "Bob Berger (bob) on leave Recorded by Carol Castillo (carol)" in (
        text_of(answer)
    )
    answer = end(secretary, "/board", "bob")
    assert "is no longer excused here" in answer.text
    assert names_in(answer) == ["Alice Anders", "Bob Berger"]
    earlier = text_of(answer).split("Earlier exceptions")[1]
    assert "on leave Recorded by Carol Castillo" in earlier
    assert "Ended by Carol Castillo (carol)" in earlier


def test_an_exception_can_end_by_itself_after_a_day(board, secretary, monkeypatch):
    today = utc_now().date()
    fields = {"person": "bob", "reason": "on leave"}
    yesterday = (today - timedelta(days=1)).isoformat()
    for wrong, said in (
        (yesterday, "This day is past."),
        ("7", "Enter a date like"),
        (LAST, "too far"),
    ):
        more = {"until": wrong}
        answer = send(secretary, f"/board{EXCUSE}", more=more, **fields)
        assert said in text_of(answer)
        assert exceptions_at(board) == ()
    more = {"until": today.isoformat()}
    answer = send(secretary, f"/board{EXCUSE}", more=more, **fields)
    assert names_in(answer) == ["Alice Anders"]
    assert f"on leave Until {local_day(today)} Recorded by" in text_of(answer)
    tomorrow = utc_now() + timedelta(days=1)
    monkeypatch.setattr(exceptions, "utc_now", lambda: tomorrow)
    answer = secretary.get(f"/board{AUDIENCE}")
    assert names_in(answer) == ["Alice Anders", "Bob Berger"]
    earlier = text_of(answer).split("Earlier exceptions")[1]
    assert f"on leave Until {local_day(today)}" in earlier
    assert "Ended by" not in earlier


def test_before_it_is_saved_it_is_said_how_many_people_that_is(board, secretary):
    api.group.create("Crew", title="The crew")
    add_accounts(41, Crew=range(41))
    transaction.commit()

    def said(**fields):
        answer = send(secretary, f"/board/agenda{RULE}", button="preview", **fields)
        return text_of(answer)

    before = rule_of(board.agenda)
    text = said(choice="named", groups="Crew")
    assert "That is 41 people. Nothing is saved yet." in text
    everybody = len(audience_by(board.agenda, AudienceRule()).members)
    assert f"That is {everybody} people." in said(choice="everybody")
    assert "That is one person." in said(choice="named", users="carol")
    assert "That is 2 people." in said(choice="inherit")
    assert "There is no such member: nobody" in said(choice="named", users="nobody")
    assert "That is" not in said(choice="named")
    assert rule_of(board.agenda) == before


def test_an_exception_of_a_folder_is_shown_below_and_ended_there(board, secretary):
    excuse(board, Reader("bob"), "on leave")
    transaction.commit()
    page = secretary.get(f"/board/agenda{AUDIENCE}")
    assert "For Board meeting and everything below it" in text_of(page)
    token = authenticator_in(secretary.get(f"/board{AUDIENCE}").text)
    answer = end(secretary, "/board/agenda", "bob", token)
    assert "Nothing was changed." in answer.text
    assert names_in(answer) == ["Alice Anders"]


@pytest.mark.parametrize(
    "fields, complaint",
    [
        ({"person": "bob", "reason": " "}, "Required input is missing."),
        ({"person": "bob", "reason": "\0"}, "Required input is missing."),
        ({"person": "", "reason": "ill"}, "Required input is missing."),
        ({"person": "nobody", "reason": "ill"}, "There is no such member."),
    ],
)
def test_nobody_is_excused_without_a_reason_or_an_account(
    board, secretary, fields, complaint
):
    answer = send(secretary, f"/board{EXCUSE}", **fields)
    assert complaint in text_of(answer)
    assert exceptions_at(board) == ()


def test_browsers_let_the_form_complain_themselves_they_would_do_nothing(secretary):
    # The field of the person is hidden behind the list to choose from.
    page = secretary.get(f"/board{EXCUSE}").text
    assert re.search(r'<form class="rowlike"[^>]* novalidate', page)


def test_excusing_twice_says_so(board, secretary):
    for _ in range(2):
        answer = send(secretary, f"/board{EXCUSE}", person="bob", reason="ill")
    assert (
        "Nothing was changed: Bob Berger (bob) is excused here already" in answer.text
    )


def test_what_others_typed_is_not_run(board, secretary):
    evil = "<script>alert(1)</script>"
    send(secretary, f"/board{EXCUSE}", person="bob", reason=evil)
    api.user.get("alice").setMemberProperties({"fullname": evil})
    transaction.commit()
    assert evil not in secretary.get(f"/board{AUDIENCE}").text


@pytest.mark.parametrize("token", ["", "0" * 40])
def test_without_the_authenticator_nothing_changes(board, secretary, token):
    excuse(board, Reader("bob"), "on leave")
    transaction.commit()
    answers = [
        send(secretary, f"/board{RULE}", token, choice="everybody"),
        send(secretary, f"/board{EXCUSE}", token, person="alice", reason="ill"),
        end(secretary, "/board", "bob", token),
    ]
    assert [answer.status_code for answer in answers] == [403] * 3
    assert rule_of(board) == named(groups=["Board"])
    (kept,) = exceptions_at(board)
    assert kept.ended is None


def test_a_get_request_changes_nothing(board, secretary):
    token = authenticator_in(secretary.get(f"/board{RULE}").text)
    query = f"form.buttons.save=Save&_authenticator={token}"
    secretary.get(f"/board{RULE}?form.widgets.choice=everybody&{query}")
    secretary.get(
        f"/board{EXCUSE}?form.widgets.person=bob&form.widgets.reason=ill&{query}"
    )
    transaction.begin()
    assert rule_of(board) == named(groups=["Board"])
    assert exceptions_at(board) == ()


def test_a_working_copy_offers_no_choice(board, visitor):
    with api.env.adopt_roles(["Manager"]):
        copy = ICheckinCheckoutPolicy(board.agenda).checkout(board)
    transaction.commit()
    page = visitor("manager").get(f"/board/{copy.getId()}{AUDIENCE}")
    assert "working copies are never tracked" in text_of(page)
    assert RULE not in page.text


def test_of_a_link_nobody_is_counted(board, visitor):
    with api.env.adopt_roles(["Manager"]):
        address = "https://example.org/minutes"
        api.content.create(board, "Link", "minutes", remoteUrl=address)
    transaction.commit()
    page = visitor("manager").get(f"/board/minutes{AUDIENCE}")
    assert "A link is never tracked" in text_of(page)
    assert "expected to read this" not in text_of(page)
    assert names_in(page) == []
    assert RULE not in page.text


def test_on_a_default_page_the_screen_names_the_folder(board, visitor):
    board.setDefaultPage("agenda")
    transaction.commit()
    page = visitor("manager").get(f"/board/agenda{AUDIENCE}")
    assert "This is the default page of the folder" in text_of(page)
    assert f"/plone/board{AUDIENCE}" in page.text


def test_who_manages_but_may_not_view_is_shown_nothing(board, visitor):
    give_role(board, "carol")
    with api.env.adopt_roles(["Manager"]):
        board.manage_permission("View", ["Manager"], acquire=0)
    transaction.commit()
    carol = visitor("carol")
    for view in (AUDIENCE, RULE, EXCUSE):
        assert "insufficient-privileges" in carol.get(f"/board{view}").url


def test_the_last_day_of_an_exception_is_changed(board, secretary):
    until = utc_now().date() + timedelta(days=7)
    excuse(board, Reader("bob"), "on leave", until)
    transaction.commit()
    page = secretary.get(f"/board{AUDIENCE}").text
    (change,) = re.findall(
        r'href="[^"]*(/@@clicktracker-excuse[^"]*exception=[^"]*)"', page
    )
    form = secretary.get(f"/board{html.unescape(change)}").text
    assert "Change an exception" in form
    assert until.isoformat() in form and "on leave" in form
    later = until + timedelta(days=7)
    key = change.partition("exception=")[2]
    fields = {"person": "bob", "reason": "on leave"}
    more = {"until": later.isoformat(), "exception": key}
    answer = send(secretary, f"/board{EXCUSE}", more=more, **fields)
    assert f"is excused until {local_day(later)} now." in answer.text
    assert f"on leave Until {local_day(later)} Recorded by" in text_of(answer)
    earlier = text_of(answer).split("Earlier exceptions")[1]
    assert f"on leave Until {local_day(until)}" in earlier
    assert "Ended by Carol Castillo (carol)" in earlier
    # The same form once more is about an exception that has ended.
    answer = send(secretary, f"/board{EXCUSE}", more=more, **fields)
    assert "Nothing was changed." in answer.text
    assert len(exceptions_at(board)) == 2


def test_fields_for_people_and_groups_have_an_example(board, secretary):
    text = text_of(secretary.get(f"/board{RULE}"))
    assert "for example “board”" in text and "for example “alice”" in text
    assert "for example “alice”" in text_of(secretary.get(f"/board{EXCUSE}"))
