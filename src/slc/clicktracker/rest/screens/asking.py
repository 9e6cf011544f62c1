"""What the screen says and asks that chooses whether readers acknowledge an item."""

from collections.abc import Iterator
from slc.clicktracker import _
from slc.clicktracker.acknowledgements.asked import LONGEST_SENTENCE
from slc.clicktracker.browser.acknowledgements.choice import ChoiceView
from slc.clicktracker.rest.screens.about import address
from slc.clicktracker.rest.screens.about import declarations_link
from slc.clicktracker.rest.screens.about import recorded
from slc.clicktracker.rest.screens.about import tracking_link
from slc.clicktracker.rest.screens.parts import choice
from slc.clicktracker.rest.screens.parts import field
from slc.clicktracker.rest.screens.parts import form
from slc.clicktracker.rest.screens.parts import line
from slc.clicktracker.rest.screens.parts import link
from slc.clicktracker.rest.screens.parts import Part
from slc.clicktracker.rest.screens.parts import reason_field
from slc.clicktracker.words.isolated import isolated
from typing import Any


_NAME = "clicktracker-acknowledgement"


def asking_screen(content: Any, request: Any) -> Part:
    view = ChoiceView(content, request)
    return {
        "notices": list(_notices(view)),
        "sentences": [] if view.is_never_read else list(_sentences(view)),
        "warnings": [],
        "forms": {} if view.is_never_read else {"choose": _form(view)},
        "links": [declarations_link(content), tracking_link(content)],
    }


def _notices(view: ChoiceView) -> Iterator[Part]:
    if view.is_off:
        yield line(
            _(
                "The settings of the site say that nobody is asked anywhere. What you "
                "choose here has an effect once this changes."
            )
        )
    if view.is_never_read:
        yield line(
            _("Nobody is meant to read this, so nobody is asked to acknowledge it.")
        )


def _sentences(view: ChoiceView) -> Iterator[Part]:
    sentence = view.asked_sentence
    if sentence is not None:
        yield line(_("Members of the audience are asked to acknowledge this:"))
        yield line(f"“{isolated(sentence)}”")
    elif view.asks_below:
        yield line(
            _("Members of the audience are asked to acknowledge the items below it.")
        )
    else:
        yield line(_("Readers are not asked to acknowledge this."))
    yield from _of_deadline(view)
    if view.applied is not None:
        yield _where(view)
        yield recorded(view.declared_by, view.applied.declaration.since)


def _of_deadline(view: ChoiceView) -> Iterator[Part]:
    title = _("By when this is to be read")
    to = link(address(view.context, "clicktracker-deadline"), title)
    if view.is_asked_by_deadline:
        text = _(
            "The deadline asks for it: whoever has not acknowledged it is missing."
        )
        yield line(text, to)
    elif view.is_asked:
        text = _(
            "Whoever has read it without acknowledging it is not missing, unless a "
            "deadline asks for acknowledgement."
        )
        yield line(text, to)


def _where(view: ChoiceView) -> Part:
    if view.is_from_here:
        return line(_("Chosen for this item and everything below it."))
    source = view.visible_source
    if source is None:
        return line(_("Chosen for a folder above that you may not see."))
    folder = {"folder": isolated(source.Title())}
    text = _("Chosen for ${folder} and everything below it.", mapping=folder)
    return line(text, link(address(source, _NAME), source.Title()))


def _form(view: ChoiceView) -> Part:
    why = (
        _("The reason is kept with your name and the time.")
        if view.own
        else _("May be left empty. It is kept with your name and the time.")
    )
    fields = [
        field(
            "choice",
            "one",
            _("Are readers asked?"),
            view.chosen,
            choices=[choice(name, title) for name, title in view.options],
        ),
        field(
            "sentence",
            "text",
            _("Sentence"),
            view.sentence,
            rows=3,
            longest=LONGEST_SENTENCE,
            description=_(
                "What readers acknowledge, word for word. Leave empty for the sentence "
                "of the site."
            ),
        ),
        reason_field(_("Reason"), why),
    ]
    return form(_("Change this"), _("Save"), fields)
