"""``Letter``: what a mail says, from which both its text and its HTML are made.

Everything in it is plain text, in one language. What somebody has typed, as a title, is
nothing but text in either.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

import re


#: What must not be in a line: whatever ends it, and what no mail can have.
_BREAKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")

_STYLE = (
    "font-family: sans-serif; line-height: 1.5; max-width: 42em; margin: 1em; "
    "overflow-wrap: anywhere"
)


@dataclass(frozen=True)
class Line:
    """One line, which may be a link, and what it says in detail."""

    text: str
    url: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Section:
    """A heading and a list."""

    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Letter:
    """The ``answer`` comes first, then ``sections``; ``footer`` says why the mail comes."""

    language: str
    subject: str
    answer: tuple[str, ...]
    sections: tuple[Section, ...] = ()
    footer: tuple[Line, ...] = ()

    @property
    def text(self) -> str:
        """The mail as plain text."""
        blocks = ["\n".join(map(in_one_line, self.answer))]
        for section in self.sections:
            lines = [in_one_line(section.heading).upper(), *_text_of(section.lines)]
            blocks.append("\n".join(lines))
        footer = [in_one_line(f"{line.text} {line.url}") for line in self.footer]
        return "\n\n".join(blocks) + "\n\n-- \n" + "\n".join(footer) + "\n"

    @property
    def html(self) -> str:
        """The mail as an HTML page, which fetches nothing from anywhere."""
        return (
            f'<!DOCTYPE html>\n<html lang="{escape(self.language)}">'
            f'<head><meta charset="utf-8"><title>{escape(self.subject)}</title>'
            '<meta name="viewport" content="width=device-width"></head>\n'
            f'<body style="{_STYLE}">\n'
            + "\n".join(self._html())
            + "\n</body></html>\n"
        )

    def _html(self) -> Iterator[str]:
        first, *more = self.answer
        yield f"<p><strong>{escape(first)}</strong></p>"
        yield from (f"<p>{escape(each)}</p>" for each in more)
        for section in self.sections:
            yield f'<h2 style="font-size: 1.1em">{escape(section.heading)}</h2>\n<ul>'
            yield from (f"<li>{_html_of(line)}</li>" for line in section.lines)
            yield "</ul>"
        yield '<hr>\n<p style="font-size: 0.9em">'
        yield "<br>\n".join(map(_html_of, self.footer))
        yield "</p>"


def in_one_line(text: str) -> str:
    """Return text without whatever ends a line."""
    return _BREAKS.sub(" ", text).strip()


def _text_of(lines: tuple[Line, ...]) -> Iterator[str]:
    for line in lines:
        yield f"* {in_one_line(line.text)}"
        for more in (line.detail, line.url):
            if more:
                yield f"  {in_one_line(more)}"


def _html_of(line: Line) -> str:
    text = escape(line.text)
    if line.url:
        text = f'<a href="{escape(line.url)}">{text}</a>'
    return f"{text}<br>{escape(line.detail)}" if line.detail else text
