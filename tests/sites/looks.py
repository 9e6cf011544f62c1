"""Looks at names, as if somebody had looked some time ago."""

from plone import api
from slc.clicktracker.sites import looks
from slc.clicktracker.storage.model import Reader
from unittest import mock
from zope.globalrequest import getRequest

import transaction


def looked_at(by, whom, at, what=looks.FEED):
    """Record that a member was shown what another one does."""
    with (
        mock.patch.object(looks, "utc_now", lambda: at),
        mock.patch.object(looks, "current_user", lambda: (by, "")),
        mock.patch.object(looks, "alsoProvides", lambda *args: None),
    ):
        looks.note_looks([Reader(whom)], what, getRequest())
    transaction.commit()


def delete_account(user):
    with api.env.adopt_roles(["Manager"]):
        api.user.delete(username=user)
    transaction.commit()
