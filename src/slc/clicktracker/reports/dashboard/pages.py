"""The pages of the dashboard, and what they are about."""

from collections.abc import Iterator
from plone import api
from plone.base.interfaces import IPloneSiteRoot
from slc.clicktracker import _
from slc.clicktracker.reports.dashboard.deleted_list import DeletedList
from slc.clicktracker.reports.dashboard.document_list import DocumentList
from slc.clicktracker.reports.dashboard.member_list import MemberList
from slc.clicktracker.reports.deleted import may_see_deleted
from typing import Any
from zope.i18nmessageid import Message


#: What the page of the whole site is about, by the list.
LEADS = {
    DocumentList: _("Tracked content in this site."),
    MemberList: _("Tracked content in this site."),
    DeletedList: _("Deleted documents that were opened or downloaded in this site."),
}

_DELETED = "clicktracker-deleted"

#: The pages by the name of their view: title, and the permission that each needs.
_PAGES = {
    "clicktracker-dashboard": (_("Documents"), DocumentList.permission),
    "clicktracker-dashboard-members": (_("Members"), MemberList.permission),
    _DELETED: (_("Deleted documents"), DeletedList.permission),
}


def pages_of(context: Any) -> Iterator[tuple[str, Message]]:
    """Yield name and title of the pages that the current user may open about something."""
    for name, (title, permission) in _PAGES.items():
        is_offered = name != _DELETED or _offers_deleted(context)
        if is_offered and api.user.has_permission(permission, obj=context):
            yield name, title


def _offers_deleted(context: Any) -> bool:
    return IPloneSiteRoot.providedBy(context) and may_see_deleted()
