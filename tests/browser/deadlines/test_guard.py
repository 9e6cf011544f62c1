"""A workflow in which the vote can only be called once everybody has read the paper."""

from datetime import timedelta
from plone import api
from plone.app.iterate.interfaces import ICheckinCheckoutPolicy
from plone.app.multilingual.browser.setup import SetupMultilingualSite
from plone.app.multilingual.interfaces import ITranslationManager
from plone.app.testing import applyProfile
from plone.namedfile.file import NamedBlobFile
from Products.CMFCore.WorkflowCore import WorkflowException
from slc.clicktracker.audience import members
from slc.clicktracker.audience.exceptions import excuse
from slc.clicktracker.audience.rules import AudienceRule
from slc.clicktracker.audience.rules import choose_audience
from slc.clicktracker.browser.deadlines import evidence
from slc.clicktracker.interfaces import IClickTrackerLayer
from slc.clicktracker.once_a_minute import OnceAMinute
from slc.clicktracker.permissions import VIEW_READERS
from slc.clicktracker.reports import all_read
from slc.clicktracker.sites.storage import store_dsn
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.tracking.choice import Choice
from slc.clicktracker.tracking.choice import choose
from slc.clicktracker.versions import standing
from slc.clicktracker.versions.file_digest import DigestUnknown
from slc.clicktracker.versions.minor_changes import declare_minor
from slc.clicktracker.versions.minor_changes import DeclaredText
from slc.clicktracker.versions.visible import text_key
from slc.clicktracker.versions.visible import visible_version
from tests.audience.people import add_group
from tests.audience.people import expect
from tests.audience.people import named
from tests.browser.report.versions import edit
from tests.browser.report.versions import record
from tests.content import add
from tests.deadlines.deadlines import give_deadline
from tests.plone_site import authenticator_of
from zope.annotation.interfaces import IAnnotations
from zope.globalrequest import getRequest
from zope.interface import alsoProvides
from zope.interface import noLongerProvides

import pytest
import transaction


GUARD = "object/@@clicktracker-evidence/all_read | nothing"
CALL = "workflow_action=vote"


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    clock = Clock()
    evidence._remembered.clear()
    monkeypatch.setattr(evidence, "_clock", clock)
    monkeypatch.setattr(evidence, "_said", OnceAMinute())
    yield clock
    evidence._remembered.clear()


def guard_vote(expression):
    """Give the workflow a transition with a guard."""
    workflow = api.portal.get_tool("portal_workflow").simple_publication_workflow
    workflow.transitions.addTransition("vote")
    workflow.transitions.vote.setProperties(
        title="Call the vote",
        new_state_id="private",
        actbox_name="Call the vote",
        actbox_url="%(content_url)s/content_status_modify?" + CALL,
        props={"guard_expr": expression},
    )
    published = workflow.states.published
    published.transitions = (*published.transitions, "vote")
    transaction.commit()


@pytest.fixture
def agenda(tracked):
    """Alice and Bob are expected to read it before the vote."""
    expect(tracked, "alice", "bob")
    guard_vote(GUARD)
    return tracked.agenda


@pytest.fixture
def request_(site):
    alsoProvides(getRequest(), IClickTrackerLayer)
    return getRequest()


@pytest.fixture
def can_call(request_):
    """Return a function: does a menu offer the vote to somebody, in a new request?"""

    def offered(content, user="carol"):
        IAnnotations(request_).pop(evidence._KEY, None)
        with api.env.adopt_user(username=user):
            tool = api.portal.get_tool("portal_workflow")
            found = tool.getTransitionsFor(content)
        return "vote" in [each["id"] for each in found]

    return offered


@pytest.fixture
def now(can_call, clock):
    """Return the same, where nothing is remembered."""

    def offered(content, user="carol"):
        clock.now += 60
        return can_call(content, user)

    return offered


@pytest.fixture
def questions(monkeypatch):
    """The numbers of documents of which the storage was asked, question by question."""
    asked = []
    found = all_read._question
    monkeypatch.setattr(
        all_read, "_question", lambda each: asked.append(len(each)) or found(each)
    )
    return asked


def all_have_read(content, *users, **more):
    for user in users or ("alice", "bob"):
        record(content, user, **more)


def test_the_vote_is_offered_once_everybody_has_read_it(agenda, now):
    assert not now(agenda)
    record(agenda, "alice")
    assert not now(agenda)
    record(agenda, "carol")
    assert not now(agenda)
    record(agenda, "bob")
    assert now(agenda) and now(agenda, "bob")


def test_a_change_closes_it_unless_it_is_minor(agenda, now):
    all_have_read(agenda)
    before = text_key(visible_version(agenda))
    edit(agenda, title="Another agenda")
    assert not now(agenda)
    texts = (DeclaredText(text_key(visible_version(agenda)), "2"), DeclaredText(before))
    with api.env.adopt_user("alice"):
        declare_minor(agenda, texts, "A typo")
    assert now(agenda)


def test_who_is_excused_or_may_not_view_it_any_more_needs_not_read_it(agenda, now):
    record(agenda, "alice")
    excuse(agenda, Reader("bob"), "on leave")
    assert now(agenda)
    expect(agenda, "alice", "carol")
    assert not now(agenda)
    with api.env.adopt_roles(["Manager"]):
        agenda.manage_permission("View", ["Manager", "Editor"], acquire=0)
        agenda.manage_setLocalRoles("alice", ["Editor"])
    assert now(agenda, "alice")
    assert not now(agenda, "carol")


@pytest.mark.parametrize(
    "level, short, enough",
    [
        ("engaged", {"engaged": 4_000}, {"engaged": 60_000}),
        ("finished", {"engaged": 60_000}, {"engaged": 60_000, "marks": Marks.ENDED}),
        ("downloaded", {"engaged": 60_000}, {"origin": "downloaded"}),
    ],
)
def test_the_level_that_the_deadline_asks_for_is_needed(
    agenda, now, level, short, enough
):
    all_have_read(agenda, **short)
    assert now(agenda)
    give_deadline(agenda.aq_parent, level=level)
    assert not now(agenda)
    record(agenda, "alice", **enough)
    assert not now(agenda)
    record(agenda, "bob", **enough)
    assert now(agenda)
    edit(agenda, title="Another agenda")
    all_have_read(agenda)
    assert not now(agenda)


def test_an_account_of_the_same_id_before_counts_for_nothing(agenda, now):
    give_deadline(agenda, level="engaged")
    all_have_read(agenda, engaged=60_000)
    assert now(agenda)
    with api.env.adopt_roles(["Manager"]):
        api.user.delete(username="bob")
        api.user.create(username="bob", email="b@example.org", password="12345678x")
    transaction.commit()
    assert not now(agenda)
    since = utc_now()
    times = {"issued": since, "opened": since, "seen": since + timedelta(minutes=5)}
    record(agenda, "bob", **times)
    assert not now(agenda)
    record(agenda, "bob", engaged=60_000, **times)
    assert now(agenda)


def test_a_file_is_read_by_downloading_it(agenda, now):
    workflow = api.portal.get_tool("portal_workflow")
    workflow.setChainForPortalTypes(["File"], "simple_publication_workflow")
    file = NamedBlobFile(b"plan", filename="plan.txt")
    plan = add(agenda.aq_parent, "File", id="plan", file=file)
    assert not now(plan)
    all_have_read(plan, origin="downloaded")
    assert now(plan)
    give_deadline(plan, level="downloaded")
    assert now(plan)
    give_deadline(plan, level="engaged", reason="by mistake")
    assert not now(plan)


def test_it_is_closed_where_nobody_is_expected(agenda, now):
    all_have_read(agenda)
    for user in ("alice", "bob"):
        excuse(agenda, Reader(user), "on leave")
    assert not now(agenda)
    choose_audience(agenda, named(groups=["Gone"]))
    assert not now(agenda)


def test_it_is_closed_where_somebody_may_be_missing_in_the_audience(
    agenda, now, monkeypatch
):
    all_have_read(agenda, "alice", "bob", "carol")
    choose_audience(agenda, AudienceRule())
    assert now(agenda)
    monkeypatch.setattr(members, "_USER_MAPS", ())
    monkeypatch.setitem(members._READ, members.IUserEnumerationPlugin, ())
    assert not now(agenda)


def test_it_is_closed_where_nothing_is_recorded_or_the_version_is_not_known(
    agenda, now, monkeypatch
):
    all_have_read(agenda)
    choose(agenda, Choice.EXCLUDE)
    assert not now(agenda)
    choose(agenda, Choice.INHERIT)
    assert now(agenda)

    def unknown(content):
        raise DigestUnknown

    monkeypatch.setattr(standing, "current_texts", unknown)
    assert not now(agenda)


def test_it_is_closed_for_a_folder_and_a_working_copy(agenda, now):
    board = agenda.aq_parent
    all_have_read(agenda)
    all_have_read(board)
    assert not now(board)
    with api.env.adopt_roles(["Manager"]):
        copy = ICheckinCheckoutPolicy(agenda).checkout(board)
        if api.content.get_state(copy) != "published":
            api.content.transition(copy, "publish")
    assert not now(copy)


def test_it_is_closed_where_the_storage_is_down_and_the_log_says_why(
    agenda, now, bob, caplog
):
    all_have_read(agenda)
    store_dsn("dbname=tracking host=127.0.0.1 port=1 user=plone password=s3cret-word")
    transaction.commit()
    assert not now(agenda) and not now(agenda)
    said = [each for each in caplog.messages if "A guard stays closed" in each]
    assert len(said) == 1 and "s3cret-word" not in caplog.text
    page = bob.get("/board/agenda", whole=True)
    assert page.status_code == 200 and CALL not in page.text


def test_it_is_closed_where_recording_is_off(agenda, now, monkeypatch):
    all_have_read(agenda)
    monkeypatch.setenv("CLICKTRACKER_DSN", "off")
    assert not now(agenda)


def test_it_is_closed_for_a_storage_that_can_not_tell(agenda, now, two_methods):
    assert not now(agenda)


def test_it_is_closed_whatever_fails(agenda, now, monkeypatch, caplog):
    all_have_read(agenda)
    monkeypatch.setattr(all_read, "deadline_of", lambda content: 1 / 0)
    assert not now(agenda)
    assert "ZeroDivisionError" in caplog.text


def test_a_menu_is_drawn_from_what_was_found_some_seconds_ago(
    agenda, can_call, clock, questions
):
    assert not can_call(agenda) and len(questions) == 1
    all_have_read(agenda)
    clock.now += 4
    assert not can_call(agenda) and len(questions) == 1
    clock.now += 2
    assert can_call(agenda) and len(questions) == 2
    assert can_call(agenda) and len(questions) == 2


def test_a_listing_of_many_documents_takes_two_questions(
    agenda, request_, can_call, questions
):
    board = agenda.aq_parent
    with api.env.adopt_roles(["Manager"]):
        for number in range(50):
            paper = api.content.create(board, "Document", f"paper{number}")
            api.content.transition(paper, "publish")
    transaction.commit()
    all_have_read(board.paper7)
    tool = api.portal.get_tool("portal_workflow")
    IAnnotations(request_).pop(evidence._KEY, None)
    with api.env.adopt_user(username="carol"):
        found = [
            paper.getId()
            for paper in board.objectValues()
            if "vote" in [each["id"] for each in tool.getTransitionsFor(paper)]
        ]
    assert found == ["paper7"]
    assert len(questions) == 2


@pytest.fixture
def bob(agenda, visitor):
    """Bob, who has a toolbar with a menu."""
    api.user.grant_roles(username="bob", roles=["Editor"])
    transaction.commit()
    return visitor("bob")


def call_vote(visitor, token, by="GET"):
    url = visitor.site_url + "/board/agenda/content_status_modify"
    data = {"workflow_action": "vote", "_authenticator": token}
    if by == "GET":
        visitor.session.get(url, params=data, allow_redirects=False)
    else:
        visitor.session.post(url, data=data, allow_redirects=False)
    transaction.begin()
    return api.content.get_state(api.portal.get().board.agenda)


@pytest.mark.parametrize("by", ["GET", "POST"])
def test_the_transition_itself_asks_the_database(agenda, bob, functional, by):
    token = authenticator_of(functional["app"], "plone", "bob")
    assert CALL not in bob.get("/board/agenda", whole=True).text
    assert call_vote(bob, token, by) == "published"
    all_have_read(agenda)
    # The menu still says what was so a moment ago.
    assert CALL not in bob.get("/board/agenda", whole=True).text
    assert call_vote(bob, token, by) == "private"


@pytest.mark.parametrize("by", ["GET", "POST"])
def test_a_change_after_the_menu_was_drawn_is_seen(agenda, bob, functional, by):
    token = authenticator_of(functional["app"], "plone", "bob")
    all_have_read(agenda)
    assert CALL in bob.get("/board/agenda", whole=True).text
    edit(agenda, title="Another agenda")
    assert CALL in bob.get("/board/agenda", whole=True).text
    assert call_vote(bob, token, by) == "published"


def test_code_that_makes_the_transition_while_a_page_is_shown_is_told(
    agenda, can_call, clock
):
    all_have_read(agenda)
    assert can_call(agenda)
    edit(agenda, title="Another agenda")
    assert can_call(agenda)
    tool = api.portal.get_tool("portal_workflow")
    with api.env.adopt_user(username="carol"), pytest.raises(WorkflowException):
        tool.doActionFor(agenda, "vote")
    assert not can_call(agenda)
    all_have_read(agenda)
    assert not can_call(agenda)
    clock.now += 60
    assert can_call(agenda)
    with api.env.adopt_user(username="carol"):
        tool.doActionFor(agenda, "vote")
    assert api.content.get_state(agenda) == "private"


def test_code_without_a_menu_before_is_told_by_the_guard(agenda, request_):
    tool = api.portal.get_tool("portal_workflow")
    with api.env.adopt_user(username="carol"), pytest.raises(WorkflowException):
        tool.doActionFor(agenda, "vote")


def test_other_transitions_are_not_asked_about(agenda, questions):
    with api.env.adopt_roles(["Manager"]):
        api.content.transition(agenda, "retract")
    assert questions == []


def test_it_has_no_address_of_its_own(agenda, visitor):
    all_have_read(agenda)
    for name in ("bob", None, "manager"):
        for path in ("", "/all_read"):
            answer = visitor(name).get(
                f"/board/agenda/@@clicktracker-evidence{path}", allow_redirects=False
            )
            assert answer.status_code == 404, (name, path)


def test_who_may_not_see_readers_learns_yes_or_no_and_nothing_more(agenda, request_):
    path = "@@clicktracker-evidence/all_read"
    with api.env.adopt_user(username="carol"):
        assert not api.user.has_permission(VIEW_READERS, obj=agenda)
        assert agenda.restrictedTraverse(path) is False
        all_have_read(agenda)
        IAnnotations(request_).pop(evidence._KEY, None)
        evidence._remembered.clear()
        assert agenda.restrictedTraverse(path) is True


def test_who_may_not_view_it_gets_no_answer(agenda, now, request_):
    all_have_read(agenda)
    assert now(agenda)
    with api.env.adopt_roles(["Manager"]):
        agenda.manage_permission("View", ["Manager"], acquire=0)
    choose_audience(agenda, named(users=["alice"]))
    view = evidence.EvidenceView(agenda, request_)
    with api.env.adopt_user(username="carol"):
        assert view.all_read is False


def test_a_guard_stays_closed_where_the_add_on_is_gone(agenda, site):
    """Its views are not there without the layer."""
    all_have_read(agenda)
    if IClickTrackerLayer.providedBy(getRequest()):
        noLongerProvides(getRequest(), IClickTrackerLayer)
    tool = api.portal.get_tool("portal_workflow")
    with api.env.adopt_user(username="carol"):
        assert "vote" not in [each["id"] for each in tool.getTransitionsFor(agenda)]


def test_a_translation_counts_as_in_reports(site, now):
    with api.env.adopt_roles(["Manager"]):
        applyProfile(site, "plone.app.multilingual:default")
        api.portal.get_tool("portal_languages").addSupportedLanguage("de")
        SetupMultilingualSite(site).setupSite(site)
        english = api.content.create(site.en, "Document", "minutes", "Minutes")
        ITranslationManager(english).add_translation("de")
        german = ITranslationManager(english).get_translation("de")
        for content in (site.en, english, german):
            if api.content.get_state(content) != "published":
                api.content.transition(content, "publish")
        choose(english, Choice.TRACK)
    expect(english, "alice", "bob")
    guard_vote(GUARD)
    give_deadline(english, level="engaged")
    record(english, "alice", engaged=60_000)
    assert not now(english)
    record(german, "bob")
    assert not now(english)
    record(german, "bob", engaged=60_000)
    assert now(english)
    edit(german, title="Protokoll")
    assert not now(english)
    # He was engaged with a text that is old by now, and has only opened the new one.
    record(english, "bob")
    assert not now(english)


def test_groups_are_expected_as_they_are_now(agenda, now):
    api.group.create("Board")
    add_group("Board", "alice")
    choose_audience(agenda, named(groups=["Board"]))
    record(agenda, "alice")
    assert now(agenda)
    add_group("Board", "carol")
    assert not now(agenda)


def test_a_deadline_that_is_over_does_not_open_it(agenda, now):
    record(agenda, "alice")
    give_deadline(agenda, utc_now() - timedelta(days=3))
    assert not now(agenda)
