"""The control panel, and processes beside the one that shows it."""

from datetime import timedelta
from plone.app.testing import SITE_OWNER_NAME
from slc.clicktracker.collector.collector import Collector
from slc.clicktracker.doors.process import collector
from slc.clicktracker.interfaces import IClickStorage
from tests.audience.people import expect
from tests.browser.report.readings import NOON
from tests.browser.report.readings import record
from tests.plone_site import authenticator_of
from tests.storage.two_methods import NotesOfVisits
from threading import Lock
from zope.component import getGlobalSiteManager
from zope.globalrequest import getRequest

import pytest
import re
import transaction


PATH = "/@@clicktracker-settings"


@pytest.fixture
def panel(site, functional, visitor):
    """Return a function that sends the form with a button pressed."""
    manager = visitor("manager")
    # What a browser finds in the form, which takes longer to make than most tests.
    token = authenticator_of(functional["app"], "plone", SITE_OWNER_NAME)

    def press(button, dsn="", authenticated=True, **values):
        data = {
            "form.widgets.dsn": dsn,
            "form.widgets.ticket_lifetime": "24",
            "form.widgets.track_anonymous-empty-marker": "1",
            "form.widgets.strict-empty-marker": "1",
            "form.widgets.words_per_minute": "600",
            "form.widgets.least_seconds": "5",
            "form.widgets.any_translation-empty-marker": "1",
            "form.widgets.editors_count-empty-marker": "1",
            "form.widgets.acknowledgement": "asked",
            "form.widgets.sentence": "",
            "form.widgets.ask_password-empty-marker": "1",
            "form.widgets.send_receipts-empty-marker": "1",
            "form.widgets.privacy.smallest_group": "5",
            "form.widgets.keep_accesses": "0",
            "form.widgets.keep_opened": "0",
            "form.widgets.keep_engaged": "0",
            "form.widgets.keep_days": "0",
            "form.widgets.keep_declarations": "0",
            "form.widgets.deleted_members": "keep",
            "form.widgets.privacy.ask_reason-empty-marker": "1",
            "form.widgets.privacy.respect_signals-empty-marker": "1",
            "form.widgets.privacy.shows_notice-empty-marker": "1",
            "form.widgets.spool_limit": "200",
            "form.widgets.reader_limit": "120",
            "form.widgets.address_limit": "1200",
            "form.widgets.enabled-empty-marker": "1",
            "form.widgets.source": "script",
            "form.widgets.guest_cookie": "never",
            "form.widgets.idle_gap": "30",
            "form.widgets.presence_timeout": "10",
            "form.widgets.presence_minimum": "0",
            "form.widgets.query_strings-empty-marker": "1",
            "form.widgets.known_crawlers-empty-marker": "1",
            "form.widgets.untracked_roles-empty-marker": "1",
            "form.widgets.location_file": "",
            "form.widgets.location_reading": "auto",
            "form.widgets.keep_page_views": "90",
            "form.widgets.keep_visits": "365",
            "form.widgets.keep_addresses": "7",
            "form.widgets.events.most_active": "0",
            "form.widgets.events.sample_size": "0",
            "form.widgets.events.seed": "1",
            "form.widgets.events.keep_events": "180",
            "form.widgets.goals.smallest_group": "5",
            "form.widgets.activities.run_gap": "30",
            "form.widgets.activities.smallest_group": "5",
            "form.widgets.analytics.auto_identify-empty-marker": "1",
            "form.widgets.analytics.identify_by": "user_id",
            "form.widgets.analytics.consent": "none",
            "form.widgets.analytics.respect_signals-empty-marker": "1",
            "form.widgets.analytics.reset_after_logout-empty-marker": "1",
            "form.widgets.analytics.noscript_image-empty-marker": "1",
            "form.widgets.clicky.disable_cookies-empty-marker": "1",
            "form.widgets.clicky.own_internal_networks-empty-marker": "1",
            "form.widgets.matomo.https-empty-marker": "1",
            "form.widgets.matomo.disable_cookies-empty-marker": "1",
            "form.widgets.matomo.link_tracking-empty-marker": "1",
            "form.widgets.matomo.heartbeat": "0",
            "form.widgets.matomo.own_internal_networks-empty-marker": "1",
            "form.widgets.clicky.transport": "script",
            "form.widgets.clicky.forward_names-empty-marker": "1",
            "form.widgets.matomo.transport": "script",
            "form.widgets.matomo.forward_names-empty-marker": "1",
            f"form.buttons.{button}": button,
        } | {f"form.widgets.{name}": value for name, value in values.items()}
        if authenticated:
            data["_authenticator"] = token
        answer = manager.session.post(manager.site_url + PATH, data=data)
        transaction.begin()
        # The request of the test remembers what it has read of the registry.
        getRequest().other.pop("_plone_registry_cache", None)
        return answer

    press.get = lambda query="": manager.get(PATH + query)
    press.token = token
    return press


@pytest.fixture
def box(panel):
    """Return a function: what a box of the panel shows, its text and its HTML."""

    def of(name):
        page = panel.get()
        assert page.status_code == 200
        html = page.text.split(f'aria-labelledby="clicktracker-{name}-heading"')[1]
        return Box(html.split("</section>")[0])

    return of


class Box:
    """A part of a page."""

    def __init__(self, html):
        self.html = html
        self.text = " ".join(re.sub("<[^>]+>", " ", html.split(">", 1)[1]).split())

    @property
    def notices(self):
        """Levels of the messages."""
        return re.findall(r"alert-(success|warning|danger)", self.html)


@pytest.fixture
def another_process():
    """Return a function: a collector like that of another process with this spool
    folder. Its storage is one that a test gives, else none."""
    made = []

    def start(recorder=None):
        other = Collector(collector().spools.folder, lambda site: recorder)
        made.append(other)
        return other

    yield start
    for other in made:
        other.stop()


@pytest.fixture
def read(tracked):
    """Bob and Carol read the agenda, Bob twice; Alice read the budget."""
    record(tracked.agenda, "bob", NOON)
    record(tracked.agenda, "bob", NOON + timedelta(days=1))
    record(tracked.agenda, "carol", NOON + timedelta(hours=3))
    record(tracked.budget, "alice", NOON + timedelta(hours=1))
    return tracked


@pytest.fixture
def board(tracked):
    """Alice and Bob are expected to read the papers of the board."""
    expect(tracked, "alice", "bob")
    return tracked


@pytest.fixture
def secretary(board, visitor):
    """Carol, who looks after the papers of the board and nothing else."""
    board.manage_setLocalRoles("carol", ["Reader", "Tracking Manager"])
    board.reindexObjectSecurity()
    transaction.commit()
    return visitor("carol")


@pytest.fixture
def two_methods():
    """A storage that knows no more than who opened what, when and how often."""
    storage = NotesOfVisits([], Lock())
    components = getGlobalSiteManager()
    components.registerUtility(storage, IClickStorage)
    yield
    components.unregisterUtility(storage, IClickStorage)
