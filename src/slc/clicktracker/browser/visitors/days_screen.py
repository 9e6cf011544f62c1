"""What the screens about visitors have in common that look at some days."""

from datetime import date
from datetime import datetime
from functools import cached_property
from slc.clicktracker import _
from slc.clicktracker.browser.day_fields import DayField
from slc.clicktracker.browser.day_fields import render_day_fields
from slc.clicktracker.browser.page_links import PageLink
from slc.clicktracker.browser.page_links import render_page_links
from slc.clicktracker.browser.visitors.visitors_screen import VisitorsScreen
from slc.clicktracker.charts.periods import Kind
from slc.clicktracker.charts.periods import Period
from slc.clicktracker.charts.periods import PERIODS
from slc.clicktracker.reports.days_asked import DaysAsked
from slc.clicktracker.reports.days_asked import USUAL
from slc.clicktracker.sites.clock import site_timezone
from slc.clicktracker.storage.visits.days import Days
from slc.clicktracker.words.times import local_day


class DaysScreen(VisitorsScreen):
    """About the visitors on the days that are ``wanted``."""

    #: The name of the view, that of its files without their endings.
    view_name: str
    wanted: DaysAsked

    @cached_property
    def today(self) -> date:
        """The day by the site's clock."""
        return datetime.now(site_timezone()).date()

    def day_fields(self) -> str:
        fields = (
            DayField("since", _("From"), self.wanted.since),
            DayField("until", _("Until"), self.wanted.until),
        )
        return render_day_fields(fields, self.request)

    def period_links(self) -> str:
        """The links to the periods that are asked for most."""
        return render_page_links(self.periods(), _("Period"), self.request)

    def periods(self) -> list[PageLink]:
        """Return where they are."""
        return [self._period_link(kind) for kind in PERIODS]

    def days_words(self, days: Days) -> str:
        """Return the first and the last of some days."""
        first, last = local_day(days.first), local_day(days.last)
        return first if days.first == days.last else f"{first} – {last}"

    def _period_link(self, kind: Kind) -> PageLink:
        period = Period(kind, self.today)
        days = {"since": period.since.isoformat(), "until": period.until.isoformat()}
        asked = {} if kind is USUAL else days
        is_shown = self.wanted.is_of(kind, self.today)
        address = self._address(**asked, **self._besides_days)
        return PageLink(kind.title, address, is_shown)

    @property
    def _days(self) -> dict[str, str]:
        """The parameters for the same days; those until today have none, as tomorrow
        they are others."""
        return {} if self.wanted.is_of(USUAL, self.today) else self.wanted.given

    @property
    def _besides_days(self) -> dict[str, str]:
        """The parameters for whatever else was asked for."""
        return {}

    def _address(self, ending: str = "", **parameters: str) -> str:
        return self._screen_url(f"{self.view_name}{ending}", **parameters)
