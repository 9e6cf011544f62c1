"""All that is recorded about one member, part by part."""

from slc.clicktracker.my_reading.acknowledged import OwnAcknowledgements
from slc.clicktracker.my_reading.actions import OwnActions
from slc.clicktracker.my_reading.actions import OwnGoals
from slc.clicktracker.my_reading.declared import OwnDeclarations
from slc.clicktracker.my_reading.kept_copies import OwnSeals
from slc.clicktracker.my_reading.kept_copies import OwnSnapshots
from slc.clicktracker.my_reading.looks import OwnLooks
from slc.clicktracker.my_reading.mails import OwnMails
from slc.clicktracker.my_reading.named import OwnNames
from slc.clicktracker.my_reading.opened import OwnOpenings
from slc.clicktracker.my_reading.part import OwnPart
from slc.clicktracker.my_reading.readings import OwnReadings
from slc.clicktracker.my_reading.readings import OwnTimes
from slc.clicktracker.my_reading.visits import OwnPageViews
from slc.clicktracker.my_reading.visits import OwnVisits
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
