"""What has changed in a document since somebody saw it."""

from dataclasses import dataclass
from plone import api
from plone.autoform.interfaces import READ_PERMISSIONS_KEY
from plone.dexterity.utils import iterSchemata
from plone.supermodel.utils import mergedTaggedValueDict
from typing import Any
from zope.component import queryUtility
from zope.security.interfaces import IPermission


@dataclass(frozen=True)
class Difference:
    """A field that is different: its title, and safe HTML of what was and what is."""

    title: str
    html: str


def differences_since(content: Any, label: str) -> list[Difference]:
    """Return the fields that differ from a version, by its number in the history; none where
    that isn't kept.

    It is for somebody who has seen that version, whether or not they may look at others:
    without the fields that they may not read.
    """
    repository = api.portal.get_tool("portal_repository")
    differ = api.portal.get_tool("portal_diff")
    kinds = differ.getDiffForPortalType(content.portal_type)
    if not (label and kinds and repository.isVersionable(content)):
        return []
    hidden = _hidden_fields(content)
    with api.env.adopt_roles(["Manager"]):
        before = _version(repository, content, label)
        if before is None:
            return []
        changes = differ.createChangeSet(before, content)
        return [
            Difference(
                api.portal.translate(each.label or each.field), each.inline_diff()
            )
            for each in changes.getDiffs()
            if not each.same and each.field not in hidden
        ]


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
