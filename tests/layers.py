"""Layers that tests with a site are stacked on; each test gets them as they were made."""

from plone import api
from plone.app.testing import FunctionalTesting
from plone.app.testing import IntegrationTesting
from plone.app.testing import login
from plone.app.testing import logout
from plone.app.testing import ploneSite
from plone.app.testing import TEST_USER_NAME
from plone.testing import zodb
from plone.testing.zodb import stackDemoStorage
from plone.testing.zope import WSGI_SERVER_FIXTURE
from Products.CMFPlone.factory import addPloneSite
from slc.clicktracker.testing.layers import FIXTURE
from slc.clicktracker.tracking.choice import Choice
from slc.clicktracker.tracking.choice import choose
from tests.warm_database import WarmDatabase
from unittest.mock import patch
from zope.component.hooks import setSite


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


def add_other_site(portal):
    """A second site with the same content and members, beside the first."""
    with api.env.adopt_roles(["Manager"]):
        profiles = ("plone.app.contenttypes:default", "slc.clicktracker:default")
        other = addPloneSite(portal.aq_parent, "other", extension_ids=profiles)
        setSite(other)
        other.portal_workflow.setDefaultChain("simple_publication_workflow")
        add_members()
        choose(add_board(), Choice.TRACK)
    setSite(portal)


def with_board(database):
    """Return a database on top of another one, with members and the board's papers."""
    stacked = stackDemoStorage(database, name="Board")
    with ploneSite(stacked) as portal:
        login(portal, TEST_USER_NAME)
        add_members()
        add_board()
        logout()
    return stacked


class BoardInTransaction(IntegrationTesting):
    """A site that is as it was after each test, as nobody commits; for a test that asks for
    ``made_board``, one with members and the board's papers."""

    def setUp(self):
        super().setUp()
        self._board = None

    def board(self):
        if self._board is None:
            self._board = with_board(self.get("zodbDB"))
        return self._board

    def testSetUp(self):
        self._stacked = "made_board" in self.pytest_request.fixturenames
        if self._stacked:
            self["zodbDB"] = self.board()
        super().testSetUp()

    def testTearDown(self):
        super().testTearDown()
        if self._stacked:
            del self["zodbDB"]


class BoardTesting(FunctionalTesting):
    """A site with members and the board's papers, and a server.

    Each test gets a database on top of one with the board; if it asks for ``tracked``, of
    one in which it is tracked already, and for ``other_site`` of one with two sites.
    """

    def setUp(self):
        super().setUp()
        #: Of tests before, by the database that theirs were on top of.
        self._connections = {}
        self._two_sites = None
        self._board = with_board(self.get("zodbDB"))
        self._tracked = stackDemoStorage(self._board, name="Tracked")
        with ploneSite(self._tracked) as portal:
            choose(portal.board, Choice.TRACK)

    def two_sites(self):
        if self._two_sites is None:
            self._two_sites = stackDemoStorage(self._tracked, name="Two sites")
            with ploneSite(self._two_sites) as portal:
                add_other_site(portal)
        return self._two_sites

    def base(self):
        asked = self.pytest_request.fixturenames
        if "other_site" in asked:
            return self.two_sites()
        return self._tracked if "tracked" in asked else self._board

    def testSetUp(self):
        base = self.base()
        database = WarmDatabase(base, self._connections.pop(base, ()))
        # What zope.FunctionalTesting calls to put a database on top.
        with patch.object(zodb, "stackDemoStorage", lambda *_, **__: database):
            super().testSetUp()

    def testTearDown(self):
        base, database, app = self.base(), self["zodbDB"], self["app"]._p_oid
        super().testTearDown()
        # Objects remember where the site is, also those that were not changed.
        if app not in database.changed:
            self._connections[base] = database.left


FUNCTIONAL_TESTING = BoardTesting(
    bases=(FIXTURE, WSGI_SERVER_FIXTURE), name="Board:Functional"
)
INTEGRATION_TESTING = BoardInTransaction(bases=(FIXTURE,), name="Board:Integration")
