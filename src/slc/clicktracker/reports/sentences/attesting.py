"""What the screen says on which somebody vouches for readers."""

from slc.clicktracker import _


ABOUT = _(
    "Choose the people who have read the current version elsewhere, and say how you know. "
    "They are not missing any more, whatever level of evidence is asked for. Lists always "
    "show that it was you who said so."
)
NOBODY = _("There is nobody for whom you could vouch here.")
OF_REASON = _("It is kept with your name and the time, and these people can read it.")
