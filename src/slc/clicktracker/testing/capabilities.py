"""What a storage has to do that provides a capability: a contract for each."""

from slc.clicktracker.storage.capabilities import IAccessRecorder
from slc.clicktracker.storage.capabilities import IAcknowledgements
from slc.clicktracker.storage.capabilities import IAudienceProgress
from slc.clicktracker.storage.capabilities import IGoals
from slc.clicktracker.storage.capabilities import IMemberEvents
from slc.clicktracker.storage.capabilities import IOutbox
from slc.clicktracker.storage.capabilities import IPastReadings
from slc.clicktracker.storage.capabilities import IReadDocuments
from slc.clicktracker.storage.capabilities import IReaderSets
from slc.clicktracker.storage.capabilities import IReadingFigures
from slc.clicktracker.storage.capabilities import IReadingLists
from slc.clicktracker.storage.capabilities import IStorageMaintenance
from slc.clicktracker.storage.capabilities import IVisitRetention
from slc.clicktracker.storage.capabilities import IVisits
from slc.clicktracker.storage.capabilities import IVisitStatistics
from slc.clicktracker.testing.absence import AbsenceContract
from slc.clicktracker.testing.accounts import AccountsContract
from slc.clicktracker.testing.acknowledgements import AcknowledgedAccountsContract
from slc.clicktracker.testing.acknowledgements import AcknowledgingContract
from slc.clicktracker.testing.acknowledgements import EnoughContract
from slc.clicktracker.testing.activity import ActivityContract
from slc.clicktracker.testing.adopting import AdoptionContract
from slc.clicktracker.testing.counting import CountingContract
from slc.clicktracker.testing.coverage import CoverageContract
from slc.clicktracker.testing.deriving import DerivingContract
from slc.clicktracker.testing.documents import DocumentsContract
from slc.clicktracker.testing.downloading import DownloadingContract
from slc.clicktracker.testing.events import EventsContract
from slc.clicktracker.testing.evidence import EvidenceContract
from slc.clicktracker.testing.filtering import FilteringContract
from slc.clicktracker.testing.forgetting import ForgettingContract
from slc.clicktracker.testing.forgetting import ForgettingEverythingContract
from slc.clicktracker.testing.forgetting import LateForgettingContract
from slc.clicktracker.testing.goals import ReachingContract
from slc.clicktracker.testing.goals import SplittingContract
from slc.clicktracker.testing.histories import HistoryContract
from slc.clicktracker.testing.keeping import KeepingContract
from slc.clicktracker.testing.outbox import HitsContract
from slc.clicktracker.testing.past import PastContract
from slc.clicktracker.testing.people import PeopleContract
from slc.clicktracker.testing.progress import ProgressContract
from slc.clicktracker.testing.recording import RecordingContract
from slc.clicktracker.testing.reporting import ReportContract
from slc.clicktracker.testing.serving import ServingContract
from slc.clicktracker.testing.standing import StandingContract
from slc.clicktracker.testing.streaming import StreamingContract
from slc.clicktracker.testing.texts import TextsContract
from slc.clicktracker.testing.tickets import TicketContract
from slc.clicktracker.testing.together import TogetherContract
from slc.clicktracker.testing.upkeep import UpkeepContract
from slc.clicktracker.testing.visitors.accounts import VisitorAccountsContract
from slc.clicktracker.testing.visitors.joining import JoiningContract
from slc.clicktracker.testing.visitors.listing import ListingContract
from slc.clicktracker.testing.visitors.presence import PresenceContract
from slc.clicktracker.testing.visitors.retention import RetentionContract
from slc.clicktracker.testing.visitors.sending import SendingContract
from slc.clicktracker.testing.visitors.shares import SharesContract
from slc.clicktracker.testing.visitors.statistics import StatisticsContract
from slc.clicktracker.testing.visitors.uncounted import UncountedContract


class RecorderContract(RecordingContract, TicketContract, ServingContract):
    """Tests of a storage that records batches. What it has recorded is looked up in its
    lists, so it has to provide ``IReadingLists`` as well.

    That is so in each of these contracts. ``make_storage`` gets the UID of a site, and
    storages of different sites share the database.
    """

    def test_it_records_accesses(self):
        assert IAccessRecorder.providedBy(self.make_storage())


class ReadingListsContract(
    ReportContract,
    EvidenceContract,
    StandingContract,
    AbsenceContract,
    DownloadingContract,
    FilteringContract,
    StreamingContract,
    HistoryContract,
):
    """Tests of a storage that lists who has read what."""

    def test_it_lists_readings(self):
        assert IReadingLists.providedBy(self.make_storage())


class ReadingFiguresContract(
    CoverageContract, PeopleContract, ActivityContract, CountingContract
):
    """Tests of a storage that counts readers and accesses."""

    def test_it_has_figures(self):
        assert IReadingFigures.providedBy(self.make_storage())


class AudienceProgressContract(ProgressContract):
    """Tests of a storage that knows how far audiences are."""

    def test_it_knows_how_far_audiences_are(self):
        assert IAudienceProgress.providedBy(self.make_storage())


class ReadDocumentsContract(DocumentsContract, TextsContract):
    """Tests of a storage that tells which documents and texts it knows."""

    def test_it_knows_documents(self):
        assert IReadDocuments.providedBy(self.make_storage())


class PastReadingsContract(PastContract):
    """Tests of a storage that knows what was known in the past."""

    def test_it_knows_the_past(self):
        assert IPastReadings.providedBy(self.make_storage())


class VisitsContract(
    SendingContract, JoiningContract, ListingContract, PresenceContract
):
    """Tests of a storage that knows who was on the site."""

    def test_it_knows_visitors(self):
        assert IVisits.providedBy(self.make_storage())


class MemberEventsContract(EventsContract):
    """Tests of a storage that keeps events of members."""

    def test_it_keeps_events_of_members(self):
        assert IMemberEvents.providedBy(self.make_storage())


class VisitRetentionContract(RetentionContract):
    """Tests of a storage that forgets visitors after some time."""

    def test_it_can_forget_after_some_time(self):
        assert IVisitRetention.providedBy(self.make_storage())


class VisitStatisticsContract(StatisticsContract, SharesContract):
    """Tests of a storage that counts visits and visitors."""

    def test_it_has_statistics(self):
        assert IVisitStatistics.providedBy(self.make_storage())


class OutboxContract(HitsContract):
    """Tests of a storage that keeps what services are to be told."""

    def test_it_has_an_outbox(self):
        assert IOutbox.providedBy(self.make_storage())


class GoalsContract(ReachingContract, SplittingContract):
    """Tests of a storage that knows goals and splits."""

    def test_it_knows_goals(self):
        assert IGoals.providedBy(self.make_storage())


class AcknowledgementsContract(AcknowledgingContract):
    """Tests of a storage that keeps acknowledgements."""

    def test_it_keeps_acknowledgements(self):
        assert IAcknowledgements.providedBy(self.make_storage())


class ReaderSetsContract(DerivingContract):
    """Tests of a storage that derives something of readings."""

    def test_it_derives_something(self):
        assert IReaderSets.providedBy(self.make_storage())


class ReadingRetentionContract(KeepingContract):
    """Tests of a storage that removes readings after some time."""


class MaintenanceContract(
    AdoptionContract, AccountsContract, ForgettingContract, UpkeepContract
):
    """Tests of a storage that can be set up, described and corrected."""

    def test_it_can_be_maintained(self):
        assert IStorageMaintenance.providedBy(self.make_storage())


class CapabilityContract(
    RecorderContract,
    ReadingListsContract,
    ReadingFiguresContract,
    AudienceProgressContract,
    ReadDocumentsContract,
    PastReadingsContract,
    VisitsContract,
    VisitRetentionContract,
    VisitStatisticsContract,
    OutboxContract,
    MemberEventsContract,
    GoalsContract,
    AcknowledgementsContract,
    EnoughContract,
    AcknowledgedAccountsContract,
    ReadingRetentionContract,
    MaintenanceContract,
    TogetherContract,
    ForgettingEverythingContract,
    LateForgettingContract,
    VisitorAccountsContract,
    UncountedContract,
):
    """Tests of a storage that provides all capabilities, each of which has to follow
    what another one does. What only a database needs is apart: ``ReaderSetsContract``."""
