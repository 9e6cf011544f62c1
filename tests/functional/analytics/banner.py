"""A consent banner."""


def agree(page, value="yes"):
    """What a consent banner does."""
    page.evaluate(
        """(value) => {
            document.cookie = `clicktracker_consent=${value}; path=/; SameSite=Lax`;
            document.dispatchEvent(new Event("clicktracker-consent"));
        }""",
        value,
    )
