"""Other software asks about visitors: now, before, and in figures."""

from plone import api
from slc.clicktracker.interfaces import IVisitorSettings
from slc.clicktracker.permissions import VIEW_READERS
from slc.clicktracker.permissions import VIEW_VISITORS
from slc.clicktracker.sites.looks import looks_at
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from tests.browser.visitors.october import record_october
from tests.browser.visitors.visitors import GUEST
from tests.browser.visitors.visitors import seen
from tests.rest.documented import documented
from ZPublisher import HTTPRequest

import pytest
import transaction


FEED = "/@visitors-feed"
VISITS = "/@visitors-visits"
REPORT = "/@visitors-report"
NOW = "/board/agenda/@visitors-now"
DAYS = {"since": "2026-10-05", "until": "2026-10-07"}


@pytest.fixture
def recording(tracked):
    api.portal.set_registry_record("enabled", True, IVisitorSettings)
    transaction.commit()
    return tracked


@pytest.fixture
def now(recording):
    """Bob has opened two pages, a guest with a cookie one."""
    moment, news = utc_now(), "https://news.example.org/today"
    seen(api.portal.get().rules, "bob", 312, moment)
    seen(recording.agenda, "bob", 12, moment, referrer=news)
    seen(api.portal.get().rules, "", 60, session=GUEST, address="203.0.113.9")


@pytest.fixture
def october(recording):
    record_october(api.portal.get(), recording)


@pytest.fixture
def unnamed(client, recording):
    """Somebody who may see visitors, but not who they are."""
    site = api.portal.get()
    site.manage_permission(VIEW_VISITORS, ["Reader"], acquire=False)
    site.manage_setLocalRoles("carol", ["Reader"])
    transaction.commit()
    assert not api.user.has_permission(VIEW_READERS, username="carol", obj=site)
    return client("carol")


def test_the_live_feed(now, client):
    answer = client("manager").get(FEED, b_size="1")
    assert answer.status_code == 200, answer.text
    documented(answer)
    found = client("manager").get(FEED).json()
    assert (found["items_total"], found["now"]["members"]) == (3, 1)
    first, second, third = found["items"]
    assert first["who"] == {"kind": "member", "user": "bob", "name": "Bob Berger"}
    assert first["page"]["title"] == "Agenda"
    assert second["who"] == {"kind": "guest", "session": GUEST}
    assert (first["address"], third["visit"]["pages"]) == ("198.51.100.7", 2)
    transaction.begin()
    assert [each.what for each in looks_at(Reader("bob"))] == ["feed"]


def test_the_feed_is_narrowed_as_on_the_screen(now, client):
    manager = client("manager")
    assert manager.get(FEED, who="guests").json()["items_total"] == 1
    assert manager.get(FEED, page="/board/agenda").json()["items_total"] == 1
    assert manager.get(FEED, member="berger").json()["items_total"] == 2
    folder = manager.get(f"/board{FEED}").json()
    assert [each["page"]["title"] for each in folder["items"]] == ["Agenda"]
    assert folder["items"][0]["visit"] is None


def test_visits_of_one_visitor_with_their_pages(now, client):
    answer = client("manager").get(VISITS, person="bob")
    assert answer.status_code == 200, answer.text
    documented(answer)
    (visit,) = answer.json()["items"]
    assert [each["page"]["title"] for each in visit["views"]] == [
        "House rules",
        "Agenda",
    ]
    found = client("manager").get(VISITS, b_size="1").json()
    assert (found["items_total"], len(found["items"])) == (2, 1)
    assert "b_start=1" in found["batching"]["next"]
    transaction.begin()
    assert {each.what for each in looks_at(Reader("bob"))} == {"path"}


def test_without_the_permission_nobody_is_named(now, unnamed):
    for path in (FEED, VISITS):
        answer = unnamed.get(path)
        assert answer.status_code == 200, path
        assert "ob Berger" not in answer.text and '"bob"' not in answer.text
        assert "198.51.100.7" not in answer.text
    assert "member" not in {e["name"] for e in unnamed.get(REPORT).json()["lists"]}
    assert unnamed.get(VISITS, person="bob").json()["items_total"] == 2


def test_figures_with_those_of_the_period_before(october, client):
    answer = client("manager").get(REPORT, **DAYS)
    assert answer.status_code == 200, answer.text
    documented(answer)
    found = answer.json()
    figures = {each["name"]: each for each in found["figures"]}
    assert (figures["visits"]["now"], figures["visits"]["before"]) == (3, 0)
    assert (figures["views"]["now"], figures["visitors"]["now"]) == (7, 2)
    assert found["about"]["before_until"] == "2026-10-04"
    assert [each["day"] for each in found["steps"]] == [
        "2026-10-05",
        "2026-10-06",
        "2026-10-07",
    ]
    assert found["items"][0]["title"] == "House rules"


def test_each_list_of_the_report(october, client):
    manager = client("manager")
    lists = [each["name"] for each in manager.get(REPORT).json()["lists"]]
    for name in lists:
        found = manager.get(REPORT, list=name, b_size="1", **DAYS).json()
        assert len(found["items"]) == 1, name
        assert {each["name"] for each in found["columns"]} == set(found["items"][0])
    members = manager.get(REPORT, list="member", **DAYS).json()
    assert [each["user"] for each in members["items"]] == ["bob"]
    answer = manager.get(REPORT, since="2026-10-32")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "since")


def test_how_many_are_on_a_page_now(now, client):
    api.portal.set_registry_record("presence_minimum", 1, IVisitorSettings)
    transaction.commit()
    answer = client().get(NOW)
    assert answer.status_code == 200, answer.text
    documented(answer)
    assert (answer.json()["on_page"], answer.json()["on_site"]) == (1, 2)


def test_few_people_are_no_number(now, client):
    api.portal.set_registry_record("presence_minimum", 2, IVisitorSettings)
    transaction.commit()
    found = client().get(NOW).json()
    assert (found["on_page"], found["on_site"]) == (None, 2)


def test_a_storage_that_is_down_is_said(now, client, monkeypatch):
    monkeypatch.setenv("CLICKTRACKER_DSN", "host=127.0.0.1 port=1 dbname=x")
    for path in (FEED, VISITS, REPORT, "/@activities"):
        answer = client("manager").get(path)
        assert answer.status_code == 503, path
        assert "nothing is known about visitors" in answer.json()["message"]


def texts(lines):
    return [each["text"] for each in lines]


def test_the_screen_of_the_feed_says_what_that_of_plone_says(now, client, monkeypatch):
    monkeypatch.setattr(HTTPRequest, "trusted_proxies", ("127.0.0.1",))
    found = client("manager").get(FEED, screen="1", who="members").json()
    screen = found["screen"]
    assert texts(screen["sentences"]) == ["On the site now: members: 1, guests: 1"]
    assert "The site records that you look" in texts(screen["notices"])[0]
    names = [each["name"] for each in screen["filters"]]
    assert names == ["member", "group", "page", "who"]
    assert "Reviewers" in [each["title"] for each in screen["filters"][1]["choices"]]
    shown = [each["title"] for each in screen["links"] if each.get("is_shown")]
    assert shown == ["Live feed"]
    said = found["items"][0]["said"]
    assert said["ago"].endswith("ago")
    assert said["who"]["text"] == "Bob Berger"
    assert said["who"]["link"]["@id"].endswith("/@@clicktracker-visits?person=bob")
    assert said["visit"].startswith("Pages: 2. Time on the site: 5 min")
    assert (said["page"]["text"], said["page"]["status"]) == ("Agenda", None)
    assert texts(said["facts"])[1:] == [
        "from news.example.org",
        "reported by the browser",
        "198.51.100.7",
    ]
    ban = said["facts"][-1]["link"]
    assert ban["@id"].endswith("/@@clicktracker-ban?network=198.51.100.7")
    nobody = client("manager").get(FEED, screen="1", page="/nowhere").json()
    assert (
        nobody["screen"]["empty"] == "Nothing in the last hour matches these filters."
    )


def test_a_screen_names_nobody_to_those_who_may_not_know(now, unnamed):
    found = unnamed.get(FEED, screen="1")
    for word in ("Bob", "bob", "198.51.100.7", "clicktracker-ban?"):
        assert word not in found.text
    names = [each["name"] for each in found.json()["screen"]["filters"]]
    assert names == ["page", "who"]
    assert found.json()["items"][0]["said"]["who"]["text"] == "a member"
    listed = unnamed.get(REPORT, screen="1", list="member")
    assert listed.status_code == 400


def test_the_screen_of_the_visits_of_one_person(now, client):
    found = client("manager").get(VISITS, screen="1", person="bob").json()
    (lead,) = texts(found["screen"]["lead"])
    assert lead == "The path of Bob Berger through this site, the latest visit first."
    assert found["screen"]["filters"] == []
    said = found["items"][0]["said"]
    assert (said["who"], said["left_out"]) == (None, None)
    assert said["ago"].startswith("last active ")
    pages = [(each["page"]["text"], each["engaged"]) for each in said["views"]]
    assert [page for page, _engaged in pages] == ["House rules", "Agenda"]
    assert pages[0][1].startswith("engaged for ")


def test_the_screen_of_the_report_has_the_words_of_its_figures(october, client):
    found = client("manager").get(REPORT, screen="1", **DAYS).json()
    screen = found["screen"]
    said = {each["name"]: each for each in screen["figures"]}
    assert said["visits"]["now"] == "3"
    assert said["time_mean"]["now"] == "5 min 0 s"
    assert said["return_ratio"]["notes"][0].startswith("Visits that were not")
    assert screen["chart"]["series"][0]["values"] == [1, 2, 0]
    assert len(screen["chart"]["labels"]) == 3
    columns = [each["title"] for each in screen["list"]["columns"]]
    assert columns == ["Page", "Page views", "Unique page views", "Time engaged"]
    row = found["items"][0]["said"]
    assert (row["what"]["text"], row["views"], row["seconds"]) == (
        "House rules",
        "3",
        "6 min 0 s",
    )
    endings = [each["@id"].partition("?")[0][-4:] for each in screen["exports"]]
    assert endings == [".csv", "xlsx", "json"]
    assert all("since=2026-10-05" in each["@id"] for each in screen["exports"])
    assert [each["value"] for each in screen["filters"][:2]] == list(DAYS.values())


def test_the_screen_of_the_report_of_an_empty_period(recording, client):
    found = client("manager").get(REPORT, screen="1", **DAYS).json()
    assert found["screen"]["empty"].startswith("There are no known visits")
