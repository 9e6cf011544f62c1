"""The periods that a dashboard can look back on, and the trend over one of them."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from slc.clicktracker import _
from slc.clicktracker.charts.chart import Chart
from slc.clicktracker.charts.chart import Series
from slc.clicktracker.charts.steps import fitting
from slc.clicktracker.storage.model import utc_now
from slc.clicktracker.words.localized_times import LocalizedDays
from slc.clicktracker.words.times import local_day
from zope.i18nmessageid import Message


@dataclass(frozen=True)
class Kind:
    """A period to choose: so many steps of so many days, the last one ends today."""

    name: str
    title: Message
    steps: int
    days: int


_DAILY = _("Pages opened per day")
_WEEKLY = _("Pages opened per week")

PERIODS = (
    Kind("year", _("52 weeks"), 52, 7),
    Kind("quarter", _("13 weeks"), 13, 7),
    Kind("month", _("30 days"), 30, 1),
)


@dataclass(frozen=True)
class Period:
    """A period of ``kind`` that ends with the day ``until`` (UTC)."""

    kind: Kind
    until: date

    @property
    def name(self) -> str:
        return self.kind.name

    @property
    def since(self) -> date:
        """The first day."""
        days = self.kind.steps * self.kind.days
        return self.until - timedelta(days - 1)

    @property
    def title(self) -> Message:
        return self.kind.title

    @property
    def before(self) -> tuple[date, date]:
        """The first and the last of as many days before."""
        return _days_before(self.since, self.until)

    def chart(self, by_day: tuple[tuple[date, int], ...]) -> Chart:
        """Return the accesses of days as those of the steps."""
        numbers = [0] * self.kind.steps
        for day, number in by_day:
            numbers[(day - self.since).days // self.kind.days] += number
        starts = [
            self.since + timedelta(step * self.kind.days)
            for step in range(self.kind.steps)
        ]
        weekly = self.kind.days > 1
        return Chart(
            title=_WEEKLY if weekly else _DAILY,
            labels=tuple(map(LocalizedDays().text, starts)),
            series=(Series(_("Times opened"), tuple(numbers)),),
            label_title=_("Week from (UTC)") if weekly else _("Day (UTC)"),
        )


@dataclass(frozen=True)
class OwnPeriod:
    """A period from one day to another (UTC), as somebody has typed them."""

    since: date
    until: date

    #: It is none of the ``PERIODS``.
    kind = None
    name = ""

    @property
    def title(self) -> Message:
        days = {"since": local_day(self.since), "until": local_day(self.until)}
        return _("${since} to ${until}", mapping=days)

    @property
    def before(self) -> tuple[date, date]:
        """The first and the last of as many days before."""
        return _days_before(self.since, self.until)

    def chart(self, by_day: tuple[tuple[date, int], ...]) -> Chart:
        """Return the accesses of days as those of the steps that fit."""
        step, bars = fitting(self.since, self.until)
        numbers = Counter()
        for day, number in by_day:
            numbers[step.first_day(day)] += number
        return Chart(
            title=_("Pages opened"),
            labels=tuple(map(step.label, bars)),
            series=(Series(_("Times opened"), tuple(numbers[bar] for bar in bars)),),
            label_title=step.utc_title,
        )


def _days_before(since: date, until: date) -> tuple[date, date]:
    days = until - since
    last = max(since, date.min + days + _DAY) - _DAY
    return last - days, last


_DAY = timedelta(days=1)


def period_of(name: object) -> Period:
    """Return the period with a name up to today, the first one for a strange name."""
    kind = next((each for each in PERIODS if each.name == name), PERIODS[0])
    return Period(kind, utc_now().date())
