"""``VisitorRules``: the one decision whether a page view is recorded."""

from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.text import storable
from slc.clicktracker.visitors.crawlers import crawler_in
from slc.clicktracker.visitors.decision import Decision
from slc.clicktracker.visitors.entries import is_keyword
from slc.clicktracker.visitors.entries import is_network
from slc.clicktracker.visitors.entries import is_path
from slc.clicktracker.visitors.entries import is_status
from slc.clicktracker.visitors.networks import Networks
from slc.clicktracker.visitors.paths import Paths


_RECORDED = Decision()


@dataclass(frozen=True)
class VisitorRules:
    """Whose page views a site does not record, ready to be asked for every one.

    The fields have the names of the settings. Without any rule nothing is recorded, as
    that has to be switched on.
    """

    enabled: bool = False
    internal_networks: Networks = field(default_factory=Networks)
    untracked_paths: Paths = field(default_factory=Paths)
    untracked_statuses: frozenset[str] = frozenset()
    # What is looked for, without case, and the keyword as it was written.
    untracked_agents: tuple[tuple[str, str], ...] = ()
    known_crawlers: bool = True
    untracked_roles: tuple[str, ...] = ()
    untracked_groups: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        *,
        enabled: bool = False,
        internal_networks: Iterable[str] = (),
        untracked_paths: Iterable[str] = (),
        untracked_statuses: Iterable[str] = (),
        untracked_agents: Iterable[str] = (),
        known_crawlers: bool = True,
        untracked_roles: Iterable[str] = (),
        untracked_groups: Iterable[str] = (),
    ) -> "VisitorRules":
        """Return the rules of these settings. What means nothing in them is left out."""
        keywords = _usable(untracked_agents, is_keyword)
        return cls(
            enabled=enabled,
            internal_networks=Networks.of(_usable(internal_networks, is_network)),
            untracked_paths=Paths.of(_usable(untracked_paths, is_path)),
            untracked_statuses=frozenset(
                text.lower() for text in _usable(untracked_statuses, is_status)
            ),
            untracked_agents=tuple((text.casefold(), text) for text in keywords),
            known_crawlers=known_crawlers,
            untracked_roles=tuple(text.strip() for text in untracked_roles),
            untracked_groups=tuple(text.strip() for text in untracked_groups),
        )

    @property
    def depend_on_the_user(self) -> bool:
        """Are there rules that nobody can apply without knowing the visitor?"""
        return bool(self.untracked_roles or self.untracked_groups)

    def decide(
        self,
        address: str,
        agent: str | None,
        path: str,
        status: int = 200,
        roles: Collection[str] = (),
        groups: Collection[str] = (),
    ) -> Decision:
        """Return whether a page view is recorded, and the first rule that says it isn't.

        ``address``  the network address of the visitor, "" where it can't be known
        ``agent``    what the browser calls itself; no more is looked at than is kept. None
                     where that decides later, as for pages that caches share
        ``path``     the page's in the site, with a leading slash and without a query
        """
        if not self.enabled:
            return Decision("enabled")
        # What takes longest is last.
        return (
            self._against_page(address, path, status)
            or self._against_user(roles, groups)
            or (self._against_agent(agent) if agent is not None else None)
            or _RECORDED
        )

    def _against_page(self, address: str, path: str, status: int) -> Decision | None:
        entry = self.internal_networks.holder(address)
        if entry is not None:
            return Decision("internal_networks", entry)
        entry = self.untracked_paths.holder(path)
        if entry is not None:
            return Decision("untracked_paths", entry)
        # Each page view comes by here, so what has no entries takes no time.
        if self.untracked_statuses:
            names = (str(status), f"{status // 100}xx")
            entry = _first_of(names, self.untracked_statuses)
        return None if entry is None else Decision("untracked_statuses", entry)

    def _against_user(
        self, roles: Collection[str], groups: Collection[str]
    ) -> Decision | None:
        if not self.depend_on_the_user:
            return None
        entry = _first_of(self.untracked_roles, roles)
        if entry is not None:
            return Decision("untracked_roles", entry)
        entry = _first_of(self.untracked_groups, groups)
        return None if entry is None else Decision("untracked_groups", entry)

    def _against_agent(self, agent: str) -> Decision | None:
        kept = storable(agent[: LIMITS["agent"]], LIMITS["agent"])
        if self.untracked_agents:
            name = kept.casefold()
            found = (text for keyword, text in self.untracked_agents if keyword in name)
            entry = next(found, None)
            if entry is not None:
                return Decision("untracked_agents", entry)
        entry = crawler_in(kept) if self.known_crawlers else None
        return None if entry is None else Decision("known_crawlers", entry)


def _usable(texts: Iterable[str], is_right: Callable[[str], bool]) -> list[str]:
    return [text.strip() for text in texts if is_right(text)]


def _first_of(candidates: Iterable[str], present: Collection[str]) -> str | None:
    return next((each for each in candidates if each in present), None)
