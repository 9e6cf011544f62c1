"""The bans of a site: made, lifted, over, and all of it kept."""

from datetime import datetime
from datetime import timedelta
from datetime import timezone
from plone import api
from plone.app.testing import login
from plone.app.testing import TEST_USER_ID
from plone.app.testing import TEST_USER_NAME
from slc.clicktracker.bounded import Bounded
from slc.clicktracker.sites import bans as site_bans
from slc.clicktracker.sites.bans import ban
from slc.clicktracker.sites.bans import bans_in_force
from slc.clicktracker.sites.bans import lift
from slc.clicktracker.sites.bans import lift_all
from slc.clicktracker.sites.bans import listed_bans
from slc.clicktracker.sites.bans import LONGEST_NOTE
from slc.clicktracker.sites.site_record import remove_records
from slc.clicktracker.storage.model import microseconds
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.visitors.bans import Caller
from slc.clicktracker.visitors.bans import CannotBan
from ZODB.POSException import ConflictError
from zope.component.hooks import setSite

import pytest
import transaction


NOW = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)
HOUR = timedelta(hours=1)
CALLER = Caller("198.51.100.7", ("127.0.0.1",))
NETWORK = "203.0.113.0/24"
ADDRESS = "203.0.113.9"


@pytest.fixture
def at(monkeypatch):
    """Return a function that sets the clock."""

    def set_to(moment):
        monkeypatch.setattr(site_bans, "utc_now", lambda: moment)

    set_to(NOW)
    return set_to


@pytest.fixture
def portal(portal, at):
    login(portal, TEST_USER_NAME)
    return portal


def networks(bans):
    return [each.network for each in bans]


def test_what_is_banned_is_kept_with_who_and_when(portal):
    made = ban(f" {NETWORK} ", " tries passwords ", NOW + HOUR, CALLER)
    ((kept,), ended) = listed_bans()
    assert kept == made and not ended
    assert (kept.network, kept.note, kept.until) == (
        NETWORK,
        "tries passwords",
        NOW + HOUR,
    )
    assert (kept.by, kept.since) == (Reader(TEST_USER_ID), NOW)
    assert bans_in_force(portal).hold(ADDRESS, NOW)


def test_what_is_banned_already_is_not_banned_again(portal, at):
    ban(NETWORK, "first", NOW + HOUR, CALLER)
    assert ban("203.0.113.0/24 ", "second", None, CALLER) is None
    assert ban(ADDRESS, "within", None, CALLER)
    at(NOW + HOUR)
    assert ban(NETWORK, "after that was over", None, CALLER)
    current, ended = listed_bans()
    assert [each.note for each in current] == ["after that was over", "within"]
    assert [each.note for each in ended] == ["first"]


def test_a_ban_that_was_lifted_stays_in_the_list_of_earlier_ones(portal, at):
    ban(NETWORK, "", None, CALLER)
    at(NOW + HOUR)
    assert lift(NETWORK)
    assert not lift(NETWORK)
    assert not lift("nothing")
    (current, (ended,)) = listed_bans()
    assert not current
    assert (ended.ended_by, ended.ended) == (Reader(TEST_USER_ID), NOW + HOUR)
    assert not bans_in_force(portal)


def test_a_ban_that_is_over_can_not_be_lifted(portal, at):
    ban(NETWORK, "", NOW + HOUR, CALLER)
    at(NOW + HOUR)
    assert not lift(NETWORK)
    (current, (ended,)) = listed_bans()
    assert not current and ended.ended is None


def test_all_can_be_lifted_at_once(portal, at):
    ban(NETWORK, "", NOW + HOUR, CALLER)
    at(NOW + HOUR)
    for number in range(5):
        ban(f"2001:db8:{number}::/48", "", None, CALLER)
    assert lift_all() == 5
    assert lift_all() == 0
    assert not listed_bans()[0]


@pytest.mark.parametrize("text", ["198.51.100.7", "::/0", "127.0.0.1"])
def test_what_can_not_be_banned_changes_nothing(portal, text):
    with pytest.raises(CannotBan):
        ban(text, "", None, CALLER)
    assert bans_in_force(portal) is None


def test_a_ban_can_not_end_before_it_begins(portal):
    with pytest.raises(ValueError, match="before"):
        ban(NETWORK, "", NOW, CALLER)


def test_a_note_is_kept_as_every_storage_would(portal):
    ban(NETWORK, "a\0b\ud800" + "x" * 2000, None, CALLER)
    ((kept,), _ended) = listed_bans()
    assert kept.note.startswith("a\ufffdb\ufffdxxx")
    assert len(kept.note) == LONGEST_NOTE


def test_the_latest_comes_first(portal, at):
    for hours, network in enumerate(["203.0.113.1", "203.0.113.3", "203.0.113.2"]):
        at(NOW + hours * HOUR)
        ban(network, "", None, CALLER)
    assert networks(listed_bans()[0]) == ["203.0.113.2", "203.0.113.3", "203.0.113.1"]


@pytest.mark.parametrize(
    "search, found",
    [
        ("203.0.113.9", [NETWORK]),
        ("::ffff:203.0.113.9", [NETWORK]),
        ("113", [NETWORK]),
        ("2001:DB8", ["2001:db8::/32"]),
        ("2001:db8:7::1", ["2001:db8::/32"]),
        ("PASSWORDS", [NETWORK]),
        ("groß", ["2001:db8::/32"]),
        ("GROSS", ["2001:db8::/32"]),
        ("nothing", []),
        ("%", []),
    ],
)
def test_bans_are_found_by_address_network_and_note(portal, search, found):
    ban(NETWORK, "tries passwords", None, CALLER)
    ban("2001:db8::/32", "Großer Lärm", None, CALLER)
    assert networks(listed_bans(search)[0]) == found


def test_an_address_is_not_the_beginning_of_another_one(portal):
    ban("203.0.113.9", "", None, CALLER)
    ban("203.0.113.90", "", None, CALLER)
    ban("2001:db8::/32", "came as 203.0.113.9 before", None, CALLER)
    found = networks(listed_bans("203.0.113.9")[0])
    assert sorted(found) == ["2001:db8::/32", "203.0.113.9"]


def test_what_is_looked_at_is_made_once_for_each_change(portal, monkeypatch):
    made = []

    class Counting(site_bans.BansInForce):
        @classmethod
        def of(cls, bans, now):
            made.append(now)
            return super().of(bans, now)

    monkeypatch.setattr(site_bans, "BansInForce", Counting)
    assert bans_in_force(portal) is None
    ban(NETWORK, "", None, CALLER)
    for _ in range(3):
        assert bans_in_force(portal).hold(ADDRESS, NOW)
    assert len(made) == 1
    lift(NETWORK)
    for _ in range(3):
        assert not bans_in_force(portal).hold(ADDRESS, NOW)
    assert len(made) == 2


def test_what_was_not_committed_holds_nobody(functional):
    site = functional["portal"]
    with api.env.adopt_roles(["Manager"]):
        ban(NETWORK, "", None, CALLER)
        assert bans_in_force(site).hold(ADDRESS, NOW)
        transaction.abort()
    assert bans_in_force(site) is None


def test_nothing_is_left_when_the_add_on_is_uninstalled(portal):
    ban(NETWORK, "", None, CALLER)
    remove_records(portal)
    assert bans_in_force(portal) is None


def test_of_two_managers_at_once_the_second_begins_anew(functional, at):
    """So that nothing is lost, and all processes see both."""
    site = functional["portal"]
    ban("203.0.113.1", "", None, CALLER)
    transaction.commit()
    second = transaction.TransactionManager()
    connection = site._p_jar.db().open(second)
    setSite(connection.root()["Application"]["plone"].__of__(functional["app"]))
    ban("203.0.113.2", "", None, CALLER)
    setSite(site)
    ban("203.0.113.3", "", None, CALLER)
    transaction.commit()
    with pytest.raises(ConflictError):
        second.commit()
    second.abort()
    connection.close()
    assert networks(listed_bans()[0]) == ["203.0.113.3", "203.0.113.1"]


@pytest.fixture
def many(portal):
    """Ten thousand bans: every other one of an address, of a network the others."""
    for number in range(10_000):
        place = f"10.{number // 200}.{number % 200}"
        network = f"{place}.0/24" if number % 2 else f"{place}.1"
        # The very record that a ban leaves, as to ask for each would take a while.
        since = microseconds(NOW) + number
        record = (f"Prüft Kennwörter ({number})", "", "admin", since, None, None)
        site_bans._bans.set(network, (record,))


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("", 10_000),
        ("prüft", 10_000),
        ("PRUFT KENNWORTER (77)", 1),
        ("10.3.77.9", 1),
        ("10.3.76.9", 0),
        ("10.3.76.1", 1),
        ("10.3.7", 11),
        ("::ffff:10.3.77.9", 1),
        ("nobody", 0),
    ],
)
def test_of_thousands_of_bans_only_those_are_made_that_are_shown(
    many, monkeypatch, search, found
):
    made = []
    from_record = site_bans._from_record
    monkeypatch.setattr(
        site_bans, "_from_record", lambda *args: made.append(1) or from_record(*args)
    )
    current, ended = listed_bans(search)
    assert (len(current), len(ended)) == (found, 0)
    assert made == []
    shown = list(current[5:10])
    assert len(made) == len(shown)
    assert [each.since for each in shown] == sorted(
        (each.since for each in shown), reverse=True
    )


def test_many_sites_with_bans_do_not_disturb_one_another(portal, monkeypatch):
    """What is known of one may be forgotten for another at any moment."""
    monkeypatch.setattr(site_bans, "_in_force", Bounded(0))
    ban(NETWORK, "", None, CALLER)
    assert bans_in_force(portal).hold(ADDRESS, NOW)
