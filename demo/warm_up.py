"""Render the first pages before anybody asks for them.

The first visitor then does not wait for templates to be compiled. And they are
compiled one after the other: several threads at once can make early releases
of Python 3.11 and 3.12 fail (gh-106905), and such a template stays broken.
"""

from base64 import b64encode
from collections.abc import Callable
from collections.abc import Iterable
from io import BytesIO
from wsgiref.util import setup_testing_defaults


PAGES = (
    "/Plone",
    "/Plone/login",
    "/Plone/board-meeting",
    "/Plone/board-meeting/agenda",
)

#: For the administrator, to whom no tracked page is served: that would be noted.
SCREENS = (
    "/Plone",
    "/Plone/board-meeting/@@tracking",
    "/Plone/board-meeting/agenda/@@who-read-this",
    "/Plone/@@clicktracker-settings",
    "/Plone/@@clicktracker-dashboard",
    "/Plone/@@clicktracker-dashboard-members",
)


def warm_up(app: Callable, log_in: str) -> None:
    """Ask the WSGI application for pages as nobody, for screens as ``name:password``."""
    authorization = "Basic " + b64encode(log_in.encode()).decode()
    for path in PAGES:
        _get(app, path, {})
    for path in SCREENS:
        _get(app, path, {"HTTP_AUTHORIZATION": authorization})


def _get(app: Callable, path: str, extra: dict[str, str]) -> None:
    environ = {"PATH_INFO": path, "QUERY_STRING": "", "wsgi.input": BytesIO(), **extra}
    environ["HTTP_ACCEPT"] = "text/html"
    setup_testing_defaults(environ)
    body: Iterable[bytes] = app(environ, lambda *_: None)
    for _ in body:
        pass
