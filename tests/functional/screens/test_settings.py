"""ClickTracker Settings in a browser: what has to be corrected, and a phone."""

from tests.functional.screen import DESKTOP
from tests.functional.screen import is_too_wide
from tests.functional.screen import looks_right
from tests.functional.screen import PHONE
from tests.functional.screen import violations


PATH = "/@@clicktracker-settings"


def changed_in(fieldset):
    """What is new where a page that was looked at is shown again with an error there."""
    return [["#content .alert-danger"], [f"#fieldset-{fieldset}"]]


def save_with(page, name, value):
    page.fill(f'[name="form.widgets.{name}"]', value)
    # The page may say already what it is to say.
    with page.expect_navigation():
        page.click('[name="form.buttons.save"]')
    page.wait_for_selector("text=Correct these fields first")


def name_of_focused(page):
    return page.evaluate("document.activeElement.name")


def test_who_typed_something_wrong_is_led_to_it(browse, sqlite_site):
    page = browse(sqlite_site, "manager")
    page.goto(sqlite_site + PATH)
    fold = page.locator("#fieldset-collector")
    assert not page.is_visible('[name="form.widgets.spool_limit"]')
    fold.locator("summary").click()
    save_with(page, "spool_limit", "0")
    assert name_of_focused(page) == "form.widgets.spool_limit"
    assert page.is_visible('[name="form.widgets.spool_limit"]')
    save_with(page, "ticket_lifetime", "99")
    assert name_of_focused(page) == "form.widgets.ticket_lifetime"
    assert violations(page, include=changed_in("collector")) == []


def test_on_a_phone_nothing_of_the_processes_is_cut(browse, sqlite_site):
    page = browse(sqlite_site, "manager", viewport=PHONE)
    page.goto(sqlite_site + PATH)
    page.locator("#clicktracker-details").evaluate("one => { one.open = true; }")
    table = page.get_by_role("region", name="Processes")
    for column in ("Process", "Writer", "Stored", "Waiting"):
        heading = table.get_by_role("columnheader", name=column, exact=True)
        box = heading.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"], column
    assert table.evaluate("one => one.scrollWidth <= one.clientWidth")
    assert not is_too_wide(page)


def test_rules_about_visitors_are_set_and_tried(browse, sqlite_site):
    page = browse(sqlite_site, "manager", viewport=DESKTOP)
    page.goto(sqlite_site + PATH)
    page.locator("#fieldset-visitors summary").click()
    page.get_by_role("group", name="How page views are detected").wait_for()
    looks_right(page, include=[["#fieldset-visitors"]])

    save_with(page, "internal_networks", "10.1.2.3/8")
    assert name_of_focused(page) == "form.widgets.internal_networks"
    page.get_by_text("Enter 10.0.0.0/8 for the whole network").first.wait_for()
    assert violations(page, include=changed_in("visitors")) == []
    page.fill('[name="form.widgets.internal_networks"]', "93.184.216.0/24")
    page.click('[name="form.buttons.save"]')
    page.wait_for_selector("text=Changes saved")

    page.locator("#fieldset-visitors summary").click()
    page.get_by_role("link", name="Try it").click()
    page.get_by_text("the address of a proxy that Zope trusts").wait_for()
    page.get_by_label("Page").fill("/" + "a-very-long-name-without-any-space-" * 20)
    page.get_by_role("button", name="Try it").click()
    page.get_by_text("No rule excludes it").wait_for()
    looks_right(page)

    page.get_by_label("Network address").fill("93.184.216.34")
    page.get_by_role("button", name="Try it").click()
    page.get_by_text("lies in the internal network 93.184.216.0/24.").wait_for()
    page.get_by_text(
        "Nothing is recorded now, because visits are switched off"
    ).wait_for()
    looks_right(page)

    page.get_by_role("link", name="Networks that are not recorded").click()
    page.locator('[name="form.widgets.internal_networks"]').wait_for()


def test_an_analytics_service_is_configured(browse, sqlite_site):
    page = browse(sqlite_site, "manager", viewport=DESKTOP)
    page.goto(sqlite_site + PATH)
    for part in ("analytics", "clicky", "matomo"):
        page.locator(f"#fieldset-{part} summary").click()
    page.get_by_role("group", name="How members are named").wait_for()
    looks_right(page)

    save_with(page, "matomo.address", "http://stats.example.org/")
    assert name_of_focused(page) == "form.widgets.matomo.address"
    page.get_by_text("Only https:// may come first").first.wait_for()
    looks_right(page, include=changed_in("matomo"))
    page.fill('[name="form.widgets.matomo.address"]', "169.254.169.254")
    page.fill('[name="form.widgets.matomo.site_id"]', "4")
    page.click('[name="form.buttons.save"]')
    page.wait_for_selector("text=Changes saved")

    page.click('[name="form.buttons.services"]')
    page.wait_for_selector("text=169.254.169.254 does not answer like Matomo.")
    looks_right(page, include=[["#global_statusmessage"]])

    page.locator("#fieldset-matomo summary").click()
    page.fill('[name="form.widgets.matomo.address"]', "")
    page.click('[name="form.buttons.save"]')
    page.wait_for_selector("text=Changes saved")


def test_page_views_are_forwarded_instead(browse, sqlite_site):
    page = browse(sqlite_site, "manager", viewport=DESKTOP)
    page.goto(sqlite_site + PATH)
    page.locator("#fieldset-clicky summary").click()
    page.locator("#fieldset-clicky").get_by_role("radio", name="This server").check()
    save_with(page, "clicky.site_id", "12345678")
    # The way of getting there is led to, as it is that which can't be.
    assert name_of_focused(page) == "form.widgets.clicky.transport"
    page.get_by_text("this server needs: Clicky: admin site key.").first.wait_for()
    assert violations(page, include=changed_in("clicky")) == []

    page.fill('[name="form.widgets.clicky.sitekey_admin"]', "0123456789abcdef")
    page.click('[name="form.buttons.save"]')
    page.wait_for_selector("text=Changes saved")
    page.locator("#clicktracker-details").evaluate("one => { one.open = true; }")
    box = page.get_by_role("region", name="Forwarding")
    box.get_by_text("Sent and counted").wait_for()
    for viewport in (DESKTOP, PHONE):
        page.set_viewport_size(viewport)
        assert violations(page, include=[["#clicktracker-details"]]) == []
        assert not is_too_wide(page)

    box.get_by_role("button", name="Remove stored token or key").click()
    page.wait_for_selector("text=was removed")
    page.locator("#clicktracker-details").evaluate("one => { one.open = true; }")
    page.get_by_text("its settings are incomplete").last.wait_for()
    assert violations(page, include=[["#clicktracker-details"]]) == []
    page.locator("#fieldset-clicky summary").click()
    page.locator("#fieldset-clicky").get_by_role("radio", name="A script in").check()
    page.fill('[name="form.widgets.clicky.site_id"]', "")
    page.click('[name="form.buttons.save"]')
    page.wait_for_selector("text=Changes saved")
