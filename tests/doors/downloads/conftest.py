"""The papers of the board with a file and an image among them."""

from plone import api
from plone.namedfile.file import NamedBlobImage
from tests.content import PIXEL
from tests.doors.downloads.lease import pdf

import pytest
import transaction


@pytest.fixture
def door():
    return lambda url: url


@pytest.fixture
def board(tracked):
    """The tracked folder with a file and an image, and a file outside of it."""
    with api.env.adopt_roles(["Manager"]):
        for folder in (tracked, tracked.aq_parent):
            api.content.create(folder, "File", "lease.pdf", "Lease", file=pdf())
        image = NamedBlobImage(PIXEL, "image/png", "plan.png")
        api.content.create(tracked, "Image", "plan.png", "Plan", image=image)
    transaction.commit()
    return tracked
