"""What a storage has to do that provides all capabilities."""

from slc.clicktracker.interfaces import IAccessRecorder
from slc.clicktracker.interfaces import IReadingReport
from slc.clicktracker.interfaces import IStorageMaintenance
from slc.clicktracker.testing.absence import AbsenceContract
from slc.clicktracker.testing.activity import ActivityContract
from slc.clicktracker.testing.correcting import MaintenanceContract
from slc.clicktracker.testing.counting import CountingContract
from slc.clicktracker.testing.documents import DocumentsContract
from slc.clicktracker.testing.downloading import DownloadingContract
from slc.clicktracker.testing.evidence import EvidenceContract
from slc.clicktracker.testing.filtering import FilteringContract
from slc.clicktracker.testing.histories import HistoryContract
from slc.clicktracker.testing.people import PeopleContract
from slc.clicktracker.testing.progress import ProgressContract
from slc.clicktracker.testing.recording import RecorderContract
from slc.clicktracker.testing.reporting import ReportContract
from slc.clicktracker.testing.serving import ServingContract
from slc.clicktracker.testing.standing import StandingContract
from slc.clicktracker.testing.streaming import StreamingContract
from slc.clicktracker.testing.tickets import TicketContract


class CapabilityContract(
    RecorderContract,
    TicketContract,
    ReportContract,
    EvidenceContract,
    StandingContract,
    AbsenceContract,
    ServingContract,
    PeopleContract,
    DownloadingContract,
    FilteringContract,
    StreamingContract,
    HistoryContract,
    ActivityContract,
    CountingContract,
    DocumentsContract,
    ProgressContract,
    MaintenanceContract,
):
    """Tests of a storage that provides all capabilities.

    ``make_storage`` gets the UID of a site, and storages of different sites
    share the database.
    """

    def test_provides_the_capabilities(self):
        storage = self.make_storage()
        for interface in (IAccessRecorder, IReadingReport, IStorageMaintenance):
            assert interface.providedBy(storage)
