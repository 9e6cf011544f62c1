"""Services with something below them: what stands behind the name in the address."""

from typing import Any
from urllib.parse import quote
from zExceptions import NotFound
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse


def address_below(service: str, name: str) -> str:
    """Return where a service tells of something, by its name or id."""
    return f"{service}/{quote(name, safe='')}"


@implementer(IPublishTraverse)
class Below:
    """Mix-in for services. ``path`` are the names behind that of the service."""

    def __init__(self, context: Any, request: Any) -> None:
        super().__init__(context, request)
        self.path: list[str] = []

    def publishTraverse(self, request: Any, name: str) -> "Below":
        self.path.append(name)
        return self

    @property
    def asked_for(self) -> str:
        """What stands behind the service. Ids of users may have slashes, which Zope has taken
        for such between names, even if they were quoted."""
        return "/".join(self.path)

    def end_here(self) -> None:
        """Raise ``NotFound`` if something is asked for that is behind the service, where
        nothing is."""
        if self.path:
            raise NotFound(self.path[0])
