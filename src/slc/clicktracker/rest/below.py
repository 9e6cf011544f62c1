"""Services with something below them: what stands behind the name in the address."""

from typing import Any
from zExceptions import NotFound
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse


@implementer(IPublishTraverse)
class Below:
    """Mix-in for services. ``path`` are the names behind that of the service."""

    def __init__(self, context: Any, request: Any) -> None:
        super().__init__(context, request)
        self.path: list[str] = []

    def publishTraverse(self, request: Any, name: str) -> "Below":
        self.path.append(name)
        return self

    def end_here(self) -> None:
        """Raise ``NotFound`` if something is asked for that is behind the service, where
        nothing is."""
        if self.path:
            raise NotFound(self.path[0])
