"""What a screen answers once it has done what was posted to it."""

from plone import api
from zope.i18nmessageid import Message
from zope.publisher.interfaces.browser import IBrowserRequest


def say_what_was_done(request: IBrowserRequest, message: Message, url: str) -> str:
    """Say what was done on the page that the browser is sent to, and return the body of
    the answer."""
    api.portal.show_message(message, request)
    request.response.redirect(url)
    return ""
