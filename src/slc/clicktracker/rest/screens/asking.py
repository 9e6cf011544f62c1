"""What the screen says and asks that chooses whether readers acknowledge an item."""

from collections.abc import Iterator
from slc.clicktracker import _
from slc.clicktracker.acknowledgements.asked import LONGEST_SENTENCE
from slc.clicktracker.browser.acknowledgements.choice import ChoiceView
from slc.clicktracker.reports.sentences import asking as sentences
from slc.clicktracker.rest.screens.about import address
from slc.clicktracker.rest.screens.about import declarations_link
from slc.clicktracker.rest.screens.about import recorded
from slc.clicktracker.rest.screens.about import tracking_link
from slc.clicktracker.rest.screens.about import where
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
        yield line(sentences.ASKED_NOWHERE)
    if view.is_never_read:
        yield line(sentences.NEVER_READ)


def _sentences(view: ChoiceView) -> Iterator[Part]:
    sentence = view.asked_sentence
    yield line(sentences.who_is_asked(sentence, view.asks_below))
    if sentence is not None:
        yield line(_("“${sentence}”", mapping={"sentence": isolated(sentence)}))
    said = sentences.of_deadline(view.is_asked_by_deadline, view.is_asked)
    if said is not None:
        title = _("By when this is to be read")
        to = link(address(view.context, "clicktracker-deadline"), title)
        yield line(said, to)
    if view.applied is not None:
        is_here, source = view.is_from_here, view.visible_source
        yield where(sentences.CHOSEN, is_here, source, _NAME)
        yield recorded(view.declared_by, view.applied.declaration.since)


def _form(view: ChoiceView) -> Part:
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
            description=sentences.OF_SENTENCE,
        ),
        reason_field(_("Reason"), sentences.of_reason(bool(view.own))),
    ]
    return form(_("Change this"), _("Save"), fields)
