"""A bar of how far people got, by level: for the eye alone, as text stands beside it."""

from collections.abc import Callable
from collections.abc import Iterable
from html import escape
from slc.clicktracker.reports.bar_parts import Part
from slc.clicktracker.words.numbers import localized_number


#: For those of whom nothing is known: there, but not as something reached.
_FAINT = "bg-secondary bg-opacity-25"


def level_bar(
    parts: Iterable[Part],
    total: int,
    translated: Callable[[str], str],
    address_of: Callable[[Part], str | None],
) -> str:
    """Return the HTML of a bar of ``total`` people.

    Its parts lead to where ``address_of`` says, for who points at them; the same links
    belong into the text beside it.
    """
    shown = "".join(
        _part(part, total, translated(part.title), address_of(part)) for part in parts
    )
    return f'<div class="progress-stacked" aria-hidden="true">{shown}</div>'


def _part(part: Part, total: int, title: str, address: str | None) -> str:
    width = f"width: {100 * part.number / total:.2f}%"
    told = escape(f"{title}: {localized_number(part.number)}")
    colour = _FAINT if part.colour == "light" else f"bg-{part.colour}"
    inner = f'<span class="progress-bar {colour}"></span>'
    if address is None:
        return f'<div class="progress" style="{width}" title="{told}">{inner}</div>'
    return (
        f'<a class="progress" href="{escape(address)}" style="{width}" tabindex="-1"'
        f' title="{told}">{inner}</a>'
    )
