"""The dashboard: how far audiences are, what is opened, and who is most behind."""

from DateTime import DateTime
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from plone import api
from plone.app.iterate.interfaces import ICheckinCheckoutPolicy
from plone.namedfile.file import NamedBlobFile
from Products.PluggableAuthService.interfaces.plugins import IRolesPlugin
from slc.clicktracker.audience.exceptions import excuse
from slc.clicktracker.audience.rules import choose_audience
from slc.clicktracker.interfaces import IClickStorage
from slc.clicktracker.reports.dashboard import document_list
from slc.clicktracker.storage.marks import Marks
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.storage.model import Version
from slc.clicktracker.tracking.choice import Choice
from slc.clicktracker.tracking.choice import choose
from tests.audience.directory import Directory
from tests.audience.people import add_accounts
from tests.audience.people import expect
from tests.audience.people import named
from tests.browser.dashboard.dashboards import DASHBOARD
from tests.browser.dashboard.dashboards import documents
from tests.browser.dashboard.dashboards import levels_of
from tests.browser.dashboard.dashboards import links
from tests.browser.dashboard.dashboards import MEMBERS
from tests.browser.dashboard.dashboards import members
from tests.browser.dashboard.dashboards import opened
from tests.browser.dashboard.dashboards import tables
from tests.browser.report.reports import names_in
from tests.browser.report.reports import text_of
from tests.storage.two_methods import NotesOfVisits
from threading import Lock
from zope.component import getGlobalSiteManager

import html
import lxml.html
import pytest
import transaction


def test_each_tracked_document_with_how_far_its_audience_is(board, visitor):
    opened(board.agenda, "alice")
    opened(board.agenda, "alice")
    opened(board.budget, "bob", version=Version("", "of-an-older-text"))
    answer = visitor("manager").get(DASHBOARD)
    assert documents(answer) == {
        "Agenda": ["1 of 2", "2"],
        "Budget": ["0 of 2", "1"],
    }
    text = text_of(answer)
    assert "2 documents are tracked" in text
    assert "1 of 4 expected readings known" in text
    assert "3 times opened (52 weeks)" in text


def test_it_is_not_kept_by_caches(board, visitor):
    for path in (DASHBOARD, MEMBERS):
        answer = visitor("manager").get(path)
        assert answer.headers["Cache-Control"] == "private, no-store"


def test_who_is_not_expected_does_not_count(board, visitor):
    opened(board.agenda, "carol")
    excuse_bob = Reader("bob")
    with api.env.adopt_roles(["Manager"]):
        excuse(board.budget, excuse_bob, "on leave")
        excuse(board.budget, Reader("alice"), "on leave")
    transaction.commit()
    assert documents(visitor("manager").get(DASHBOARD)) == {
        "Agenda": ["0 of 2", "1"],
        "Budget": ["No expected readers are known.", "0"],
    }


def test_an_audience_that_may_be_larger_is_said_to_be_incomplete(board, visitor):
    users = board.aq_parent.acl_users
    directory = Directory()
    directory.id = "ldap"
    users._setObject("ldap", directory)
    users.plugins.activatePlugin(IRolesPlugin, "ldap")
    choose_audience(board.agenda, named(roles=["Reader"], users=["alice"]))
    transaction.commit()
    manager = visitor("manager")
    found = documents(manager.get(DASHBOARD))
    assert found["Agenda"][0] == "0 of 1 The audience is incomplete: there may be more."
    assert found["Budget"][0] == "0 of 2"
    text = text_of(manager.get(MEMBERS))
    assert "Documents with an incomplete audience: 1." in text


def test_what_is_left_out_is_not_listed_nor_folders_nor_what_is_not_tracked(
    board, visitor
):
    with api.env.adopt_roles(["Manager"]):
        api.content.create(board, "Folder", "archive", "Archive")
        api.content.create(board.archive, "Document", "old", "Old paper")
    choose(board.agenda, Choice.EXCLUDE)
    transaction.commit()
    assert set(documents(visitor("manager").get(DASHBOARD))) == {"Budget", "Old paper"}
    choose(board.archive, Choice.EXCLUDE)
    choose(board.archive.old, Choice.TRACK)
    transaction.commit()
    assert set(documents(visitor("manager").get(DASHBOARD))) == {"Budget", "Old paper"}


def test_a_working_copy_is_not_listed(board, visitor):
    with api.env.adopt_roles(["Manager"]):
        ICheckinCheckoutPolicy(board.agenda).checkout(board)
    transaction.commit()
    assert sorted(documents(visitor("manager").get(DASHBOARD))) == ["Agenda", "Budget"]


def test_what_has_expired_is_listed(board, visitor):
    board.agenda.expiration_date = board.agenda.created() - 1
    board.agenda.reindexObject()
    transaction.commit()
    assert "Agenda" in documents(visitor("manager").get(DASHBOARD))


def test_the_dashboard_of_a_folder_is_about_what_is_below_it(board, visitor):
    choose(board.aq_parent.rules, Choice.TRACK)
    transaction.commit()
    manager = visitor("manager")
    assert len(documents(manager.get(DASHBOARD))) == 3
    answer = manager.get(f"/board{DASHBOARD}")
    assert set(documents(answer)) == {"Agenda", "Budget"}
    assert "Tracked content in Board meeting" in text_of(answer)


def test_who_can_not_view_a_document_is_left_out_of_all_sums(board, visitor):
    expect(board.agenda, "alice", "bob", "carol")
    expect(board.budget, "bob")
    with api.env.adopt_roles(["Manager"]):
        for content in (board.agenda, board.budget):
            api.content.transition(content, "retract")
    board.agenda.manage_setLocalRoles("alice", ["Reader"])
    board.agenda.reindexObjectSecurity()
    transaction.commit()
    manager = visitor("manager")
    answer = manager.get(DASHBOARD)
    found = documents(answer)
    assert found["Agenda"][0] == "0 of 1 Expected, but can't view it now: 2"
    assert found["Budget"][0] == "Expected, but can't view it now: 1"
    left_out = "Not counted, because these people can't view the document now: 3"
    assert "0 of 1 expected readings" in text_of(answer)
    assert left_out in text_of(answer)
    answer = manager.get(MEMBERS)
    assert members(answer) == [["Alice Anders alice", 1, 0, 1]]
    assert left_out in text_of(answer)
    bobs = text_of(manager.get(f"{MEMBERS}?member=bob"))
    assert "is not expected to read anything here, as far as is known" in bobs


@pytest.fixture
def lease(board):
    """A file, which is downloaded and not opened."""
    with api.env.adopt_roles(["Manager"]):
        data = NamedBlobFile(b"%PDF-1.4 The lease.", "application/pdf", "lease.pdf")
        lease = api.content.create(board, "File", "lease.pdf", "A lease", file=data)
    transaction.commit()
    return lease


def test_a_file_is_not_among_what_is_opened_least(board, lease, visitor):
    opened(board.agenda, "bob")
    answer = visitor("manager").get(DASHBOARD)
    assert "Least opened Budget 0 " in f"{text_of(answer)} "
    assert documents(answer)["A lease"][1] == "– A file is downloaded, not opened."
    assert "so files have no number." in text_of(answer)
    assert order(visitor, "least") == ["Budget", "Agenda", "A lease"]
    assert order(visitor, "most") == ["Agenda", "Budget", "A lease"]


def test_that_a_file_counts_once_it_was_downloaded_is_said(lease, visitor):
    text = text_of(visitor("manager").get(DASHBOARD))
    assert "Expected readers known to have read it" in text
    text = text_of(visitor("manager").get(MEMBERS))
    assert "Not known to be read Known to be read" in text
    assert "or to have downloaded a file" in text


def test_one_document_is_one_document(board, visitor):
    choose(board.budget, Choice.EXCLUDE)
    transaction.commit()
    opened(board.agenda, "bob")
    text = text_of(visitor("manager").get(DASHBOARD))
    assert " 1 document is tracked " in text
    assert " 1 time opened (52 weeks)" in text


def test_days_are_said_to_be_those_of_utc(board, visitor):
    opened(board.agenda, "bob")
    manager = visitor("manager")
    for period, title in {"year": "Week from (UTC)", "month": "Day (UTC)"}.items():
        assert title in text_of(manager.get(f"{DASHBOARD}?period={period}"))


def test_of_two_searches_the_last_counts(board, visitor):
    answer = visitor("manager").get(f"{DASHBOARD}?search=x&search=GEN")
    assert list(documents(answer)) == ["Agenda"]


def test_a_title_leads_to_who_has_read_it(board, visitor):
    found = links(visitor("manager").get(DASHBOARD))
    assert found["Agenda"].endswith("/board/agenda/@@who-read-this")


def test_who_may_open_it_finds_a_link(secretary, visitor):
    page = "/@@clicktracker-dashboard"
    manager = visitor("manager")
    assert f'href="{manager.site_url}{page}"' in manager.get("/rules").text
    for path in ("/board/@@tracking", "/@@clicktracker-settings"):
        assert f"{page}" in manager.get(path).text
    assert f"/board{page}" in secretary.get("/board/@@tracking").text
    assert page not in secretary.get("/board").text
    assert page not in secretary.get("/board/agenda/@@tracking").text


def order(visitor, name):
    return list(documents(visitor("manager").get(f"{DASHBOARD}?order={name}")))


def test_the_list_can_be_sorted(board, visitor):
    with api.env.adopt_roles(["Manager"]):
        api.content.create(board, "Document", "rota", "A rota")
        choose_audience(board.rota, named(groups=["Nobody"]))
    transaction.commit()
    opened(board.budget, "alice")
    opened(board.budget, "carol")
    opened(board.agenda, "carol")
    assert order(visitor, "title") == ["A rota", "Agenda", "Budget"]
    assert order(visitor, "changed") == ["A rota", "Budget", "Agenda"]
    assert order(visitor, "nonsense") == ["Agenda", "Budget", "A rota"]
    assert order(visitor, "behind") == ["Agenda", "Budget", "A rota"]
    assert order(visitor, "far") == ["Budget", "Agenda", "A rota"]
    assert order(visitor, "most") == ["Budget", "Agenda", "A rota"]
    assert order(visitor, "least") == ["A rota", "Agenda", "Budget"]


def test_what_needs_attention_comes_first(board, visitor):
    """With the lowest share, and of the same share with the most people missing."""
    add_accounts(5)
    expect(board.budget, *[f"member{number:05}" for number in range(5)])
    with api.env.adopt_roles(["Manager"]):
        rota = api.content.create(board, "Document", "rota", "A rota")
        api.content.transition(rota, "publish")
    transaction.commit()
    opened(board.agenda, "alice")
    titles = list(documents(visitor("manager").get(DASHBOARD)))
    assert titles == ["Budget", "A rota", "Agenda"]


def test_a_header_sorts_the_list_and_then_the_other_way(board, visitor):
    opened(board.budget, "alice")
    manager = visitor("manager")
    seen = []
    answer = manager.get(f"{DASHBOARD}?period=month&order=title")
    for _click in range(3):
        page = lxml.html.fromstring(answer.text)
        (header,) = page.xpath("//th[a[contains(., 'Times opened')]]")
        seen.append((header.get("aria-sort"), list(documents(answer))))
        href = header.xpath("a/@href")[0]
        assert "period=month" in href
        answer = manager.get(href.partition("/plone")[2])
    assert seen == [
        (None, ["Agenda", "Budget"]),
        ("descending", ["Budget", "Agenda"]),
        ("ascending", ["Agenda", "Budget"]),
    ]


def test_the_bar_of_a_document_has_levels_and_says_so_in_words(board, visitor):
    end = {"engaged": 200_000, "marks": Marks.ENDED}
    opened(board.agenda, "alice", **{**end, "days_ago": 1})
    opened(board.agenda, "bob")
    opened(board.agenda, "carol")
    answer = visitor("manager").get(DASHBOARD)
    assert levels_of(answer) == {"Agenda": "Opened: 2.", "Budget": ""}


def test_titles_can_be_searched(board, visitor):
    manager = visitor("manager")
    assert list(documents(manager.get(f"{DASHBOARD}?search=GEN"))) == ["Agenda"]
    answer = manager.get(f"{DASHBOARD}?search=<b>&order=title")
    assert '<strong dir="auto">&lt;b&gt;</strong>' in answer.text
    assert documents(answer) == {}
    assert links(answer)["Show all"].endswith("?order=title#clicktracker-documents")


def test_long_lists_have_pages(board, visitor):
    with api.env.adopt_roles(["Manager"]):
        for number in range(28):
            title = f"Paper {number:02}"
            api.content.create(board, "Document", f"paper-{number}", title)
    transaction.commit()
    manager = visitor("manager")
    assert len(documents(manager.get(f"{DASHBOARD}?order=title"))) == 25
    second = manager.get(f"{DASHBOARD}?order=title&b_start:int=25")
    last = ["Paper 23", "Paper 24", "Paper 25", "Paper 26", "Paper 27"]
    assert list(documents(second)) == last
    beyond = manager.get(f"{DASHBOARD}?order=title&b_start=1000")
    assert list(documents(beyond)) == last


def test_the_figures_are_of_all_documents_whatever_is_listed(board, visitor):
    with api.env.adopt_roles(["Manager"]):
        for number in range(28):
            title = f"Paper {number:02}"
            paper = api.content.create(board, "Document", f"paper-{number}", title)
            api.content.transition(paper, "publish")
    transaction.commit()
    opened(board.agenda, "alice")
    opened(board["paper-27"], "bob")
    opened(board["paper-27"], "alice")
    manager = visitor("manager")
    for query in (
        "order=title",
        "order=title&b_start:int=25",
        "order=far&b_start:int=25",
        "search=27",
        "search=nothing",
    ):
        text = text_of(manager.get(f"{DASHBOARD}?{query}"))
        assert "30 documents are tracked 3 of 60 expected readings known" in text
    assert next(iter(documents(manager.get(f"{DASHBOARD}?order=far")))) == "Paper 27"


def test_one_document_with_many_readers_does_not_drown_the_others(board, visitor):
    with api.env.adopt_roles(["Manager"]):
        rota = api.content.create(board, "Document", "rota", "A rota")
        api.content.transition(rota, "publish")
    add_accounts(40)
    expect(board.rota, *[f"member{number:05}" for number in range(40)])
    opened(board.agenda, "alice")
    opened(board.agenda, "bob")
    opened(board.budget, "bob")
    text = text_of(visitor("manager").get(DASHBOARD))
    assert "3 of 44 expected readings known" in text
    assert "At least half of the documents are at 50 % or more" in text


def test_a_document_of_a_type_that_was_removed_is_listed(board, visitor):
    types = api.portal.get_tool("portal_types")
    types._delObject("Document")
    transaction.commit()
    answer = visitor("manager").get(DASHBOARD)
    assert "Agenda" in documents(answer)
    assert "Document · board" in text_of(answer)


def test_the_period_counts_what_was_opened_in_it(board, visitor):
    opened(board.agenda, "alice", days_ago=2)
    opened(board.agenda, "bob", days_ago=60)
    opened(board.budget, "bob", days_ago=300)
    opened(board.budget, "bob", days_ago=700)
    manager = visitor("manager")
    for period, times in {"year": "3", "quarter": "2", "month": "1"}.items():
        answer = manager.get(f"{DASHBOARD}?period={period}")
        word = "time" if times == "1" else "times"
        assert f" {times} {word} opened (" in text_of(answer)
    assert documents(answer) == {"Agenda": ["2 of 2", "1"], "Budget": ["1 of 2", "0"]}
    before = {row[0].split(" Page")[0]: row[4] for row in tables(answer)[1:]}
    assert before == {"Agenda": "0", "Budget": "0"}
    (_header, *rows) = [
        [cell.text_content() for cell in row]
        for row in lxml.html.fromstring(answer.text).xpath("//figure//tr")
    ]
    assert len(rows) == 30
    assert [number for _day, number in rows[-3:]] == ["1", "0", "0"]
    assert sum(int(number) for _day, number in rows) == 1


def test_a_period_of_ones_own_has_as_many_days_before_beside_it(board, visitor):
    for days_ago in (2, 3, 6, 7, 8):
        opened(board.agenda, "alice", days_ago=days_ago)
    opened(board.budget, "bob", days_ago=9)
    today = utc_now().date()
    first, last = today - timedelta(days=5), today - timedelta(days=2)
    manager = visitor("manager")
    answer = manager.get(f"{DASHBOARD}?since={first}&until={last}&order=title")
    text = text_of(answer)
    assert " 2 times opened (" in text
    assert "The period before: 4" in text
    found = {row[0].split(" Page")[0]: row[3:] for row in tables(answer)[1:]}
    assert found == {"Agenda": ["2", "3"], "Budget": ["0", "1"]}
    for kept in (links(answer)["Changed"], links(answer)["Document ▲"]):
        assert f"since={first}&until={last}" in kept
    assert f"since={first}" not in links(answer)["30 days"]
    # What can't be looked at is told, and the usual period is shown.
    for wrong in ("since=2026-13-01&until=2026-12-31", "since=9998-01-01"):
        text = text_of(manager.get(f"{DASHBOARD}?{wrong}"))
        assert "opened (52 weeks)" in text
        assert "Enter a date like" in text or "This day is in the future." in text


def test_the_script_that_draws_the_trend_comes_with_it(board, visitor, monkeypatch):
    assert "charts.js" in visitor("manager").get(DASHBOARD, whole=True).text
    monkeypatch.setenv("CLICKTRACKER_DSN", "off")
    assert "charts.js" not in visitor("manager").get(DASHBOARD, whole=True).text


def test_what_is_opened_most_and_least(board, visitor):
    with api.env.adopt_roles(["Manager"]):
        for number in range(6):
            api.content.create(board, "Document", f"paper-{number}", f"Paper {number}")
            for _ in range(number):
                opened(board[f"paper-{number}"], "bob")
    transaction.commit()
    text = text_of(visitor("manager").get(DASHBOARD))
    assert "Most opened Paper 5 5 Paper 4 4 Paper 3 3 Paper 2 2 Paper 1 1 " in text
    assert "Least opened Agenda 0 Budget 0 Paper 0 0 " in f"{text} "


def test_nothing_is_tracked_yet(site, visitor):
    text = text_of(visitor("manager").get(DASHBOARD))
    assert "None of the content you manage here is tracked yet." in text
    assert "choose Tracking" in text
    text = text_of(visitor("manager").get(MEMBERS))
    assert "No expected readers of tracked content are known" in text


def test_nothing_is_recorded_yet(board, visitor):
    answer = visitor("manager").get(DASHBOARD)
    text = text_of(answer)
    assert "0 of 4 expected readings" in text
    assert "No openings are known in this period." in text
    assert "Least opened" not in text.partition("Tracked documents")[0]
    assert "did not" not in html.unescape(answer.text)


def test_recording_is_off(board, visitor, monkeypatch):
    monkeypatch.setenv("CLICKTRACKER_DSN", "off")
    for path in (DASHBOARD, MEMBERS):
        text = text_of(visitor("manager").get(path))
        assert "Recording is switched off for this instance" in text
    answer = visitor("manager").get(DASHBOARD)
    assert documents(answer) == {"Agenda": [], "Budget": []}


def test_the_storage_is_down(board, visitor, monkeypatch):
    monkeypatch.setenv("CLICKTRACKER_DSN", "host=127.0.0.1 port=1 dbname=nothing")
    for path in (DASHBOARD, MEMBERS):
        text = text_of(visitor("manager").get(path))
        assert "The storage for readings can't be reached now" in text
    answer = visitor("manager").get(f"{DASHBOARD}?order=most")
    assert documents(answer) == {"Agenda": [], "Budget": []}


@pytest.fixture
def two_methods():
    storage = NotesOfVisits([], Lock())
    components = getGlobalSiteManager()
    components.registerUtility(storage, IClickStorage)
    yield
    components.unregisterUtility(storage, IClickStorage)


def test_a_storage_of_two_methods_says_what_it_can_not_tell(
    board, visitor, two_methods
):
    manager = visitor("manager")
    answer = manager.get(f"{DASHBOARD}?order=title")
    assert documents(answer) == {"Agenda": [], "Budget": []}
    assert "doesn't know the progress of audiences" in text_of(answer)
    assert "doesn't know which documents members have not opened" in text_of(
        manager.get(MEMBERS)
    )


def missing_in(answer, visitor):
    """Follow the figure of the agenda, and return the names in that list."""
    page = lxml.html.fromstring(answer.text)
    (link,) = page.xpath("//tbody/tr[th/a='Agenda']/td//a[contains(@href, 'missing')]")
    path = link.get("href").partition("/plone")[2].partition("#")[0]
    return names_in(visitor("manager").get(path))


def test_a_figure_leads_to_the_list_that_names_those_who_are_missing(board, visitor):
    manager = visitor("manager")
    old = Version("", "of-an-older-text")
    opened(board.agenda, "alice")
    assert missing_in(manager.get(DASHBOARD), visitor) == ["Bob Berger"]
    opened(board.agenda, "bob", version=old)
    assert missing_in(manager.get(DASHBOARD), visitor) == ["Bob Berger"]
    opened(board.agenda, "bob")
    assert missing_in(manager.get(DASHBOARD), visitor) == []


def change(content, moment):
    content.setModificationDate(DateTime(moment))
    content.reindexObject(idxs=["modified"])
    transaction.commit()


def test_what_has_changed_since_monday_is_said_first(board, visitor, monkeypatch):
    """The site is ahead of UTC: there it is Monday already."""
    api.portal.set_registry_record("plone.portal_timezone", "Pacific/Kiritimati")
    wednesday = datetime(2026, 5, 6, 12, tzinfo=timezone.utc)
    monkeypatch.setattr(document_list, "utc_now", lambda: wednesday)
    change(board.agenda, "2026-05-03T10:30:00+00:00")
    change(board.budget, "2026-05-03T09:30:00+00:00")
    manager = visitor("manager")
    text = text_of(manager.get(DASHBOARD))
    assert "Changed since Monday, May 04, 2026: Agenda" in text
    assert "Changed since Monday, May 04, 2026: Agenda , Budget" not in text
    assert text.index("Changed since Monday") < text.index("documents are tracked")
    change(board.budget, "2026-05-05T09:30:00+00:00")
    text = text_of(manager.get(DASHBOARD))
    assert "Changed since Monday, May 04, 2026: Budget , Agenda" in text
    for paper in (board.agenda, board.budget):
        change(paper, f"2026-05-0{1 + (paper is board.budget)}T09:30:00+00:00")
    text = text_of(manager.get(DASHBOARD))
    assert "Nothing has changed since Monday, May 04, 2026" in text
    assert "Last changed: Budget" in text


def test_on_a_monday_it_is_about_the_week_before(board, visitor, monkeypatch):
    monday = datetime(2026, 5, 11, 12, tzinfo=timezone.utc)
    monkeypatch.setattr(document_list, "utc_now", lambda: monday)
    assert "since Monday, May 04, 2026" in text_of(visitor("manager").get(DASHBOARD))


def test_of_many_changes_the_others_are_one_click_away(board, visitor):
    for number in range(3):
        with api.env.adopt_roles(["Manager"]):
            api.content.create(board, "Document", f"paper{number}", f"Paper {number}")
    transaction.commit()
    answer = visitor("manager").get(DASHBOARD)
    assert "2 more" in text_of(answer)
    assert "order=changed" in links(answer)["2 more"]
