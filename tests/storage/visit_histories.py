"""What visitors may do, and what a storage answers about it."""

from dataclasses import replace
from datetime import timedelta
from hypothesis import strategies as st
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.visits.days import Days
from slc.clicktracker.storage.visits.model import Page
from slc.clicktracker.storage.visits.model import SCRIPT
from slc.clicktracker.storage.visits.model import SERVER
from slc.clicktracker.storage.visits.model import VisitQuery
from slc.clicktracker.storage.visits.statistics import SHARED_BY
from slc.clicktracker.testing.visitors.made_up import FIREFOX
from slc.clicktracker.testing.visitors.made_up import IPHONE
from slc.clicktracker.testing.visitors.made_up import minutes
from slc.clicktracker.testing.visitors.made_up import view
from slc.clicktracker.testing.visitors.statistics import day


SITES = ("", "one")
PEOPLE = (
    *(
        Reader(""),
        Reader(""),
        Reader("bob"),
        Reader("bob", "", "Zoë"),
        Reader("Straße"),
    ),
    *(Reader("bob", "/acl_users"), Reader("bob", "", "älf")),
)
PAGES = (
    *(Page("/a", "uid-a"), Page("/a", "uid-a", "Änderung"), Page("/a", "uid-a", "B")),
    *(Page("/b", "uid-a"), Page("/b"), Page("/c", "", "Search"), Page("/a", "uid-b")),
)
SESSIONS = ("", "a", "a", "a", "b")
MINUTE = 60_000

messages = st.builds(
    view,
    st.integers(0, 14),
    st.integers(0, 24).map(lambda number: number * 5),
    st.sampled_from(PEOPLE),
    st.sampled_from((0, 2, 15, 40)),
    session=st.sampled_from(SESSIONS),
    page=st.sampled_from(PAGES),
    address=st.sampled_from(("192.0.2.1", "2001:db8::1")),
    agent=st.sampled_from(("", FIREFOX, IPHONE)),
    referrer=st.sampled_from(("", "https://search.example/")),
    engaged=st.sampled_from((0, MINUTE, 15 * MINUTE, 10**15)),
    source=st.sampled_from((SCRIPT, SERVER)),
    gap=st.sampled_from((timedelta(minutes=5), timedelta(minutes=20))),
    is_exit=st.integers(0, 6).map(lambda number: number == 0),
    ahead=st.sampled_from((timedelta(0), timedelta(hours=11), timedelta(hours=11.5))),
)
people = st.sampled_from([reader for reader in PEOPLE if reader.user])
steps = st.one_of(
    *[st.tuples(st.just("record_views"), st.lists(messages, max_size=12))] * 4,
    st.tuples(st.just("retire"), people),
    st.tuples(st.just("forget"), people),
)
histories = st.lists(st.tuples(st.sampled_from(SITES), steps), max_size=10)


def everything(storage) -> dict:
    """All that a storage answers about visitors."""
    queries = {
        "all": VisitQuery(size=None),
        "page": VisitQuery(start=1, size=3),
        "period": VisitQuery(minutes(10), minutes(30), size=None),
        "members": VisitQuery(who="members", size=None),
        "guests": VisitQuery(who="guests", since=minutes(20)),
        "some": VisitQuery(readers=(Reader("bob"), Reader("")), size=None),
        "session": VisitQuery(session="a"),
        "search": VisitQuery(search="STRASSE"),
        "name": VisitQuery(search="zo"),
        "generation": VisitQuery(readers=PEOPLE, generation=2),
        "uid": VisitQuery(uid="uid-a", size=None),
        "url": VisitQuery(url="/b", until=minutes(60), size=None),
        "either": VisitQuery(uid="uid-b", url="/b", who="members"),
        "alone": VisitQuery(alone=True, since=minutes(20)),
    }
    found = {}
    for name, query in queries.items():
        found[name] = storage.visits(query), storage.page_views(query)
    for visit in found["all"][0].rows:
        query = VisitQuery(visit=visit.key, size=None)
        found[visit.key] = storage.visits(query), storage.page_views(query)
    for since in range(0, 120, 25):
        for page in ("", "uid-a", "uid-b"):
            for url in ("", "/a", "/b"):
                asked = minutes(since), page, url
                found[asked] = storage.presence(*asked)
    found["statistics"] = statistics(storage)
    status = storage.status()
    return {**found, "status": replace(status, kind="", place="", schema=0)}


#: Made-up page views are of the first one, and of the one after the end of January.
DAYS = tuple(
    Days(day(first), day(last))
    for first, last in ((0, 0), (0, 1), (1, 1), (-1, 40), (1, 3), (30, 31), (2, 90))
)


def statistics(storage) -> dict:
    """All that a storage has added up about visitors."""
    shares = {
        kind: [storage.shares(kind, days, size=None) for days in DAYS]
        for kind in SHARED_BY
    }
    return {"figures": storage.figures(DAYS), **shares}
