"""``clicktracker forward``: what waits is sent, shown, or said why not."""

from functools import partial
from slc.clicktracker.analytics.settings import BY_SERVER
from slc.clicktracker.sites.secrets import store_secret
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.storage.outbox.model import Hit
from tests.analytics.pages import use_matomo
from tests.forwarding.services import Service

import pytest
import transaction


@pytest.fixture
def service(functional):
    service = Service()
    address = service.base.removeprefix("http://")
    use_matomo(address=address, https=False, transport=BY_SERVER)
    store_secret("matomo_token", Service.token, service.base)
    transaction.commit()
    yield service
    service.end()


@pytest.fixture
def waiting(service):
    hits = [
        Hit("matomo", f"{n:032x}", utc_now(), "https://example.org/", title=f"Page {n}")
        for n in range(5)
    ]
    site_storage().put_hits(hits)


@pytest.fixture
def run(clicktracker):
    """Return what the command prints, and its exit status."""
    return partial(clicktracker, "forward")


def test_what_waits_is_sent_once(waiting, service, run):
    said, status = run()
    assert "matomo: sent: 5, set aside: 0, waiting: 0" in said
    assert status == 0
    assert len(service.counted) == 5
    assert "sent: 0" in run()[0]
    assert len(service.counted) == 5


def test_a_dry_run_shows_it_without_the_token_and_sends_nothing(waiting, service, run):
    said, status = run("--dry-run")
    assert "matomo: to be sent: 5" in said
    assert "action_name=Page+0" in said
    assert Service.token not in said
    assert (service.headers, status) == ([], 0)
    assert site_storage().outbox("matomo").waiting == 5


def test_what_goes_wrong_is_said_and_nobody_is_asked_again_at_once(
    waiting, service, run
):
    service.answer = service.status_of(403)
    for _ in range(2):
        said, status = run()
        assert "not done" in said
        assert "waiting: 5, as it fails: secret HTTP 403" in said
        assert status == 1
    assert len(service.headers) == 1


def test_a_site_that_forwards_nothing_says_so(functional, run):
    assert run() == ("/plone: it forwards nothing\n", 0)
