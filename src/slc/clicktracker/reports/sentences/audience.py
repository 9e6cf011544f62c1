"""What the screens of an audience say, and those of its exceptions."""

from slc.clicktracker import _
from slc.clicktracker.reports.sentences.about import Notices
from slc.clicktracker.reports.sentences.tracking import COPY_IS_NEVER_TRACKED


NOTICES = Notices(
    of_page=_(
        "This is the default page of the folder ${folder}. Your choice here only applies "
        "to this page. For everything in the folder, open ${link}.",
        mapping={},
    ),
    title=_("the audience of the folder"),
    view="clicktracker-audience",
    of_copy=COPY_IS_NEVER_TRACKED,
)

EVERYBODY = _("Everybody who can view it now.")
NO_EDITORS = _(
    "People who may edit it or manage its tracking are not expected, unless they are "
    "named."
)
BY_DEFAULT = _("This is the default if nothing is chosen here or in a folder above.")

WHERE_EXCUSED = _(
    "An exception applies to the item where it was recorded and to everything below it."
)
ONCE_EXCUSED = _(
    "Excused people are not expected to read this item or anything below it until the "
    "exception ends."
)
ONCE_CHANGED = _(
    "What you save takes the place of the exception that holds now. The earlier one stays "
    "in the list of earlier exceptions."
)
ONCE_ENDED = _(
    "If this person is in the audience, they are then expected to read this again. The "
    "exception stays in the list of earlier exceptions."
)
OF_LAST_DAY = _(
    "The exception ends by itself after this day. Leave it empty if it has no end."
)

EXCUSED_FOR = _("For ${folder} and everything below it", mapping={})
