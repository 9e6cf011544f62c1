"""``@@clicktracker-visits``: the visits of one visitor, or of all, with their pages."""

from functools import cached_property
from plone.base.batch import Batch
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker.browser.batches import batch_of
from slc.clicktracker.browser.visitors.visitors_screen import VisitorsScreen
from slc.clicktracker.interfaces import IVisits
from slc.clicktracker.reports.visitors.people import guest_title
from slc.clicktracker.reports.visitors.visits import BATCH_SIZE
from slc.clicktracker.reports.visitors.visits import visits_of
from slc.clicktracker.reports.visitors.visits import VisitsFound
from slc.clicktracker.sites.looks import PATH
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.storage.visits.model import PageView
from slc.clicktracker.storage.visits.model import SCRIPT
from zope.i18nmessageid import Message


class VisitsView(VisitorsScreen):
    """With ``person`` or ``guest`` in the request it is the path of one visitor."""

    index = ViewPageTemplateFile("templates/visits.pt")
    size = BATCH_SIZE
    what = PATH

    def ask(self, storage: IVisits) -> VisitsFound:
        return visits_of(storage, self.asked, self.place)

    @cached_property
    def batch(self) -> Batch:
        found = self.found
        rows = found.rows(self.people)
        return batch_of(rows, found.page.total, BATCH_SIZE, found.start)

    @property
    def now(self):
        return utc_now()

    @property
    def is_path(self) -> bool:
        return bool(self.asked.path)

    @property
    def is_whole(self) -> bool:
        return not self.is_path

    @property
    def who(self) -> Message | str:
        """Whose path it is."""
        if self.asked.guest:
            return guest_title(self.asked.guest)
        rows = self.batch if self.found is not None else ()
        return next((row.person.name for row in rows), self.asked.person.user)

    def knows_time(self, view: PageView) -> bool:
        """Does anybody know how long it took? The server doesn't."""
        return view.source == SCRIPT
