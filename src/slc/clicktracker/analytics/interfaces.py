"""What a service for web analytics is to the pages of a site."""

from zope.interface import Attribute
from zope.interface import Interface


HEAD_TOP = "head-top"
HEAD_BOTTOM = "head-bottom"
BODY_TOP = "body-top"
BODY_BOTTOM = "body-bottom"

PLACES = (HEAD_TOP, HEAD_BOTTOM, BODY_TOP, BODY_BOTTOM)


class IAnalyticsProvider(Interface):
    """A service, as a named utility. Its name is that of its data: ``<name>_identity``.

    It is asked for each place that it names, while the page is made. Whatever it raises is
    logged, and the page is without it. For visitors from an internal address its markup
    is replaced by a comment. Equal providers under several names are one.
    """

    title = Attribute("How people know the service; not translated.")
    places = Attribute(
        "A mapping of the places in a page (``PLACES``) that it adds to, to its position "
        "there: a number, smaller ones come first. Those of one position are sorted by name."
    )
    settings = Attribute(
        "The schema of its records in the registry, a part of ClickTracker Settings, or "
        "None. What extends ``IProviderSettings`` may have internal addresses of its own."
    )

    def render(place, page):
        """Return the markup for a place of an ``AnalyticsPage``; "" for nothing.

        Nobody escapes it afterwards. ``script_tag`` in ``markup.py`` writes a script
        with data that can't leave their attribute.
        """


class ITestableProvider(IAnalyticsProvider):
    """A service that can be asked whether it is there."""

    def test():
        """Ask it, and return a ``Finding``; None where nothing is configured."""


class IAnalyticsData(Interface):
    """What a site tells services of each page: subscription adapters of context and request.

    A factory returns a mapping such as ``{"clicky_timeout": 10}``, or None. What is set for
    the one request (``set_analytics``) takes precedence.
    """
