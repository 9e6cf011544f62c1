"""The services of this package, as they are registered, and how they are asked in process."""

from base64 import b64encode
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from plone.app.testing import SITE_OWNER_NAME
from plone.app.testing import SITE_OWNER_PASSWORD
from plone.base.interfaces import IPloneSiteRoot
from plone.dexterity.interfaces import IDexterityContainer
from slc.clicktracker import reports
from slc.clicktracker import rest
from slc.clicktracker.interfaces import IClickTrackerLayer
from urllib.parse import urlencode
from wsgiref.util import setup_testing_defaults
from zope.component import getGlobalSiteManager
from ZPublisher.httpexceptions import main as http_exceptions
from ZPublisher.WSGIPublisher import publish_module

import re


PLACES = {IPloneSiteRoot: "", IDexterityContainer: "/board"}

#: What plone.rest calls a service: the method, the type of the answer, the name.
_NAME = re.compile(r"(GET|POST|PATCH|PUT|DELETE)_application_json_(@.+)")

_OWNER = f"{SITE_OWNER_NAME}:{SITE_OWNER_PASSWORD}".encode()
_ZOPE = http_exceptions(publish_module, {})


@dataclass(frozen=True, order=True)
class EachService:
    """A service: its ``path`` in the site of the tests, and the method."""

    path: str
    method: str

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    def answer(self, behind="", query=None, body=b"", is_owner=True):
        """Return the status with which it answers the manager, or a guest."""
        environ = {
            "REQUEST_METHOD": self.method,
            "PATH_INFO": f"/plone{self.path}{behind}",
            "QUERY_STRING": urlencode(query or {}, doseq=True),
            "CONTENT_TYPE": "application/json",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": BytesIO(body),
            "HTTP_ACCEPT": "application/json",
            "REMOTE_ADDR": "93.184.216.34",
        }
        if is_owner:
            environ["HTTP_AUTHORIZATION"] = f"Basic {b64encode(_OWNER).decode()}"
        setup_testing_defaults(environ)
        statuses = []
        answer = _ZOPE(environ, lambda status, *_more: statuses.append(status))
        b"".join(answer)
        return int(statuses[0].split()[0])


def our_services():
    """Return all services of ours."""
    found = set()
    for each in getGlobalSiteManager().registeredAdapters():
        name = _NAME.fullmatch(each.name)
        if name and each.required[1:] == (IClickTrackerLayer,):
            place = PLACES.get(each.required[0], "/board/agenda")
            found.add(EachService(f"{place}/{name[2]}", name[1]))
    return sorted(found)


#: A registration of a service in ZCML.
_REGISTERED = re.compile(r"<plone:service\b(.*?)/>", re.DOTALL)


def permissions_of_services():
    """Return the id of the permission that each is registered with, by method and name."""
    text = (Path(rest.__file__).parent / "configure.zcml").read_text("utf-8")
    found = [
        dict(re.findall(r'(\w+)="([^"]*)"', each)) for each in _REGISTERED.findall(text)
    ]
    return {(each["method"], each["name"]): each["permission"] for each in found}


#: What services may be asked for and be sent: all short words in their source.
WORDS = sorted(
    {
        word
        for room in (rest, reports)
        for module in Path(room.__file__).parent.rglob("*.py")
        for word in re.findall(r'"([a-z][a-z_]{1,20})"', module.read_text("utf-8"))
    }
)
