"""All that is recorded about one member, part by part."""

from slc.clicktracker.own.acknowledged import OwnAcknowledgements
from slc.clicktracker.own.actions import OwnActions
from slc.clicktracker.own.actions import OwnGoals
from slc.clicktracker.own.declared import OwnDeclarations
from slc.clicktracker.own.kept_copies import OwnSeals
from slc.clicktracker.own.kept_copies import OwnSnapshots
from slc.clicktracker.own.looks import OwnLooks
from slc.clicktracker.own.mails import OwnMails
from slc.clicktracker.own.named import OwnNames
from slc.clicktracker.own.opened import OwnOpenings
from slc.clicktracker.own.part import OwnPart
from slc.clicktracker.own.readings import OwnReadings
from slc.clicktracker.own.readings import OwnTimes
from slc.clicktracker.own.visits import OwnPageViews
from slc.clicktracker.own.visits import OwnVisits
from slc.clicktracker.storage.model import Reader


#: In the order of the page. Another kind of record is added here.
PARTS: tuple[type[OwnPart], ...] = (
    OwnReadings,
    OwnTimes,
    OwnAcknowledgements,
    OwnVisits,
    OwnPageViews,
    OwnActions,
    OwnGoals,
    OwnDeclarations,
    OwnSnapshots,
    OwnSeals,
    OwnMails,
    OwnLooks,
    OwnOpenings,
    OwnNames,
)


def own_parts(reader: Reader) -> list[OwnPart]:
    """Return the parts that the site can have about a reader, who has to be the current
    user. Raises ``StorageError``."""
    parts = (kind(reader) for kind in PARTS)
    return [part for part in parts if part.is_kept]
