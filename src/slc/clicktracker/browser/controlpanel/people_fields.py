"""Fields that name members and groups: which of those are there is said beside them."""

from collections.abc import Iterable
from plone import api
from plone.app.z3cform.widgets.select import AjaxSelectFieldWidget
from slc.clicktracker import _
from slc.clicktracker.audience.members import Members
from slc.clicktracker.browser.controlpanel.collector_box import Notice
from slc.clicktracker.visitors.entries import InvalidEntries
from slc.clicktracker.words.isolated import isolated
from z3c.form import validator
from z3c.form.widget import FieldWidget
from zope.i18nmessageid import Message
from zope.publisher.interfaces.browser import IBrowserRequest
from zope.schema.interfaces import IField


USERS = "users"

#: Fields of settings, and what each names.
_NAMED = {"users": USERS, "groups": "groups", "untracked_groups": "groups"}

#: How many a message names.
_MOST = 10


def groups_widget(field: IField, request: IBrowserRequest) -> FieldWidget:
    """Return Plone's widget that finds groups; what is no group can't be chosen."""
    widget = AjaxSelectFieldWidget(field, request)
    widget.vocabulary = "plone.app.vocabularies.Groups"
    widget.pattern_options = {"allowNewItems": "false", "width": "100%"}
    return widget


class PeopleValidator(validator.SimpleFieldValidator):
    """Whom nobody knows is told at the field. Who was named before and is gone stays
    until somebody removes the name, so that all else can be saved."""

    def validate(self, value: tuple[str, ...] | None, force: bool = False) -> None:
        super().validate(value, force)
        name = self.field.__name__
        if name in _NAMED:
            before = getattr(self.context, name, None) or ()
            new = [each for each in value or () if each not in before]
            if unknown := unknown_among(name, new):
                raise InvalidEntries(_no_such(name, unknown))


def unknown_among(name: str, ids: Iterable[str]) -> list[str]:
    """Return those of the ids in a field of that name that nobody knows in this site."""
    named = list(dict.fromkeys(ids))
    if not named:
        return []
    if _NAMED[name] == USERS:
        # As those are found who are followed: of thousands at once.
        nobody: frozenset[str] = frozenset()
        known = Members().having(nobody, nobody, frozenset(named)).names
        return [user for user in named if user not in known]
    user_folder = api.portal.get()["acl_users"]
    return [group for group in named if user_folder.getGroupById(group) is None]


def notice_of_unknown(name: str, ids: Iterable[str]) -> Notice | None:
    """Return what is said above a field that names who is gone."""
    unknown = unknown_among(name, ids)
    return Notice("warning", _no_such(name, unknown)) if unknown else None


def _no_such(name: str, unknown: list[str]) -> Message:
    more = ["…"] * (len(unknown) > _MOST)
    names = ", ".join([*map(isolated, unknown[:_MOST]), *more])
    if _NAMED[name] == USERS:
        if len(unknown) == 1:
            return _("There is no such member: ${users}", mapping={"users": names})
        return _("There are no such members: ${users}", mapping={"users": names})
    if len(unknown) == 1:
        return _("There is no such group: ${groups}", mapping={"groups": names})
    return _("There are no such groups: ${groups}", mapping={"groups": names})
