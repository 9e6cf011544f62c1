"""Since when page views are kept: one rule for all storages."""

from dataclasses import dataclass
from dataclasses import replace
from datetime import datetime
from slc.clicktracker.storage.visits.model import PageView


@dataclass(frozen=True)
class Kept:
    """``views`` is since when page views are kept, ``visits`` since when those that are
    part of visits are; None where nothing was removed yet.

    What was removed must not come back, nor be counted a second time, when a message
    about it arrives late.
    """

    views: datetime | None = None
    visits: datetime | None = None

    @property
    def is_limited(self) -> bool:
        """Was anything removed?"""
        return self != Kept()

    def until(self, now: datetime) -> "Kept":
        """Return what of it can be right. A clock that was wrong may have said that only
        the future is kept, and then nothing would be recorded any more."""
        return replace(
            self,
            views=self.views if self.views and self.views <= now else None,
            visits=self.visits if self.visits and self.visits <= now else None,
        )

    def since(self, **kinds: datetime) -> "Kept":
        """Return it where more was removed. What is gone doesn't come back where more is
        kept from now on, so the latest time counts."""
        later = {
            kind: max(getattr(self, kind) or time, time) for kind, time in kinds.items()
        }
        return replace(self, **later)

    def takes(self, view: PageView) -> bool:
        """Is a page view young enough to be recorded?"""
        since = (self.views, self.visits if view.session else None)
        return all(each is None or view.at >= each for each in since)
