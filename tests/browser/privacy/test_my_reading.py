"""``@@my-reading``: what a member sees of what is recorded about them, and of who looked."""

from dataclasses import replace
from lxml import etree
from pathlib import Path
from plone import api
from slc.clicktracker.audience.exceptions import excuse
from slc.clicktracker.interfaces import IVisitorSettings
from slc.clicktracker.mails.rhythm import WEEKLY
from slc.clicktracker.mails.subscriptions import subscribe
from slc.clicktracker.my_reading.record import PARTS as OWN_PARTS
from slc.clicktracker.seals.sealing import seal_report
from slc.clicktracker.sites.bans import ban
from slc.clicktracker.sites.calendar_secrets import make_calendar_secret
from slc.clicktracker.sites.reasons import give_reason
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.snapshots.as_of import as_of
from slc.clicktracker.snapshots.taking import take_snapshot
from slc.clicktracker.storage.acknowledgements.model import ACKNOWLEDGED
from slc.clicktracker.storage.acknowledgements.model import Acknowledgement
from slc.clicktracker.storage.acknowledgements.model import ATTESTED
from slc.clicktracker.storage.goals.model import Exposure
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.storage.model import Version
from slc.clicktracker.visitors.bans import Caller
from tests.audience.people import expect
from tests.browser.privacy.settings import choose_privacy
from tests.browser.report.reports import REPORT
from tests.browser.report.reports import text_of
from tests.browser.visitors.visitors import seen
from tests.layers import PASSWORD
from tests.seals.server_key import use_key
from tests.sites.looks import delete_account
from tests.sites.looks import looked_at
from tests.snapshots.board import read_agenda

import pytest
import slc.clicktracker
import transaction


MINE = "/@@my-reading"
FILE = "/@@my-reading.json"

PARTS = [
    *("readings", "times", "acknowledged", "visits", "pages"),
    *("actions", "goals", "declarations", "snapshots", "seals"),
    *("mails", "looks", "opened", "named"),
]


def part(visitor, name, user="bob"):
    answer = visitor(user).get(f"{MINE}?part={name}")
    assert answer.status_code == 200
    return text_of(answer)


def test_a_member_sees_what_they_have_read_and_each_time(read, visitor):
    text = part(visitor, "readings")
    assert "Only you can open this page." in text
    assert "Agenda" in text and "Budget" not in text
    assert "Opened" in text
    text = part(visitor, "times")
    assert text.count("/board/agenda") == 2
    assert "Nothing is recorded here." in part(visitor, "times", "manager")


@pytest.mark.parametrize("name", PARTS)
def test_of_somebody_of_whom_nothing_is_known_each_part_says_so(site, visitor, name):
    assert "Nothing is recorded here." in part(visitor, name)


def test_it_is_about_nobody_else_whoever_asks(read, visitor):
    """Not even a manager can open somebody else's."""
    manager = visitor("manager")
    for query in ("reader=bob", "user=bob", "member=bob&part=times"):
        assert "Agenda" not in text_of(manager.get(f"{MINE}?{query}"))
        assert manager.get(f"{FILE}?{query}").json()["readings"]["rows"] == []
    assert manager.get(f"{MINE}/bob").status_code == 404
    assert manager.get(f"/board/agenda{MINE}").status_code == 404


def test_a_guest_has_none(site, visitor):
    for path in (MINE, FILE):
        assert "/login" in visitor().get(path).url


def test_a_later_account_of_the_id_sees_nothing_of_the_earlier_one(read, visitor):
    site_storage().retire(Reader("bob"))
    assert "Nothing is recorded here." in part(visitor, "readings")
    assert visitor("bob").get(FILE).json()["times"]["rows"] == []


def test_what_one_may_not_see_any_more_is_listed_without_its_title(read, visitor):
    with api.env.adopt_roles(["Manager"]):
        api.content.transition(read.agenda, "retract")
        read.agenda.manage_permission("View", ["Manager"])
        read.agenda.reindexObjectSecurity()
    transaction.commit()
    text = part(visitor, "readings")
    assert "Content that you can't see now" in text
    assert "Agenda" not in text


def test_the_file_has_all_of_it(read, visitor):
    site_storage().record_exposures(
        [Exposure("headline", "short", Reader("bob"), utc_now())]
    )
    subscribe("bob", "uid", WEEKLY, "")
    with api.env.adopt_roles(["Manager"]):
        excuse(read.budget, Reader("bob"), "On leave")
        excuse(read.budget, Reader("alice"), "Ill")
    looked_at("carol", "bob", utc_now())
    transaction.commit()
    answer = visitor("bob").get(FILE)
    assert answer.headers["Content-Type"] == "application/json"
    found = answer.json()
    assert list(found) == ["about", *PARTS]
    assert found["about"]["user"] == "bob"
    (reading,) = found["readings"]["rows"]
    assert reading["document_uid"] == read.agenda.UID()
    assert reading["times_opened"] == 2
    times = [each["opened"] for each in found["times"]["rows"]]
    assert len(times) == 2 and all(each.endswith("+00:00") for each in times)
    assert [each["variant"] for each in found["goals"]["rows"]] == ["short"]
    (declared,) = found["declarations"]["rows"]
    assert (declared["reason"], declared["about_me"]) == ("On leave", True)
    assert [each["rhythm"] for each in found["mails"]["rows"]] == ["weekly"]
    assert [each["by"] for each in found["looks"]["rows"]] == ["carol"]


def test_what_i_have_acknowledged_and_who_has_vouched_for_me(read, visitor):
    uid, path = read.agenda.UID(), "/plone/board/agenda"
    said = Acknowledgement(
        key="1" * 32,
        kind=ACKNOWLEDGED,
        document=Document(uid, path, "Agenda"),
        version=Version("1", "d" * 32),
        reader=Reader("bob"),
        at=utc_now(),
        by=Reader("bob"),
        sentence="I have read the agenda.",
        language="en",
    )
    vouched = replace(
        said, key="2" * 32, kind=ATTESTED, by=Reader("carol"), why="Read aloud"
    )
    other = replace(said, key="3" * 32, reader=Reader("alice"), by=Reader("alice"))
    site_storage().acknowledge([said, vouched, other])
    text = part(visitor, "acknowledged")
    assert "I have read the agenda." in text and "Read aloud" in text
    assert "Carol Castillo" in text
    rows = visitor("bob").get(FILE).json()["acknowledged"]["rows"]
    assert [each["by"] for each in rows] == ["carol", "bob"]


def test_who_has_excused_me_and_why(read, visitor):
    with api.env.adopt_user("carol"), api.env.adopt_roles(["Manager"]):
        excuse(read.budget, Reader("bob"), "On leave")
    transaction.commit()
    text = part(visitor, "declarations")
    assert "On leave" in text and "Budget" in text
    assert "Nothing is recorded here." in part(visitor, "declarations", "alice")


def test_a_later_account_of_the_same_id_does_not_see_what_was_declared_before(
    read, visitor
):
    with api.env.adopt_roles(["Manager"]):
        excuse(read.budget, Reader("bob"), "On sick leave")
        excuse(read.agenda, Reader("alice"), "On leave")
    delete_account("bob")
    with api.env.adopt_roles(["Manager"]):
        api.user.create(email="b@example.org", username="bob", password=PASSWORD)
        excuse(read.agenda, Reader("bob"), "On holiday")
    transaction.commit()
    text = part(visitor, "declarations")
    assert "sick" not in text and "On holiday" in text


def test_there_is_a_part_for_each_place_where_a_site_names_people():
    """But for one that is about accounts that are gone."""
    places = Path(slc.clicktracker.__file__).with_name("places.zcml")
    named = {each.get("name") for each in etree.parse(places).getroot()} - {None}
    covered = {name for part in OWN_PARTS for name in part.places}
    assert len(named) > 10 and named - covered == {"departures"}


@pytest.fixture
def sealed(tracked, visitor, monkeypatch, tmp_path):
    """The agenda, of which carol has taken a snapshot and sealed a report: alice had read
    it, and bob was expected to."""
    use_key(monkeypatch, tmp_path / "seal.pem")
    agenda = read_agenda(tracked)
    with api.env.adopt_user("carol"), api.env.adopt_roles(["Manager"]):
        take_snapshot(agenda)
        seal_report(agenda, as_of(agenda, None))
        take_snapshot(agenda)
    transaction.commit()
    return agenda


def test_what_snapshots_and_seals_say_of_me(sealed, visitor):
    file = visitor("alice").get(FILE).json()
    latest, first = file["snapshots"]["rows"]
    assert first["document_uid"] == sealed.UID() and first["as_of"] < latest["as_of"]
    assert first["expected"] and not first["taken_by_you"]
    assert [each["level"] for each in first["readings"]] == ["opened"]
    (seal,) = file["seals"]["rows"]
    assert (seal["number"], seal["document_uid"]) == (1, sealed.UID())
    assert [each["level"] for each in seal["entries"]["readings"]] == ["opened"]
    assert set(seal["entries"]) == {"expected", "readings"}
    assert "expected, Opened" in part(visitor, "snapshots", "alice")
    text = part(visitor, "seals", "bob")
    assert "Agenda" in text and "Carol Castillo" in text and "expected" in text
    assert "sealed by you" in part(visitor, "seals", "carol")
    assert "taken by you" in part(visitor, "snapshots", "carol")


def test_what_says_nothing_of_me_is_not_mine(sealed, visitor):
    """A document of which only some snapshots name me, and one of which none does."""
    rows = visitor("bob").get(FILE).json()["snapshots"]["rows"]
    with api.env.adopt_roles(["Manager"]):
        expect(sealed, "alice")
        take_snapshot(sealed)
    transaction.commit()
    assert visitor("bob").get(FILE).json()["snapshots"]["rows"] == rows
    assert "You are not in this one." in part(visitor, "snapshots", "bob")
    expect(sealed.aq_parent.budget, "alice")
    take_snapshot(sealed.aq_parent.budget)
    transaction.commit()
    assert "Budget" not in part(visitor, "snapshots", "bob")


def test_a_later_account_is_in_no_earlier_snapshot_or_seal(sealed, visitor):
    delete_account("bob")
    with api.env.adopt_roles(["Manager"]):
        api.user.create(email="b@example.org", username="bob", password=PASSWORD)
    transaction.commit()
    file = visitor("bob").get(FILE).json()
    assert file["snapshots"]["rows"] == file["seals"]["rows"] == []


def test_where_else_the_site_names_me(read, secretary, visitor):
    expect(read.agenda, "carol")
    choose_privacy(ask_reason=True)
    looked_at("carol", "bob", utc_now())
    make_calendar_secret("carol")
    with api.env.adopt_user("carol"):
        give_reason("The vote")
        ban("203.0.113.9", "", None, Caller("198.51.100.7"))
    transaction.commit()
    secretary.get(REPORT)
    file = secretary.get(FILE).json()
    opened = {(each["what"], each["reason"]) for each in file["opened"]["rows"]}
    assert opened == {("feed", ""), ("readers", "The vote")}
    kinds = {each["kind"]: each["text"] for each in file["named"]["rows"]}
    assert kinds == {
        "audience": "",
        "ban": "203.0.113.9",
        "calendar": "",
        "reason": "The vote",
    }
    assert "A list of readers Agenda" in part(visitor, "opened", "carol")
    text = part(visitor, "named", "carol")
    assert "You are expected to read it by name Agenda" in text


def test_visits_and_pages_are_there_with_how_long_they_are_kept(site, visitor):
    api.portal.set_registry_record(f"{IVisitorSettings.__identifier__}.keep_visits", 77)
    transaction.commit()
    seen("/board/agenda", "bob")
    text = part(visitor, "visits")
    assert "This is kept for 77 days" in text
    assert "198.51.100.7" in text
    assert "/board/agenda" in part(visitor, "pages")
    assert len(visitor("bob").get(FILE).json()["pages"]["rows"]) == 1


def who_looked(visitor, user="bob"):
    """Return who has looked at what, the latest first."""
    rows = visitor(user).get(FILE).json()["looks"]["rows"]
    return [(each["by"], each["what"], each["taken_away_as"]) for each in rows]


def test_a_reader_knows_who_has_opened_a_list_that_they_are_in(
    read, secretary, visitor
):
    secretary.get(REPORT)
    secretary.get(f"{REPORT}.csv")
    assert who_looked(visitor) == [
        ("carol", "readers", "csv"),
        ("carol", "readers", ""),
    ]
    text = part(visitor, "looks")
    assert "Carol Castillo" in text and "A list of readers" in text and "Agenda" in text
    assert "CSV" in text


def test_who_is_expected_and_has_read_nothing_is_in_it_also(board, secretary, visitor):
    secretary.get(f"{REPORT}?tab=absent")
    assert who_looked(visitor, "alice") == [("carol", "readers", "")]


def test_a_list_of_a_folder_is_of_all_in_it_and_one_of_others_is_not(
    read, secretary, visitor
):
    expect(read, "alice")
    with api.env.adopt_roles(["Manager"]):
        other = api.content.create(read.aq_parent, "Folder", "other", "Other")
        other.manage_setLocalRoles("carol", ["Reader", "Tracking Manager"])
        other.reindexObjectSecurity()
    transaction.commit()
    secretary.get("/board/@@who-read-this")
    secretary.get("/board/budget/@@who-read-this")
    secretary.get("/other/@@clicktracker-dashboard-members")
    assert who_looked(visitor) == [("carol", "matrix", "")]
    assert who_looked(visitor, "alice") == [
        ("carol", "readers", ""),
        ("carol", "matrix", ""),
    ]


def test_a_search_for_somebody_else_is_no_look_at_me(read, secretary, visitor):
    secretary.get(f"{REPORT}?reader=alice")
    assert who_looked(visitor) == []
    secretary.get(f"{REPORT}?reader=BERG")
    assert who_looked(visitor) == [("carol", "readers", "")]


def test_what_is_known_of_me_alone_is_a_look_at_me_and_at_nobody_else(
    read, secretary, visitor
):
    secretary.get(f"{REPORT}-reader?reader=bob")
    assert who_looked(visitor) == [("carol", "reader", "")]
    assert who_looked(visitor, "alice") == []


def test_ones_own_looks_are_none_at_oneself(read, secretary, visitor):
    secretary.get(REPORT)
    assert who_looked(visitor, "carol") == []


def test_of_a_deleted_document_it_is_still_known_who_has_looked(read, visitor):
    with api.env.adopt_roles(["Manager"]):
        uid = read.agenda.UID()
        api.content.delete(read.agenda)
    transaction.commit()
    manager = visitor("manager")
    manager.get(f"/@@clicktracker-deleted-document?uid={uid}")
    ((_by, what, _file),) = who_looked(visitor)
    assert what == "readers"
