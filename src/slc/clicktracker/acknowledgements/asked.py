"""What readers of an item are asked to acknowledge: its own choice, else that of the nearest
folder, else the site's. A deadline that asks for it asks them in any case."""

from collections.abc import Mapping
from dataclasses import dataclass
from plone import api
from plone.registry.interfaces import IRegistry
from slc.clicktracker import _
from slc.clicktracker.deadlines.deadlines import deadline_of
from slc.clicktracker.declarations.declaration import Declaration
from slc.clicktracker.declarations.declaration import Plain
from slc.clicktracker.declarations.declarations import Declarations
from slc.clicktracker.settings.acknowledgement import IAcknowledgementSettings
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.storage.text import is_blank
from slc.clicktracker.storage.text import storable
from slc.clicktracker.tracking.choice import tracking_of
from slc.clicktracker.tracking.lineage import lineage
from slc.clicktracker.tracking.tracked import can_be_read
from typing import Any
from zope.component import getUtility


#: The kind of declaration: it has no subject, and what a ``Choice`` has is its details.
ACKNOWLEDGEMENT = "acknowledgement"

#: Characters of a sentence.
LONGEST_SENTENCE = 1000

#: What readers acknowledge where nothing else is said.
USUAL = _("I have read this document and taken note of its content.")

_choices = Declarations(ACKNOWLEDGEMENT)


@dataclass(frozen=True)
class Choice:
    """Whether readers are asked, and the sentence, "" for that of the site."""

    is_asked: bool
    sentence: str = ""

    @classmethod
    def of(cls, declaration: Declaration) -> "Choice":
        return cls(
            declaration.detail("asked", True), declaration.detail("sentence", "")
        )

    @property
    def details(self) -> Mapping[str, Plain]:
        """What is kept of it."""
        return {"asked": self.is_asked, "sentence": self.sentence}


@dataclass(frozen=True)
class AppliedChoice:
    """A choice, what was declared, and the item of which it was: ``source``."""

    choice: Choice
    declaration: Declaration
    source: Any


@dataclass(frozen=True)
class Sentence:
    """What a reader acknowledges, in the ``language`` with this code."""

    text: str
    language: str


def acknowledgement_setting(name: str) -> Any:
    """Return a setting of ``IAcknowledgementSettings``, its default where there is no
    record."""
    schema = IAcknowledgementSettings
    default = schema[name].default
    return getUtility(IRegistry).get(f"{schema.__identifier__}.{name}", default)


def own_choice(content: Any) -> Declaration | None:
    """Return what was declared of this very item and holds, the latest of two."""
    holding = _choices.holding(document_uid(content))
    return holding[-1] if holding else None


def applied_choice(content: Any) -> AppliedChoice | None:
    """Return the choice of an item, else that of the nearest folder up to the site."""
    for item in lineage(content):
        declaration = own_choice(item)
        if declaration is not None:
            return AppliedChoice(Choice.of(declaration), declaration, item)
    return None


def is_asked_nowhere() -> bool:
    """Is nobody asked in the current site, whatever was chosen?"""
    return acknowledgement_setting("acknowledgement") == "off"


def is_asked_usually() -> bool:
    """Are readers asked where nothing was chosen?"""
    return acknowledgement_setting("acknowledgement") == "all"


def is_asked_by_deadline(content: Any) -> bool:
    """Does the deadline of content ask for it? Then readers are asked, whatever else was
    chosen: else nobody could do what the deadline asks for."""
    deadline = deadline_of(content)
    return deadline is not None and deadline.asks_to_acknowledge


def sentence_of(content: Any) -> Sentence | None:
    """Return what readers of content are asked to acknowledge, None where they aren't."""
    if is_asked_nowhere() or not (
        tracking_of(content).tracked and can_be_read(content)
    ):
        return None
    applied = applied_choice(content)
    is_asked = applied.choice.is_asked if applied else is_asked_usually()
    if not (is_asked or is_asked_by_deadline(content)):
        return None
    return _sentence(applied.choice.sentence if applied else "")


def usual_sentence(content: Any) -> Sentence:
    """Return by which sentence readers of content, or of what is below it, are asked where
    they are asked."""
    applied = applied_choice(content)
    return _sentence(applied.choice.sentence if applied else "")


def _sentence(own: str) -> Sentence:
    typed = own or storable(acknowledgement_setting("sentence"), LONGEST_SENTENCE)
    if not is_blank(typed):
        return Sentence(typed.strip(), api.portal.get_default_language())
    return Sentence(api.portal.translate(USUAL), api.portal.get_current_language())


def set_choice(content: Any, choice: Choice, reason: str) -> bool:
    """Declare, by the current user, now, what readers of an item and of what is below it are
    asked. It replaces what was declared before.

    Return False where the same holds already. Raises ``ValueError`` without a reason where
    another is replaced.
    """
    uid = document_uid(content)
    holding = _choices.holding(uid)
    if holding and Choice.of(holding[-1]) == choice:
        return False
    _choices.replace(uid, reason, choice.details)
    return True


def end_choice(content: Any, reason: str) -> bool:
    """End the choice of this very item, so that what is above it holds. Return False where
    there is none. Raises ``ValueError`` without a reason."""
    return _choices.end_all(document_uid(content), reason)
