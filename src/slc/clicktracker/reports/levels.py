"""The levels of evidence, and what each proves, in the words of all screens."""

from dataclasses import dataclass
from slc.clicktracker import _
from zope.i18nmessageid import Message


@dataclass(frozen=True, eq=False)
class Level:
    """A level: its ``name`` in data, its ``title`` and what it ``proves`` on screens.

    ``colour`` is one of Bootstrap's, with an edge where that is needed. There is one object
    for each.
    """

    name: str
    colour: str
    title: Message
    proves: Message


SERVED = Level(
    "served",
    "light",
    _("Served"),
    _("The server sent the page to the reader. Observed by the server."),
)
OPENED = Level(
    "opened",
    "secondary",
    _("Opened"),
    _("The page was in front of the reader. Reported by the reader's own browser."),
)
ENGAGED = Level(
    "engaged",
    "primary",
    _("Engaged"),
    _(
        "The page was visible and in use for as long as it takes to skim the text. "
        "Reported by the reader's own browser, limited by the server's clock."
    ),
)
FINISHED = Level(
    "finished",
    "success",
    _("Finished"),
    _(
        "Engaged, and the end of the text was on the screen. Reported by the reader's "
        "own browser, limited by the server's clock."
    ),
)
DOWNLOADED = Level(
    "downloaded",
    "info",
    _("Downloaded"),
    _("The server delivered the whole file to the reader. Observed by the server."),
)

#: Of a reading of which no more is known than that it was acknowledged or attested.
DECLARED = Level(
    "declared",
    "light",
    _("No reading recorded"),
    _(
        "Nothing shows that the page was opened here, or the file downloaded. The reader "
        "has acknowledged it, or somebody else vouches for the reader."
    ),
)

#: What is no level, and as good as any of them. Both have an edge, so that they can be told
#: from each other and from all levels on light and on dark pages, and without colours.
ACKNOWLEDGED = Level(
    "acknowledged",
    "dark border border-light",
    _("Acknowledged"),
    _("The reader has said so by an act of their own, while they were logged in."),
)
ATTESTED = Level(
    "attested",
    "light border border-dark",
    _("Attested"),
    _("Somebody else vouches for the reader, with a reason and their own name."),
)

#: What readers do where that is asked for.
HOW_TO_ACKNOWLEDGE = _("Open it and acknowledge it below the text.")

#: From the least to the furthest; each includes those before. *Downloaded* is
#: not among them: it says nothing about a page, nor a page about it.
LEVELS = (SERVED, OPENED, ENGAGED, FINISHED)


_BY_NAME = {
    level.name: level
    for level in (*LEVELS, DOWNLOADED, DECLARED, ACKNOWLEDGED, ATTESTED)
}


def level_of(name: str) -> Level:
    """Return the level with a name. Raises ``LookupError``."""
    return _BY_NAME[name]
