"""The parts that a screen is made of, with messages: ``told`` makes JSON of them.

A *line* is a text, with a link where there is one to follow; what of the text is `around`
the words of the link, if these are part of it. A *form* has fields; `kind`
says of a field what is in it: "line", "text", "day", "time", "yes", "one" and "some" of its
`choices`, "people" who are searched.
"""

from collections.abc import Iterable
from slc.clicktracker.declarations.declaration import LONGEST_REASON
from slc.clicktracker.exports.words import Words
from typing import Any
from typing import NamedTuple
from zope.i18nmessageid import Message


Part = dict[str, Any]
Text = str | Message


def link(address: str, title: Text, **more: Any) -> Part:
    return {"@id": address, "title": title, **more}


class Around(NamedTuple):
    """The words of a link are those that a text calls so."""

    text: Message
    called: str


def line(text: Text, to: Part | None = None, called: str = "") -> Part:
    """Return a line. Where the words of the link are part of the text, they are ``called``
    so in it: the same may stand in it once more, as the title of something."""
    if not to:
        return {"text": text}
    said = {"text": text, "link": to}
    if text == to["title"]:
        return {**said, "around": ["", ""]}
    return {**said, "around": Around(text, called)} if called else said


def field(name: str, kind: str, title: Text, value: Any = "", **more: Any) -> Part:
    """Return a field; what is None of ``more`` is left out."""
    said = {key: each for key, each in more.items() if each is not None}
    return {"name": name, "kind": kind, "title": title, "value": value, **said}


def reason_field(
    title: Text, description: Text | None = None, name: str = "reason", **more: Any
) -> Part:
    return field(
        name, "text", title, description=description, longest=LONGEST_REASON, **more
    )


def choice(name: str, title: Text, **more: Any) -> Part:
    said = {key: each for key, each in more.items() if each}
    return {"name": name, "title": title, **said}


def form(
    title: Text,
    submit: Text,
    fields: Iterable[Part],
    about: Iterable[Text] = (),
    more: Iterable[Part] = (),
) -> Part:
    """Return a form. ``about`` is said above it; ``more`` are other buttons, with the
    ``data`` that is sent besides."""
    return {
        "title": title,
        "about": list(about),
        "fields": list(fields),
        "submit": submit,
        "more": list(more),
    }


def told(part: Any, words: Words) -> Any:
    """Return the same, with messages in the language of ``words``."""
    match part:
        case Message():
            return words.translate(part)
        case Around(text, called):
            return _around(text, called, words)
        case dict():
            return {key: told(each, words) for key, each in part.items()}
        case list() | tuple():
            return [told(each, words) for each in part]
    return part


#: No title has it.
_HERE = "\0"


def _around(text: Message, called: str, words: Words) -> list[str]:
    """Return what stands before some words of a text, and behind them."""
    marked = Message(text, mapping={**text.mapping, called: _HERE})
    before, _here, behind = words.translate(marked).partition(_HERE)
    return [before, behind]
