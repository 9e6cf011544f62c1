"""``VisitorRules``: the one decision whether a page view is recorded."""

from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field
from slc.clicktracker.storage.text import is_blank
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
        for rule, entry in self._rules_against(
            address, agent, path, status, roles, groups
        ):
            if entry is not None:
                return Decision(rule, entry)
        return Decision()

    def _rules_against(
        self,
        address: str,
        agent: str | None,
        path: str,
        status: int,
        roles: Collection[str],
        groups: Collection[str],
    ) -> Iterator[tuple[str, str | None]]:
        """Return each rule with the entry that applies; what takes longest is last."""
        yield "internal_networks", self.internal_networks.holder(address)
        yield "untracked_paths", self.untracked_paths.holder(path)
        yield "untracked_statuses", self._status_against(status)
        yield "untracked_roles", _first_of(self.untracked_roles, roles)
        yield "untracked_groups", _first_of(self.untracked_groups, groups)
        if agent is not None:
            kept = storable(agent[: LIMITS["agent"]], LIMITS["agent"])
            yield "untracked_agents", self._keyword_in(kept)
            yield "known_crawlers", self._program_in(kept)

    def _status_against(self, status: int) -> str | None:
        names = (str(status), f"{status // 100}xx")
        return _first_of(names, self.untracked_statuses)

    def _keyword_in(self, agent: str) -> str | None:
        if not self.untracked_agents:
            return None
        name = agent.casefold()
        found = (text for keyword, text in self.untracked_agents if keyword in name)
        return next(found, None)

    def _program_in(self, agent: str) -> str | None:
        """Return which known program it is, "" if it doesn't say what it is."""
        if not self.known_crawlers:
            return None
        return "" if is_blank(agent) else crawler_in(agent)


def _usable(texts: Iterable[str], is_right: Callable[[str], bool]) -> list[str]:
    return [text.strip() for text in texts if is_right(text)]


def _first_of(candidates: Iterable[str], present: Collection[str]) -> str | None:
    return next((each for each in candidates if each in present), None)
