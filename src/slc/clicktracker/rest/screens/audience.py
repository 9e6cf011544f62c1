"""What the screens of an audience say and ask."""

from collections.abc import Iterator
from slc.clicktracker import _
from slc.clicktracker.browser.audience.audience import AudienceView
from slc.clicktracker.browser.audience.audience import title_of_group
from slc.clicktracker.browser.audience.audience import title_of_role
from slc.clicktracker.browser.audience.audience_form import IAudienceChoice
from slc.clicktracker.reports.audience_choice import AudienceChoice
from slc.clicktracker.reports.audience_choice import NAMED
from slc.clicktracker.reports.audience_choice import roles_in
from slc.clicktracker.reports.audience_choice import unnamed_users
from slc.clicktracker.reports.few import told as told_number
from slc.clicktracker.reports.sentences import audience as sentences
from slc.clicktracker.reports.sentences.about import SET
from slc.clicktracker.rest.screens.about import address
from slc.clicktracker.rest.screens.about import FOUND_BY_NAME
from slc.clicktracker.rest.screens.about import notices
from slc.clicktracker.rest.screens.about import tracking_link
from slc.clicktracker.rest.screens.about import where
from slc.clicktracker.rest.screens.parts import choice
from slc.clicktracker.rest.screens.parts import field
from slc.clicktracker.rest.screens.parts import form
from slc.clicktracker.rest.screens.parts import line
from slc.clicktracker.rest.screens.parts import link
from slc.clicktracker.rest.screens.parts import Part
from slc.clicktracker.sites.privacy import smallest_group
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.words.isolated import isolated
from slc.clicktracker.words.names import name_of
from typing import Any
from zope.i18nmessageid import Message


def audience_screen(content: Any, request: Any) -> Part:
    view = AudienceView(content, request)
    is_read = not view.is_never_read
    return {
        "notices": list(notices(view)),
        "sentences": list(_sentences(view)) if is_read else [],
        "warnings": [line(each) for each in view.problems] if is_read else [],
        "forms": {"choose": _form(view)} if is_read else {},
        "expected": _expected(),
        "links": list(_links(view, is_read)),
    }


def _sentences(view: AudienceView) -> Iterator[Part]:
    yield line(view.how_many)
    if view.applied.rule.everybody:
        yield line(sentences.EVERYBODY)
        if not view.editors_count:
            yield line(sentences.NO_EDITORS)
    else:
        names = {"names": isolated(", ".join(view.named))}
        yield line(_("Named: ${names}.", mapping=names))
    if view.applied.source is None:
        yield line(sentences.BY_DEFAULT)
    else:
        yield where(SET, view.is_chosen_here, view.visible_source, view.notices.view)
    if not view.may_see_readers and view.audience.excused:
        count = {"count": view.excused_without_names}
        yield line(_("Excused: ${count}.", mapping=count))


def _expected() -> Part:
    """Return what is said with the list of those who are expected."""
    return {
        "titles": {"expected": _("Who is expected"), "nobody": _("Nobody.")},
        "filters": [FOUND_BY_NAME],
        "columns": [
            {"name": "name", "title": _("Name")},
            {"name": "user", "title": _("User id")},
            {"name": "excuse", "title": _("Excuse")},
        ],
    }


def _links(view: AudienceView, is_read: bool) -> Iterator[Part]:
    if is_read:
        to = address(view.context, "clicktracker-audience-rule")
        yield link(to, _("Change who is expected"))
        if view.may_see_readers:
            to = address(view.context, "clicktracker-excuse")
            yield link(to, _("Excuse somebody"))
        to = address(view.context, "clicktracker-deadline")
        yield link(to, _("By when this is to be read"))
    yield tracking_link(view.context)


def _form(view: AudienceView) -> Part:
    preview = choice("preview", _("Preview"), data={"is_preview": True})
    fields, title = _fields(view.context), _("Change who is expected")
    return form(title, _("Save"), fields, _unnamed(view.context), [preview])


def _unnamed(content: Any) -> Iterator[Message]:
    number = unnamed_users(content)
    if number:
        count = {"number": told_number(number, smallest_group())}
        yield _(
            "People who are named already: ${number}. They stay. Only those who may see "
            "readers see who they are.",
            mapping=count,
        )


def _fields(content: Any) -> Iterator[Part]:
    chosen, fields = AudienceChoice.of(content), IAudienceChoice
    only = {"name": "choice", "value": NAMED}
    search = f"{content.absolute_url()}/@audience-search"
    choices = [choice(each.value, each.title) for each in fields["choice"].vocabulary]
    yield field("choice", "one", fields["choice"].title, chosen.choice, choices=choices)
    yield field(
        "groups",
        "people",
        fields["groups"].title,
        list(chosen.groups),
        description=fields["groups"].description,
        choices=[choice(each, title_of_group(each)) for each in chosen.groups],
        search=f"{search}/groups",
        only=only,
    )
    yield field(
        "users",
        "people",
        _("More people") if unnamed_users(content) else fields["users"].title,
        list(chosen.users),
        description=fields["users"].description,
        choices=[choice(each, name_of(Reader(each))) for each in chosen.users],
        search=f"{search}/people",
        only=only,
    )
    roles = dict.fromkeys((*roles_in(content), *chosen.roles))
    yield field(
        "roles",
        "some",
        fields["roles"].title,
        list(chosen.roles),
        description=fields["roles"].description,
        choices=[choice(each, title_of_role(each)) for each in roles],
        only=only,
    )
