"""What has changed in a document since somebody saw it."""

from dataclasses import dataclass
from plone import api
from plone.autoform.interfaces import READ_PERMISSIONS_KEY
from plone.dexterity.utils import iterSchemata
from plone.supermodel.utils import mergedTaggedValueDict
from Products.CMFDiffTool.CMFDTHtmlDiff import CMFDTHtmlDiff
from Products.CMFDiffTool.FieldDiff import FieldDiff
from Products.CMFDiffTool.TextDiff import TextDiff
from Products.CMFDiffTool.utils import html_safe
from slc.clicktracker.acknowledgements.changed_text import changed_text
from slc.clicktracker.acknowledgements.changed_text import lines_as_html
from slc.clicktracker.acknowledgements.changed_text import TextPart
from slc.clicktracker.versions.visible_fields import visible_values
from typing import Any
from zope.component import queryUtility
from zope.security.interfaces import IPermission


@dataclass(frozen=True)
class Difference:
    """A field that is different: its title, and the parts of its text, in safe HTML."""

    title: str
    parts: list[TextPart]


def differences_since(content: Any, label: str) -> list[Difference]:
    """Return the fields that show something else than in a version, by its number in the
    history; none where that isn't kept.

    It is for somebody who has seen that version, whether or not they may look at others:
    without the fields that they may not read, and those that readers don't see.
    """
    repository = api.portal.get_tool("portal_repository")
    differ = api.portal.get_tool("portal_diff")
    kinds = differ.getDiffForPortalType(content.portal_type)
    if not (label and kinds and repository.isVersionable(content)):
        return []
    hidden, now = _hidden_fields(content), visible_values(content)
    with api.env.adopt_roles(["Manager"]):
        before = _version(repository, content, label)
        if before is None:
            return []
        then = visible_values(before)
        changes = differ.createChangeSet(before, content)
        return [
            Difference(api.portal.translate(each.label or each.field), _parts_of(each))
            for each in changes.getDiffs()
            if each.field not in hidden and now.get(each.field) != then.get(each.field)
        ]


def _parts_of(change: FieldDiff) -> list[TextPart]:
    """Return what became of a field; of one that is no text, as Plone shows it."""
    old, new = (_raw(value) for value in (change.oldValue, change.newValue))
    if isinstance(change, CMFDTHtmlDiff):
        return changed_text(html_safe(old), html_safe(new))
    if type(change) is TextDiff:
        return changed_text(lines_as_html(old), lines_as_html(new))
    return [TextPart(change.inline_diff())]


def _raw(value: Any) -> Any:
    """Return what somebody has typed, of a text that knows what it is."""
    return getattr(value, "raw", value) or ""


def _hidden_fields(content: Any) -> set[str]:
    """Return the names of fields that the current user may not read."""
    return {
        name
        for schema in iterSchemata(content)
        for name, permission in mergedTaggedValueDict(
            schema, READ_PERMISSIONS_KEY
        ).items()
        if not _is_allowed(permission, content)
    }


def _is_allowed(name: str, content: Any) -> bool:
    permission = queryUtility(IPermission, name=name)
    return permission is not None and api.user.has_permission(
        permission.title, obj=content
    )


def _version(repository: Any, content: Any, label: str) -> Any:
    history = repository.getHistoryMetadata(content) or None
    if history is None:
        return None
    kept = range(history.getLength(countPurged=False))
    labels = {
        str(number): number
        for number in (history.getVersionId(each, countPurged=False) for each in kept)
    }
    if label not in labels:
        return None
    return repository.retrieve(content, labels[label]).object
