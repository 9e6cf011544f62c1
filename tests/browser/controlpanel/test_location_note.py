"""What the control panel says of the database of places for the map."""

from datetime import timedelta
from demo.places import write_places
from html import unescape
from plone import api
from slc.clicktracker.interfaces import IVisitorSettings
from slc.clicktracker.storage.model import utc_now
from tests.browser.controlpanel.fields import of_field
from tests.geography.databases import write
from tests.geography.databases import write_built

import pytest
import re
import transaction


@pytest.fixture
def database(tmp_path):
    return tmp_path / "places.mmdb"


def name_it(path, how="auto"):
    api.portal.set_registry_record("location_file", str(path), IVisitorSettings)
    api.portal.set_registry_record("location_reading", how, IVisitorSettings)
    transaction.commit()


def notice_in(page):
    """Return how bad it is, and what is said above the field."""
    found = re.search(
        r'class="clicktracker-locations alert alert-(\w+)"[^>]*>(.*?)</p>', page, re.S
    )
    return found[1], unescape(" ".join(re.sub("<.*?>", "", found[2]).split()))


def status_lines(page):
    """Return what is said above the form of the database, as text."""
    top = page.split('id="layout-contents"')[0]
    found = re.findall(r'<p class="alert alert-warning"[^>]*>(.*?)</p>', top, re.S)
    return [unescape(" ".join(re.sub("<.*?>", "", each).split())) for each in found]


def test_none_is_named_at_first(panel):
    page = panel.get().text
    level, text = notice_in(page)
    assert level == "info"
    assert text.startswith("No database is set yet, so the map can't show places")
    assert status_lines(page) == []


@pytest.mark.parametrize("how", ["auto", "mapped", "memory"])
def test_one_that_is_in_use(panel, site, database, how):
    name_it(write_places(database), how)
    level, text = notice_in(panel.get().text)
    assert level == "success"
    assert re.fullmatch(
        r"In use: Documentation-City of .*20\d\d\. It knows cities\.", text
    )
    assert status_lines(panel.get().text) == []


def test_one_of_countries(panel, site, database):
    name_it(write(database, {"country": {"iso_code": "DE"}}))
    assert "only knows countries" in notice_in(panel.get().text)[1]


def assert_said(page, said):
    level, text = notice_in(page)
    assert level == "warning"
    assert said in text
    (line,) = status_lines(page)
    assert said in line
    assert 'href="#clicktracker-locations"' in page
    assert 'id="clicktracker-locations"' in page


@pytest.mark.parametrize(
    "content, said",
    [
        (None, "There is no file at the path"),
        (b"", "is not a file in MaxMind's format"),
        (b"x\xab\xcd\xefMaxMind.com", "is damaged"),
    ],
    ids=["missing", "empty", "broken"],
)
def test_one_that_can_not_be_used(panel, site, database, content, said):
    if content is not None:
        database.write_bytes(content)
    name_it(database)
    assert_said(panel.get().text, said)
    write_places(database)
    assert notice_in(panel.get().text)[0] == "success"


def test_one_that_may_not_be_read(panel, site, tmp_path):
    name_it(tmp_path)
    assert_said(panel.get().text, "can't be read")


def test_one_of_another_kind(panel, site, database):
    name_it(write(database, {"autonomous_system_number": 64496}))
    assert_said(panel.get().text, "is of another kind and contains no places")


def test_one_that_is_outdated(panel, site, database):
    then = utc_now() - timedelta(days=190)
    name_it(write_built(database, int(then.timestamp())))
    assert_said(panel.get().text, "is older than half a year")


def test_its_kind_is_a_text(panel, site, database):
    kind = "<script>alert(1)</script>"
    name_it(write(database, {"country": {"iso_code": "DE"}}, kind=kind))
    page = panel.get().text
    assert "<script>alert(1)" not in page
    assert f"In use: {kind} of " in notice_in(page)[1]


def test_a_path_without_a_file_is_kept(panel, site):
    """Else nobody could save anything once the file is gone."""
    assert "Changes saved" in panel("save", location_file="/srv/no-such.mmdb").text
    found = api.portal.get_registry_record("location_file", IVisitorSettings)
    assert found == "/srv/no-such.mmdb"
    assert "There is no file at the path" in notice_in(panel.get().text)[1]
    assert "Changes saved" in panel("save", location_file="").text


@pytest.mark.parametrize("typed", ["places.mmdb", "../etc/places.mmdb", "~/x.mmdb"])
def test_a_path_has_to_be_whole(panel, typed):
    page = panel("save", location_file=typed).text
    assert "Nothing was saved" in page
    assert f'Not the full path of a file: "{typed}".' in of_field("location_file", page)
