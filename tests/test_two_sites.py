"""Two sites in one Zope and one database, both with a bob, never mix."""

from plone import api
from slc.clicktracker.audience.exceptions import excuse
from slc.clicktracker.audience.rules import choose_audience
from slc.clicktracker.interfaces import IVisitorSettings
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.sites.storage import store_dsn
from slc.clicktracker.sites.visitor_rules import visitor_rules
from slc.clicktracker.storage.model import Reader
from tests.audience.people import add_group
from tests.audience.people import expected
from tests.audience.people import named
from tests.audience.people import problems
from tests.both_doors import stored
from tests.doors.beacons import beacon
from tests.doors.beacons import CALLBACK
from tests.doors.beacons import ticket_on
from zope.component.hooks import setSite

import transaction


def counts(site):
    setSite(site)
    rows = stored(site.board.agenda)
    return [(row.reader.user, row.count) for row in rows]


def both_use(sites, dsn):
    for site in sites:
        setSite(site)
        store_dsn(dsn)
    setSite(sites[0])
    transaction.commit()


def read_everywhere(visitor, sites):
    """Bob of the first site reads twice, bob of the second once."""
    for site, times in zip(sites, (2, 1), strict=True):
        bob = visitor("bob", site=site.getId())
        for _ in range(times):
            assert bob.post(CALLBACK, beacon(ticket_on(bob))).status_code == 200


def test_one_database(tracked, other_site, visitor, postgresql_dsn):
    sites = (tracked.aq_parent, other_site)
    both_use(sites, postgresql_dsn)
    read_everywhere(visitor, sites)
    assert [counts(site) for site in sites] == [[("bob", 2)], [("bob", 1)]]


def test_two_databases(tracked, other_site, visitor, new_postgresql_database):
    sites = (tracked.aq_parent, other_site)
    for site in sites:
        setSite(site)
        store_dsn(new_postgresql_database())
    setSite(sites[0])
    transaction.commit()
    read_everywhere(visitor, sites)
    assert [counts(site) for site in sites] == [[("bob", 2)], [("bob", 1)]]
    for site, accesses in zip(sites, (2, 1), strict=True):
        setSite(site)
        assert site_storage().status().accesses == accesses


def test_a_ticket_of_one_site_is_no_good_in_the_other(tracked, other_site, visitor):
    ticket = ticket_on(visitor("bob"))
    answer = visitor("bob", site="other").post(CALLBACK, beacon(ticket))
    assert answer.status_code == 403
    assert counts(other_site) == []


def test_the_audience_of_one_site_says_nothing_in_the_other(tracked, other_site):
    site = tracked.aq_parent
    add_group("Board", "bob")
    choose_audience(tracked, named(groups=["Board"]))
    excuse(tracked.agenda, Reader("bob"), "ill")
    assert expected(tracked) == ["bob"]
    setSite(other_site)
    papers = other_site.board
    assert expected(papers) == ["alice", "bob", "carol"]
    choose_audience(papers, named(groups=["Board"], users=["bob"]))
    assert expected(papers.agenda) == ["bob"]
    assert problems(papers) == ["The group “Board” is named, but no longer exists."]
    setSite(site)
    assert expected(tracked.agenda) == []


def test_whose_visits_are_recorded(tracked, other_site):
    api.portal.set_registry_record("enabled", True, IVisitorSettings)
    api.portal.set_registry_record("untracked_paths", ("/news",), IVisitorSettings)
    setSite(other_site)
    assert not visitor_rules().enabled
    api.portal.set_registry_record("enabled", True, IVisitorSettings)
    assert visitor_rules().untracked_paths.holder("/news") is None
    setSite(tracked.aq_parent)
    assert visitor_rules().untracked_paths.holder("/news") == "/news"
