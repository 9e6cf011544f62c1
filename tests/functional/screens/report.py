"""The report, as a real Chromium shows it."""


def summary(page):
    """Return the words of the box "In short"."""
    return page.locator(".clicktracker-summary").inner_text()
