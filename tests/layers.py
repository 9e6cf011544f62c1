"""Layers that tests with a site are stacked on; each test gets them as they were made."""

from plone import api
from plone.app.testing import FunctionalTesting
from plone.app.testing import login
from plone.app.testing import logout
from plone.app.testing import ploneSite
from plone.app.testing import TEST_USER_NAME
from plone.testing.zodb import stackDemoStorage
from plone.testing.zope import WSGI_SERVER_FIXTURE
from slc.clicktracker.testing.layers import FIXTURE
from slc.clicktracker.tracking.choice import Choice
from slc.clicktracker.tracking.choice import choose


PASSWORD = "correct horse"
FULL_NAMES = {"alice": "Alice Anders", "bob": "Bob Berger", "carol": "Carol Castillo"}


def add_members():
    for name, full_name in FULL_NAMES.items():
        api.user.create(
            username=name,
            email=f"{name}@example.org",
            password=PASSWORD,
            properties={"fullname": full_name},
        )


def add_board():
    """A published folder with two documents, and a page beside it."""
    portal = api.portal.get()
    with api.env.adopt_roles(["Manager"]):
        board = api.content.create(portal, "Folder", "board", "Board meeting")
        agenda = api.content.create(board, "Document", "agenda", "Agenda")
        budget = api.content.create(board, "Document", "budget", "Budget")
        rules = api.content.create(portal, "Document", "rules", "House rules")
        for content in (board, agenda, budget, rules):
            api.content.transition(content, "publish")
    return board


class BoardTesting(FunctionalTesting):
    """A site with members and the board's papers, and a server.

    What a layer stacks, all its neighbours see. So the database with the board is put
    on top for each test, and not for the session; for a test that asks for ``tracked``, one
    in which it is tracked already.
    """

    def setUp(self):
        super().setUp()
        self._board = stackDemoStorage(self.get("zodbDB"), name="Board")
        with ploneSite(self._board) as portal:
            login(portal, TEST_USER_NAME)
            add_members()
            add_board()
            logout()
        self._tracked = stackDemoStorage(self._board, name="Tracked")
        with ploneSite(self._tracked) as portal:
            choose(portal.board, Choice.TRACK)

    def testSetUp(self):
        is_tracked = "tracked" in self.pytest_request.fixturenames
        self["zodbDB"] = self._tracked if is_tracked else self._board
        super().testSetUp()


FUNCTIONAL_TESTING = BoardTesting(
    bases=(FIXTURE, WSGI_SERVER_FIXTURE), name="Board:Functional"
)
