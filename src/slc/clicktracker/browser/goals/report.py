"""``@@clicktracker-goals``: which goals readers reached, and which variant did better."""

from collections.abc import Callable
from collections.abc import Iterator
from functools import cached_property
from plone import api
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from slc.clicktracker import _
from slc.clicktracker.browser.visitors.days_screen import DaysScreen
from slc.clicktracker.exports.formats import FORMATS
from slc.clicktracker.interfaces import IGoals
from slc.clicktracker.reports.days_asked import days_asked
from slc.clicktracker.reports.days_asked import DaysAsked
from slc.clicktracker.reports.few import Told
from slc.clicktracker.reports.goals.figures import HIGH
from slc.clicktracker.reports.goals.figures import LOW
from slc.clicktracker.reports.goals.figures import RATIO
from slc.clicktracker.reports.goals.figures import RATIO_HIGH
from slc.clicktracker.reports.goals.figures import RATIO_LOW
from slc.clicktracker.reports.goals.figures import SHARE
from slc.clicktracker.reports.goals.found import Found
from slc.clicktracker.reports.goals.found import found_of
from slc.clicktracker.reports.goals.remarks import remarks_on_goals
from slc.clicktracker.reports.goals.remarks import remarks_on_splits
from slc.clicktracker.reports.goals.rows import GoalRow
from slc.clicktracker.reports.goals.rows import SplitPart
from slc.clicktracker.reports.goals.rows import VariantRow
from slc.clicktracker.reports.visitors.problems import KEEPS_NO_GOALS
from slc.clicktracker.sites.cohorts import are_page_events_on
from slc.clicktracker.sites.goals import goal_setting
from slc.clicktracker.words.isolated import isolated
from slc.clicktracker.words.times import local_day
from zope.i18nmessageid import Message


_NO_GOALS = _("There are no goals yet. Site administrators can enter the first one.")
_HOW_TO_BEGIN = _(
    "There are no goals yet. Enter the first one in the settings, for example “Read to "
    "the end: finished”. It counts from the next page that a member opens."
)
_NO_EVENTS = _(
    "Some goals are events of pages, but “Events from pages” is switched off in the "
    "settings, so they can't be reached now."
)


class GoalsReport(DaysScreen):
    """Goals, and splits by their goals. Nobody is named, whoever looks."""

    index = ViewPageTemplateFile("templates/goals.pt")
    days_part = ViewPageTemplateFile("templates/days.pt")
    goals_part = ViewPageTemplateFile("templates/goal-table.pt")
    split_part = ViewPageTemplateFile("templates/split-table.pt")
    exports = ViewPageTemplateFile("../export-menu.pt")
    capability = IGoals
    incapable = KEEPS_NO_GOALS
    share = SHARE
    ratio = RATIO
    formats = FORMATS
    is_printable = False
    view_name = "clicktracker-goals"
    translated = staticmethod(api.portal.translate)
    names = False
    shows_people = False

    def ask(self, storage: IGoals) -> Found:
        return found_of(storage, self.wanted.days)

    @cached_property
    def wanted(self) -> DaysAsked:
        return days_asked(self.request.form, self.today)

    @property
    def smallest(self) -> int:
        return goal_setting("smallest_group")

    @property
    def notice(self) -> Message | None:
        """How to begin, or what keeps goals from being reached; None where all is well."""
        found = self.found
        if found and any(row.goal.event for row in found.goals):
            return None if are_page_events_on() else _NO_EVENTS
        if found and not found.goals:
            return _HOW_TO_BEGIN if self.settings_url else _NO_GOALS
        return None

    @property
    def goal_remarks(self) -> list[Message]:
        return [each.value for each in remarks_on_goals(self.smallest)]

    @property
    def split_remarks(self) -> list[Message]:
        return [each.value for each in remarks_on_splits()]

    def told(self, number: Told) -> Message | str:
        """Return how many there are, or what stands in the place of that."""
        return self.number(number) if isinstance(number, int) else number

    def times_words(self, row: GoalRow) -> Message | str:
        """Return how often a goal was reached, where that is more often."""
        if not isinstance(row.times, int) or row.times == row.readers:
            return ""
        return _("${number} times", mapping={"number": self.number(row.times)})

    def of_words(self, row: GoalRow) -> Message | str:
        """Return of how many readers how many reached a goal."""
        if not isinstance(row.served, int):
            return row.of_served
        return _(
            "${number} of ${all}",
            mapping={
                "number": self.translated(self.told(row.of_served)),
                "all": self.translated(self.told(row.served)),
            },
        )

    def interval_words(self, row: VariantRow) -> Message | str:
        """Return from where to where the share may be."""
        if row.interval is None:
            return ""
        return _between(LOW.words(row), HIGH.words(row), self.translated)

    def ratio_words(self, row: VariantRow) -> Message | str:
        """Return from where to where the ratio may be."""
        if row.ratio_interval is None:
            return ""
        return _between(RATIO_LOW.words(row), RATIO_HIGH.words(row), self.translated)

    def verdict(self, row: VariantRow) -> Message | str:
        """Return what the ratio tells."""
        if row.ratio_interval is None:
            return ""
        if row.ratio_interval.has(1):
            return _("may be chance")
        return _("more than chance")

    def since_words(self, row: GoalRow) -> Message | str:
        """Return since when it is known who was served something."""
        if row.since is None:
            return ""
        return _("since ${day}", mapping={"day": local_day(row.since)})

    def split_words(self, part: SplitPart) -> Iterator[Message]:
        """Yield what is to be said of a split, whatever its goals are: once."""
        if (
            part
            is not [each for each in self.found.splits if each.split is part.split][-1]
        ):
            return
        if not part.is_told:
            yield _(
                "In this period, fewer than ${number} readers, or none, saw a variant. "
                "If this doesn't change, perhaps no page asks for the split “${name}”.",
                mapping={"number": self.smallest, "name": isolated(part.split.name)},
            )
        if part.is_told or isinstance(part.several, int):
            yield self._left_out(part.several)

    def _left_out(self, several: Told) -> Message:
        if isinstance(several, int):
            return _(
                "${number} readers saw several variants because the settings were "
                "changed. They are left out.",
                mapping={"number": self.number(several)},
            )
        return _(
            "Fewer than ${number} readers, or none, saw several variants. They are "
            "left out.",
            mapping={"number": self.smallest},
        )

    def export_url(self, ending: str) -> str:
        """Return the address of the report as a file."""
        return self._address(ending, **self._days)


def _between(
    low: Message | str, high: Message | str, translated: Callable[[Message | str], str]
) -> Message:
    mapping = {"low": translated(low), "high": translated(high)}
    return _("${low} to ${high}", mapping=mapping)
