"""Whatever is sent to any service: no server error; and nothing without permission."""

from hypothesis import given
from hypothesis import strategies as st
from slc.clicktracker.collector.limits import Limits
from slc.clicktracker.permissions import MANAGE_TRACKING
from slc.clicktracker.permissions import VIEW_READERS
from slc.clicktracker.storage.errors import StorageUnavailable
from slc.clicktracker.storage.sqlite import SQLiteStorage
from tests.browser.privacy.settings import choose_privacy
from tests.nightly import examples
from tests.rest.every import our_services
from tests.rest.every import permissions_of_services
from tests.rest.every import WORDS
from tests.seals.server_key import use_key
from zope.component import getUtility
from zope.security.interfaces import IPermission

import inspect
import json
import pytest
import transaction


#: Those that everybody may ask who may view the content; the others are denied.
FOR_EVERYBODY = {
    ("GET", "@clicktracker"),
    ("GET", "@visitors-now"),
}

#: Those with which members act for themselves, and see what is about them.
OF_MEMBERS = {
    "@acknowledgement",
    "@clicktracker-reason",
    "@my-deadlines",
    "@my-reading",
    "@my-reading-list",
}

TEXTS = st.sampled_from(["", "bob", "7", "2026-05-31", "\ud800\0", "x" * 3000]) | (
    st.text(max_size=8)
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3)
    ),
    max_leaves=5,
)
OBJECTS = st.dictionaries(st.sampled_from(WORDS), JSON, max_size=4)
BODIES = (
    (JSON | OBJECTS).map(lambda each: json.dumps(each).encode())
    | st.binary(max_size=40)
    # Of a thousand, plone.restapi's log-in, which looks first, makes an error of its own.
    | st.just(b"[" * 300)
)
#: As a browser encodes it; what is no UTF-8 in a path is refused by Zope on its own.
VALUES = TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass"))
QUERIES = st.dictionaries(
    st.sampled_from([*WORDS, "since:tuple", "b_start:list", "person.a:record"]),
    VALUES | st.lists(VALUES, min_size=2, max_size=2),
    max_size=6,
)
BEHIND = st.sampled_from(
    [
        "",
        "",
        "/bob",
        "/bob/alice",
        "/203.0.113.0/24",
        "/ü\ud7ff",
        "/x/y/z/1",
        "/%",
        "//",
    ]
)


@pytest.fixture
def services(read, monkeypatch, tmp_path):
    # Without a key, nothing can be sealed: that is 503, and says so.
    use_key(monkeypatch, tmp_path / "key")
    monkeypatch.setattr(Limits, "_charge", lambda *args: None)
    return our_services()


def test_the_services_are_found(services):
    found = {str(each) for each in services}
    assert len(found) > 15
    assert {"GET /board/agenda/@readers", "POST /@visitors-bans"} <= found
    assert {"tab", "since", "b_size", "network", "person"} <= set(WORDS)


def test_nothing_that_is_sent_is_an_error_of_the_server(services):
    @examples(250, nightly=5_000)
    @given(data=st.data())
    def try_it(data):
        service = data.draw(st.sampled_from(services))
        behind = data.draw(BEHIND).encode().decode("latin-1")
        query = data.draw(QUERIES)
        body = b"" if service.method == "GET" else data.draw(BODIES)
        assert service.answer(behind, query, body) < 500

    # It is rarely drawn, and goes further than most.
    for each in services:
        assert each.answer(body=b"{}") < 500, each
    try_it()


def test_a_guest_is_denied_all_that_needs_a_permission(services):
    for service in services:
        name = service.path.rpartition("/")[2]
        status = service.answer(is_owner=False)
        if (service.method, name) in FOR_EVERYBODY:
            assert status == 200, service
        else:
            assert status == 401, service


WORDS_OF_ZOPE = "You are not authorized to access this resource."


def test_all_say_in_the_same_words_that_somebody_may_not_ask(services, client):
    guest = client()
    for service in services:
        if service.method == "GET":
            said = guest.get(service.path).json().get("message", WORDS_OF_ZOPE)
            assert said == WORDS_OF_ZOPE, service


def test_a_database_that_is_down_is_no_error_of_a_service(services, monkeypatch):
    def down(*_args, **_kw):
        raise StorageUnavailable("no route")

    for name, _method in inspect.getmembers(SQLiteStorage, inspect.isfunction):
        if not name.startswith("_") and name != "close":
            monkeypatch.setattr(SQLiteStorage, name, down)
    statuses = {str(each): each.answer(body=b"{}") for each in services}
    assert statuses["GET /board/agenda/@readers"] == 503
    wrong = {name: it for name, it in statuses.items() if it >= 500 and it != 503}
    assert wrong == {}


#: Services behind which nothing is to be got, or to be made.
ENDS = [
    ("GET", "/board/agenda/@as-of"),
    ("GET", "/board/agenda/@exceptions"),
    ("GET", "/board/agenda/@minor-changes"),
    ("GET", "/board/agenda/@snapshots"),
    ("GET", "/@visitors-bans"),
    ("POST", "/board/agenda/@exceptions"),
    ("POST", "/board/agenda/@minor-changes"),
    ("POST", "/board/agenda/@snapshots"),
    ("POST", "/@visitors-bans"),
]


def test_behind_a_service_that_has_nothing_there_nothing_is_found(services):
    asked = {(each.method, each.path): each for each in services}
    for end in ENDS:
        assert asked[end].answer("/anything", body=b"{}") == 404, end


def test_a_member_is_denied_what_is_not_about_them(services, client):
    alice = client("alice")
    for service in services:
        name = service.path.rpartition("/")[2]
        if (service.method, name) in FOR_EVERYBODY or name in OF_MEMBERS:
            continue
        answer = alice.visitor.session.request(
            service.method,
            alice.visitor.url_of(service.path),
            headers={"Accept": "application/json"},
            json={} if service.method != "GET" else None,
        )
        assert answer.status_code == 401, service


#: Services that need another permission as well.
NEED_BOTH = {
    MANAGE_TRACKING: {"@deleted-documents", "@deleted-seals"},
    VIEW_READERS: {"@attestations", "@exceptions"},
}


@pytest.mark.parametrize(
    "needed",
    [
        "slc.ManageTracking",
        "slc.clicktracker.ViewReaders",
        "slc.clicktracker.ViewVisitors",
        "cmf.ManagePortal",
    ],
)
def test_without_one_permission_just_what_needs_it_is_denied(services, read, needed):
    """To the manager, who has all the others."""
    registered = permissions_of_services()
    title = getUtility(IPermission, needed).title
    read.aq_parent.manage_permission(title, (), acquire=False)
    transaction.commit()
    for service in services:
        name = service.path.rpartition("/")[2]
        is_needed = registered[service.method, name] == needed
        is_denied = service.answer(body=b"{}") == 401
        assert is_denied == (is_needed or name in NEED_BOTH.get(title, ())), service


#: Lists, with parameters that name one of several things.
LISTS = {
    "/board/agenda/@readers": ("tab", "level", "sort_on", "sort_order"),
    "/board/@reading-dashboard": ("order", "only", "period"),
    "/board/agenda/@attestations": ("list",),
    "/@visitors-feed": ("who",),
    "/@visitors-visits": ("who",),
    "/@visitors-report": ("by", "list"),
    "/@my-reading-list": ("list",),
    "/@deleted-documents": (),
    "/@visitors-bans": (),
    "/board/agenda/@as-of": (),
    "/board/agenda/@audience": (),
    "/board/@reading-dashboard-members": (),
}


def test_a_list_refuses_what_it_does_not_know_and_says_what_there_is(services, client):
    manager = client("manager")
    for path, names in LISTS.items():
        for name in ("b_start", "b_size", *names):
            answer = manager.get(path, **{name: "no-such"})
            assert answer.status_code == 400, (path, name)
            (error,) = answer.json()["errors"]
            assert error["field"] == name
            if name in names:
                # People are shown the message: the names are for programs.
                assert error["message"] == "There is no such choice."
                assert all(error["choices"])
                one = manager.get(path, **{name: error["choices"][0]})
                assert one.status_code == 200, (path, name)
                assert manager.get(path, **{name: ""}).status_code == 200


#: What shows names.
NAMED = [
    "/board/agenda/@readers",
    "/board/agenda/@readers/bob",
    "/board/agenda/@as-of",
    "/board/agenda/@attestations",
    "/board/agenda/@audience",
    "/board/agenda/@exceptions",
    "/board/@reading-dashboard-members",
    "/board/@reading-dashboard-members/bob",
    "/@deleted-documents/whatever",
    "/@visitors-feed",
    "/@visitors-visits",
    "/@visitors-report?list=member",
]


def test_names_need_a_reason_where_the_site_asks_for_one(services, client):
    choose_privacy(ask_reason=True)
    for path in NAMED:
        answer = client("manager").get(path)
        assert answer.status_code == 403, path
        assert "@clicktracker-reason" in answer.json()["message"]
        assert "Berger" not in answer.text
