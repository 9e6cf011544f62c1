"""``PlaceOfPeople``: what a place that knows people registers."""

from collections.abc import Callable
from dataclasses import dataclass
from slc.clicktracker.interfaces import IPlaceOfPeople
from slc.clicktracker.storage.model import Reader
from zope.i18nmessageid import Message
from zope.interface import implementer


@implementer(IPlaceOfPeople)
@dataclass(frozen=True)
class PlaceOfPeople:
    """See ``IPlaceOfPeople``."""

    title: Message
    number_of: Callable[[Reader], int]
    forget: Callable[[Reader, str, bool], None]


def names(person: Reader, folder: str, user: str) -> bool:
    """Are these the folder and the id of a person?"""
    return (folder, user) == (person.folder, person.user)
