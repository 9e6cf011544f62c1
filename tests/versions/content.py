"""What content is made of whose versions are looked at."""

from contextlib import contextmanager
from plone import api
from plone.app.textfield.value import RichTextValue
from plone.namedfile.file import NamedBlobImage
from slc.clicktracker.versions.visible import visible_version
from tests.content import PIXEL


def rich(text, kind="text/html"):
    return RichTextValue(text, kind, "text/x-html-safe")


def image(data=PIXEL, name="pixel.png"):
    return NamedBlobImage(data, "image/png", name)


def digest(content):
    return visible_version(content).digest


@contextmanager
def behaviour(portal_type, name):
    fti = api.portal.get_tool("portal_types")[portal_type]
    before = fti.behaviors
    fti.manage_changeProperties(behaviors="\n".join([*before, name]))
    yield
    fti.manage_changeProperties(behaviors="\n".join(before))
