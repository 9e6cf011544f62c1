"""The site that the stories of Volto are told on."""

from tests.demo_site import make
from tests.functional.screen import DESKTOP
from tests.functional.volto.volto_site import VoltoSite

import pytest


@pytest.fixture(scope="session")
def volto(tmp_path_factory):
    made = tmp_path_factory.mktemp("made") / "instance"
    make(made, "--volto")
    site = VoltoSite(tmp_path_factory.mktemp("volto"), made)
    try:
        site.start_all()
        yield site
    finally:
        site.end_all()


@pytest.fixture
def visit(volto, new_context):
    """Return a function: a page in a browser of somebody's own, who is logged in."""

    def as_(user=None, **options):
        context = new_context(**{"viewport": DESKTOP, **options})
        if user:
            context.add_cookies(volto.log_in(user))
        page = context.new_page()
        page.set_default_timeout(20_000)
        return page

    return as_
