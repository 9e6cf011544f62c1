"""``Decision``: is a page view recorded, and which rule says so?"""

from dataclasses import dataclass
from slc.clicktracker import _
from zope.i18nmessageid import Message


#: For each rule that keeps a page view from being recorded, in words: what it says
#: with the entry that applies.
_REASONS = {
    "enabled": _("Visits are not recorded on this site."),
    "internal_networks": _("The address lies in the internal network ${entry}."),
    "untracked_paths": _("Nothing is recorded at ${entry} and below it."),
    "untracked_statuses": _("Answers with the status ${entry} are not recorded."),
    "untracked_agents": _(
        "Browsers are not recorded if their user agent contains “${entry}”."
    ),
    "known_crawlers": _("“${entry}” is a known crawler, or another program."),
    "untracked_roles": _("People who have the role ${entry} are not recorded."),
    "untracked_groups": _("People in the group ${entry} are not recorded."),
}

_NO_BROWSER = _(
    "It doesn't say which browser it is. Browsers that people use always do."
)

_RECORDED = _("No rule excludes it.")


@dataclass(frozen=True)
class Decision:
    """``rule`` is the name of the setting that keeps a page view from being recorded, and
    ``entry`` what of it applies. Without a rule it is recorded."""

    rule: str = ""
    entry: str = ""

    @property
    def tracked(self) -> bool:
        """Is the page view recorded?"""
        return not self.rule

    @property
    def reason(self) -> Message:
        """Return in words which rule decides."""
        if self.tracked:
            return _RECORDED
        if self.rule == "known_crawlers" and not self.entry:
            return _NO_BROWSER
        return Message(_REASONS[self.rule], mapping={"entry": self.entry})
