"""The parts that a screen is made of, with messages: ``told`` makes JSON of them.

A *line* is a text, with a link where there is one to follow. A *form* has fields; `kind`
says of a field what is in it: "line", "text", "day", "time", "yes", "one" and "some" of its
`choices`, "people" who are searched.
"""

from collections.abc import Iterable
from slc.clicktracker.declarations.declaration import LONGEST_REASON
from slc.clicktracker.exports.words import Words
from typing import Any
from zope.i18nmessageid import Message


Part = dict[str, Any]
Text = str | Message


def link(address: str, title: Text, **more: Any) -> Part:
    return {"@id": address, "title": title, **more}


def line(text: Text, to: Part | None = None) -> Part:
    return {"text": text, "link": to} if to else {"text": text}


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
        case dict():
            return {key: told(each, words) for key, each in part.items()}
        case list() | tuple():
            return [told(each, words) for each in part]
    return part
