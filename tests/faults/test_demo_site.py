"""A whole Plone site is killed under load: the demo, as ``make run`` serves it."""

from base64 import urlsafe_b64decode
from itertools import count
from slc.clicktracker.storage.model import VIEWS_PER_TICKET
from slc.clicktracker.tickets.ticket import access_key
from tests.demo_site import DemoSite
from tests.faults.servers import wait_for
from tests.faults.stored import assert_exactly
from tests.plone_site import script_in
from threading import Event
from threading import Thread
from types import SimpleNamespace

import json
import pytest
import requests
import signal


MEMBERS = ("alice", "bob", "carol", "secretary")
PATIENCE = 120
KILLS = 1


class Member:
    """Somebody who is logged in, opens a page in as many tabs as count, and posts a
    beacon of another view each time; then opens it anew."""

    _numbers = count()

    def __init__(self, demo, name):
        self.accepted, self.doubtful, self.refused = [], [], []
        self._session = requests.Session()
        self._log_in(demo, name)
        self._page = f"{demo.url}/board-meeting/agenda"
        self._url = f"{demo.url}/@@clicktracker-callback"
        self._views = 0
        self._open()

    def _open(self):
        page = self._session.get(self._page, timeout=PATIENCE)
        self._ticket = script_in(page.text)["data-ticket"]
        self._views = VIEWS_PER_TICKET

    def _log_in(self, demo, name):
        fields = {"__ac_name": name, "__ac_password": "board-papers"}
        self._session.post(
            f"{demo.url}/login",
            data={**fields, "buttons.login": "Log in"},
            timeout=PATIENCE,
        )
        assert "__ac" in self._session.cookies

    def post(self):
        """Post a beacon. False when nobody answered."""
        if not self._views:
            try:
                self._open()
            except requests.ConnectionError:
                return False
        self._views -= 1
        view = f"view-number-{next(self._numbers):08}"
        nonce = json.loads(urlsafe_b64decode(self._ticket.split(".")[0] + "=="))[-2]
        key = access_key(SimpleNamespace(nonce=nonce), view)
        body = json.dumps({"ticket": self._ticket, "view": view})
        try:
            answer = self._session.post(self._url, data=body, timeout=PATIENCE)
        except requests.ConnectionError:
            self.doubtful.append(key)
            return False
        if answer.status_code == 200:
            self.accepted.append(key)
        else:
            self.refused.append(answer.headers.get("X-ClickTracker-Refused"))
        return answer.status_code == 200


class Members:
    """All members at once, until the end of the block."""

    def __init__(self, demo):
        self.members = [Member(demo, name) for name in MEMBERS]
        self._over = Event()
        self._threads = [
            Thread(target=self._post, args=(member,), daemon=True)
            for member in self.members
        ]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        for thread in self._threads:
            thread.join(PATIENCE)

    def _post(self, member):
        while not self._over.is_set():
            if not member.post():
                # As a browser does it, only sooner.
                self._over.wait(0.1)

    def all(self, kind):
        return [one for member in self.members for one in getattr(member, kind)]

    def wait_for_more(self, number):
        enough = len(self.all("accepted")) + number
        wait_for(
            lambda: len(self.all("accepted")) >= enough,
            lambda: (
                f"{len(self.all('accepted'))} of {enough}, refused: "
                f"{set(self.all('refused'))}"
            ),
        )


@pytest.fixture
def dsn(postgresql_server):
    return postgresql_server.create(empty=True)


@pytest.fixture
def demo(tmp_path, made_site, zopes, dsn):
    demo = DemoSite(tmp_path, made_site, zopes, CLICKTRACKER_DSN=dsn)
    demo.start()
    yield demo
    demo.end(signal.SIGKILL)


def test_a_site_killed_under_load_keeps_every_read_that_it_acknowledged(demo, dsn):
    with Members(demo) as members:
        for _ in range(KILLS):
            members.wait_for_more(50)
            demo.end(signal.SIGKILL)
            # As anybody starts it.
            demo.zopes = None
            demo.start("--no-demo")
        members.wait_for_more(50)
    print(f"killed {KILLS} time(s), {len(members.all('doubtful'))} got no answer")
    assert set(members.all("refused")) <= {"too-many"}
    assert_exactly(dsn, members.all("accepted"), members.all("doubtful"))
    demo.end(signal.SIGTERM)
    assert list((demo.instance / "var/clicktracker").glob("spool-*")) == []
    assert_exactly(dsn, members.all("accepted"), members.all("doubtful"))
