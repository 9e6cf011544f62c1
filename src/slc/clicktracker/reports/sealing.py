"""``made_seal``: sealing a report, and saying what came of it."""

from plone import api
from slc.clicktracker import _
from slc.clicktracker.seals.chain import Seal
from slc.clicktracker.seals.keys import KeyUnusable
from slc.clicktracker.seals.sealing import seal_report
from slc.clicktracker.seals.stamps import NotStamped
from slc.clicktracker.seals.stamps import stamp_seal
from slc.clicktracker.snapshots.as_of import AsOf
from typing import Any
from zope.i18nmessageid import Message


def made_seal(content: Any, found: AsOf) -> tuple[Seal | None, Message]:
    """Seal what can be said of content at a moment, and have it stamped where the site
    wants that. Return the seal, None where nothing can be sealed, and what was done."""
    try:
        seal = seal_report(content, found)
    except KeyUnusable as error:
        return None, error.problem
    names = {"number": seal.number}
    try:
        is_stamped = stamp_seal(seal)
    except NotStamped as error:
        names["problem"] = api.portal.translate(error.problem)
        done = _(
            "Seal ${number} was made, without a time stamp: ${problem} It can be "
            "stamped later.",
            mapping=names,
        )
    else:
        done = (
            _("Seal ${number} was made and stamped.", mapping=names)
            if is_stamped
            else _("Seal ${number} was made.", mapping=names)
        )
    return seal, done
