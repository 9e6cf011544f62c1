"""Services with something below them: what stands behind the name in the address."""

from typing import Any
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
