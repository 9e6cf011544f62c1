"""Which variant of a split a page shows to whom, what is noted of it, and who is told."""

from collections import Counter
from datetime import datetime
from datetime import timezone
from pathlib import Path
from plone import api
from plone.browserlayer.utils import unregister_layer
from Products.PageTemplates.ZopePageTemplate import manage_addPageTemplate
from slc.clicktracker.analytics.splits import split_variant
from slc.clicktracker.goals.split_line import split_of
from slc.clicktracker.interfaces import IGoalSettings
from slc.clicktracker.sites.storage import site_storage
from slc.clicktracker.sites.uids import document_uid
from tests.analytics.pages import carried
from tests.analytics.pages import page_of
from tests.analytics.pages import use_clicky
from tests.analytics.pages import use_matomo
from tests.both_doors import flush
from zope.globalrequest import getRequest

import pytest
import re
import transaction


DOCS = Path(__file__).parents[2] / "docs/goals.md"
LINE = "headline: short, long; goal Read; matomo dimension 3"
TEMPLATE = """\
<html metal:use-macro="context/main_template/macros/master"
      xmlns:metal="http://xml.zope.org/namespaces/metal"
      xmlns:tal="http://xml.zope.org/namespaces/tal">
<metal:main fill-slot="main">
  <p tal:define="splits nocall:context/@@clicktracker-split">Shown: [<b
     tal:replace="python: splits.variant('headline')" />]</p>
  <p tal:define="splits nocall:context/@@clicktracker-split"
     tal:content="python: splits.variant('request')">Not there</p>
</metal:main>
</html>
"""


@pytest.fixture(autouse=True)
def template(site):
    """A template of the site, as somebody without any rights on the server writes it."""
    manage_addPageTemplate(site, "landing", text=TEMPLATE)
    use(LINE)


def use(*lines):
    goals = ("Read: finished; clicky 17",)
    for name, value in (("goals", goals), ("splits", lines)):
        api.portal.set_registry_record(name, value, IGoalSettings)
    transaction.commit()


def variant_on(page):
    return page.partition("Shown: [")[2].partition("]")[0]


def expected(user):
    return split_of(LINE).variant_of(document_uid(api.portal.get()), "", user)


def noted():
    """Return how many readers of each variant there are, once all is recorded."""
    flush()
    ever = (datetime(year, 1, 1, tzinfo=timezone.utc) for year in (2000, 2100))
    found = site_storage().split_figures("headline", "Read", *ever)
    return {each.variant: each.readers for each in found.variants}


def test_each_member_is_shown_one_variant_and_that_is_noted_once(visitor):
    people = ["alice", "bob", "carol"]
    for who in people * 2:
        page = page_of(visitor(who), "/landing")
        assert variant_on(page) == expected(who)
    assert noted() == Counter(map(expected, people))


def test_a_guest_is_shown_the_first_and_nothing_is_noted_or_told(visitor):
    use_clicky()
    page = page_of(visitor(), "/landing")
    assert variant_on(page) == "short"
    assert "split" not in carried(page).data["clicky"]["custom"]
    assert noted() == {}


def test_the_services_that_are_on_are_told(visitor):
    use_clicky()
    use_matomo()
    data = carried(page_of(visitor("bob"), "/landing")).data
    assert data["clicky"]["custom"]["split"] == {
        **{"name": "headline", "version": expected("bob"), "goal": [17]}
    }
    told = [
        call for call in data["matomo"]["before"] if call[0] == "setCustomDimension"
    ]
    assert told == [["setCustomDimension", 3, expected("bob")]]


def test_a_split_that_there_is_not_is_logged_and_the_page_lives(visitor, caplog):
    use("other: a, b; goal Read", "broken: a; goal Read", "</script>")
    assert variant_on(page_of(visitor("bob"), "/landing")) == ""
    assert "no split with the name 'headline'" in caplog.text
    assert noted() == {}
    for name in ("x" * 1_000_000, "</script>", "\ud800", "broken", None):
        assert split_variant(api.portal.get(), getRequest(), name) is None


@pytest.mark.parametrize("how", ["prefetch", "error"])
def test_what_nobody_looks_at_is_not_noted(visitor, site, how):
    if how == "error":
        fails = TEMPLATE.replace("splits.variant('request')", "1 / 0")
        site.landing.write(fails)
        transaction.commit()
        assert visitor("bob").get("/landing").status_code == 500
    else:
        visitor("bob").get("/landing", headers={"Sec-Purpose": "prefetch"})
    assert noted() == {}


def test_who_only_asks_after_a_page_is_shown_nothing(site):
    request = getRequest()
    for method, readers in (("HEAD", {}), ("GET", {expected("bob"): 1})):
        request.method = method
        with api.env.adopt_user("bob"):
            assert split_variant(site, request, "headline") == expected("bob")
        transaction.commit()
        assert noted() == readers


def test_no_address_leads_to_it(visitor):
    bob = visitor("bob")
    for path in ("headline", "variant?name=headline", "traverse"):
        assert bob.get(f"/board/agenda/@@clicktracker-split/{path}").status_code == 404
    assert noted() == {}


def test_a_template_as_the_docs_have_it_is_shown_without_the_add_on_as_well(
    visitor, site
):
    (example,) = re.findall("```html\n(.*?)```", DOCS.read_text("utf-8"), re.S)
    start, rest = TEMPLATE.split("  <p", 1)
    site.landing.write(
        start + example + "</metal:main>" + rest.split("</metal:main>")[1]
    )
    transaction.commit()
    headline = "The long headline" if expected("bob") == "long" else "A headline"
    assert f"{headline}" in visitor("bob").get("/landing").text
    unregister_layer("slc.clicktracker")
    transaction.commit()
    assert "<h2>A headline</h2>" in visitor("bob").get("/landing").text
