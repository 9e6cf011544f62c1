"""What the screens say of a moment, and of seals."""

from slc.clicktracker import _
from zope.i18nmessageid import Message


NOBODY = _("Nobody is known to have opened this by then.")
AUDIENCE_IS_INCOMPLETE = _("There may have been more expected readers than are listed.")
VERSION_IS_UNKNOWN = _("Which version was current then is not known.")

ABOUT_SEALS = _(
    "A sealed report says who had read this item at a moment. It is signed, so any later "
    "change shows, and it contains the fingerprint of the seal before it, so a seal that "
    "was taken out shows as well."
)
NO_SEALS = _("No report of this item has been sealed yet.")
HOW_TO_CHECK = _(
    "You need the file of the seal and the public key. Neither this site nor Plone is "
    "needed. The list of all seals of this site, which contains no names, shows whether "
    "one is missing."
)


def taken_later(time: str) -> Message:
    """Say that the snapshot is not of the moment itself."""
    return _(
        "That snapshot was taken on ${time}, so who was expected is as it was then.",
        mapping={"time": time},
    )


def cannot_be_sealed(problem: Message) -> Message:
    return _("Reports can't be sealed. ${problem}", mapping={"problem": problem})
