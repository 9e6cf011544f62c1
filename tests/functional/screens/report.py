"""The report, as a real Chromium shows it."""


def list_of(page, title):
    """Return the tab of a list."""
    tabs = page.get_by_role("navigation", name="Lists of readers")
    return tabs.get_by_role("link", name=title)


def summary(page):
    """Return the words of the box "In short", with the evidence unfolded."""
    page.locator(".clicktracker-evidence").evaluate_all(
        "all => all.forEach(one => { one.open = true; })"
    )
    return page.locator(".clicktracker-summary").inner_text()
