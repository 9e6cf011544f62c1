"""What the screens about visitors say."""

from slc.clicktracker import _
from zope.i18nmessageid import Message


NOT_RECORDING = _("Visits are not recorded now. Everything shown was recorded earlier.")
GROUP_IS_INCOMPLETE = _(
    "Some members of this group can't be listed, so people may be missing here."
)
LOOKS_ARE_RECORDED = _("The site records that you look at what these members do.")
WHO_SEES_NAMES = _(
    "Only people who may see readers can see names and network addresses."
)

PEOPLE_ARE_LOOKING = _(
    "Pages of this site that people are looking at, the latest first."
)
ALL_VISITS = _("The visits to this site, the latest first.")
ONLY_IN_FOLDER = _("Only page views in this folder and below it are shown.")
ONLY_JOINED = _(
    "Page views of guests without a cookie can't be joined, so they are not included in "
    "the visits."
)

ABOUT_STATISTICS = _("How many people visit this site, how often, and which pages.")
TOO_FINE = _("There would be too many steps of this size, so larger ones are used.")
CUT = _("In the first and last step, only days within the period count.")
NONE_IN_LIST = _("Nothing of this is known in this period.")


def nobody_now(is_filtered: bool) -> Message:
    """Say that the feed is empty, for all or for those who were asked for."""
    if is_filtered:
        return _("Nothing in the last hour matches these filters.")
    return _("Nobody has opened a page within the last hour.")


def no_visits(is_filtered: bool) -> Message:
    if is_filtered:
        return _("No visit matches these filters.")
    return _("No visit is known.")


def no_statistics(is_recording: bool) -> Message:
    """Say that there was nobody in the period, and where to look instead."""
    if is_recording:
        return _(
            "There are no known visits in this period. Choose another one, or open the "
            "live feed: people who open a page appear there within seconds, and are "
            "counted here from then on."
        )
    return _(
        "There are no known visits in this period. Choose another one, or switch on "
        "recording in the settings."
    )
