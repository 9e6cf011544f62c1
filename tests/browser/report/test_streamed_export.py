"""A long list is sent while it is made: all of it, or visibly not."""

from contextlib import closing
from datetime import timedelta
from io import BytesIO
from plone import api
from slc.clicktracker.browser.streamed_file import can_be_streamed
from slc.clicktracker.interfaces import IClickStorage
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.storage.errors import StorageUnavailable
from slc.clicktracker.storage.model import Access
from slc.clicktracker.storage.model import Document
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.testing.memory import MemoryStorage
from slc.clicktracker.versions.visible import visible_version
from tests.audience.people import give_role
from tests.browser.report.exported import exported
from tests.browser.report.readings import NOON
from threading import Thread
from types import SimpleNamespace
from wsgiref.util import setup_testing_defaults
from zope.component import getGlobalSiteManager
from zope.component.hooks import getSite
from zope.globalrequest import getRequest
from ZPublisher.WSGIPublisher import publish_module

import base64
import http.client
import json
import pytest
import requests
import transaction


BOARD = "/board/@@who-read-this"

#: A few parts of a file.
MANY = 1000


def record_many(document):
    """Record a reading of each of many readers, at different times of a year."""
    path = "/".join(document.getPhysicalPath())
    moments = [NOON + timedelta(hours=9 * number) for number in range(MANY)]
    site_storage().record(
        [
            Access(
                key=f"{number:032x}",
                issued=moment,
                opened=moment,
                seen=moment + timedelta(minutes=number % 59),
                document=Document(document.UID(), path, document.Title()),
                reader=Reader(f"reader{number:04}", "", f"Reader {number:04}"),
                url="/board/agenda",
                version=visible_version(document),
                engaged=1000 * number,
                depth=number % 101,
            )
            for number, moment in enumerate(moments)
        ]
    )


class WatchedStorage(MemoryStorage):
    """Its lists are known to be read to some row, and closed."""

    read = 0
    closed = 0

    def each_reading(self, query):
        try:
            for reading in super().each_reading(query):
                self.read += 1
                yield reading
        finally:
            self.closed += 1


class FailingStorage(WatchedStorage):
    """Its database goes away when most of a list is sent."""

    def each_reading(self, query):
        for number, reading in enumerate(super().each_reading(query)):
            if number == MANY - 100:
                raise StorageUnavailable("gone away")
            yield reading


@pytest.fixture
def use(request):
    """Return a function that has the site use a storage."""
    components = getGlobalSiteManager()

    def with_(storage):
        components.registerUtility(storage, IClickStorage)
        request.addfinalizer(
            lambda: components.unregisterUtility(storage, IClickStorage)
        )
        return storage

    return with_


class OldClient(http.client.HTTPConnection):
    """It speaks HTTP/1.0, as many proxies do."""

    _http_vsn = 10
    _http_vsn_str = "HTTP/1.0"


def get_at_once(visitor, path):
    """Return the answer as HTTP/1.0 has it, and its content."""
    url = requests.Request("GET", visitor.url_of(path), auth=visitor.session.auth)
    prepared = visitor.session.prepare_request(url)
    host = prepared.url.split("/")[2]
    with closing(OldClient(host)) as client:
        headers = {**prepared.headers, "Host": host}
        client.request("GET", prepared.path_url, headers=headers)
        answer = client.getresponse()
        return answer, answer.read()


def connections_in_use(site):
    """Return how many connections to the ZODB are open besides that of the test."""
    found = site._p_jar.db().connectionDebugInfo()
    return sum(each["opened"] is not None for each in found) - 1


@pytest.fixture
def carol(tracked, visitor):
    """Somebody who is elsewhere, and reads German."""
    give_role(tracked, "carol")
    member = api.user.get("carol")
    member.setMemberProperties({"timezone": "Asia/Kolkata"})
    with api.env.adopt_roles(["Manager"]):
        settings = {
            "available_languages": ["en", "de"],
            "use_request_negotiation": True,
        }
        for name, value in settings.items():
            api.portal.set_registry_record(f"plone.{name}", value)
    transaction.commit()
    carol = visitor("carol")
    carol.session.headers["Accept-Language"] = "de"
    return carol


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_a_list_that_is_sent_in_parts_is_the_one_that_is_made_first(
    tracked, carol, kind, use
):
    """To the last row, with the language and the time zone of who looks."""
    use(WatchedStorage())
    record_many(tracked.agenda)
    in_parts = carol.get(f"{BOARD}.{kind}")
    assert in_parts.headers["Transfer-Encoding"] == "chunked"
    assert "Content-Length" not in in_parts.headers
    assert in_parts.headers["Cache-Control"] == "private, no-store"
    assert in_parts.headers["Content-Disposition"].startswith("attachment; ")
    whole, content = get_at_once(carol, f"{BOARD}.{kind}")
    assert int(whole.headers["Content-Length"]) == len(content)
    if kind == "csv":
        assert in_parts.content == content
        assert content.count(b"\r\n") == MANY + 1
        last = in_parts.text.splitlines()[-1]
    else:
        rows = in_parts.json()["rows"]
        assert rows == json.loads(content)["rows"]
        assert in_parts.json()["number_of_rows"] == len(rows) == MANY
        last = str(rows[-1])
    assert "derzeit nicht unter den Mitgliedern" in last
    assert "+05:30" in last


@pytest.mark.parametrize("kind", ["csv", "json", "xlsx"])
def test_a_list_that_breaks_off_is_seen_to_be_broken(
    tracked, visitor, kind, use, caplog
):
    storage = use(FailingStorage())
    record_many(tracked.agenda)
    manager = visitor("manager")
    before = connections_in_use(tracked)
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        manager.get(f"{BOARD}.{kind}")
    assert "sent in part, then broken off: gone away" in caplog.text
    assert storage.closed == 1
    assert connections_in_use(tracked) == before
    # Where nobody would see that, there is no part of it.
    answer, content = get_at_once(manager, f"{BOARD}.{kind}")
    assert answer.status == 503
    assert b"can't be reached" in content and b"reader0" not in content


def test_a_server_that_shows_no_end_gets_it_whole():
    waitress = {"SERVER_PROTOCOL": "HTTP/1.1", "SERVER_SOFTWARE": "waitress"}
    gunicorn = {**waitress, "SERVER_SOFTWARE": "gunicorn/23.0.0"}
    uwsgi = {"SERVER_PROTOCOL": "HTTP/1.1", "uwsgi.version": b"2.0.28"}
    old = {**waitress, "SERVER_PROTOCOL": "HTTP/1.0"}
    for environ, is_streamed in (
        *((waitress, True), (gunicorn, True), (uwsgi, False), (old, False)),
    ):
        assert can_be_streamed(SimpleNamespace(environ=environ)) is is_streamed


def test_a_short_list_is_sent_with_its_length(read, visitor):
    before = connections_in_use(read)
    answer = visitor("manager").get(f"{BOARD}.csv")
    assert exported(answer).rows
    assert "Transfer-Encoding" not in answer.headers
    assert connections_in_use(read) == before


def test_of_who_goes_away_nothing_stays_open(tracked, use):
    """Neither list nor database, nor does the thread know of the site any more."""
    storage = use(WatchedStorage())
    record_many(tracked.agenda)
    before = connections_in_use(tracked)
    environ = {
        "PATH_INFO": f"/plone{BOARD}.csv",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "SERVER_SOFTWARE": "waitress",
        "HTTP_AUTHORIZATION": "Basic " + base64.b64encode(b"admin:secret").decode(),
        "wsgi.input": BytesIO(),
    }
    setup_testing_defaults(environ)
    found = {}

    def serve():
        answer = publish_module(environ, lambda status, headers: None)
        found["first"] = next(answer)
        found["second"] = next(answer)
        found["between"] = getSite(), getRequest(), connections_in_use(tracked)
        answer.close()
        found["rest"] = list(answer)

    thread = Thread(target=serve)
    thread.start()
    thread.join()
    assert found["first"].startswith('\ufeff"Reader"'.encode())
    assert b"reader" in found["second"]
    assert found["between"] == (None, None, before + 1)
    assert found["rest"] == []
    assert 0 < storage.read < MANY
    assert storage.closed == 1
    assert connections_in_use(tracked) == before
