"""``@audience``: who is expected to read content, by which rule; to choose another one."""

from slc.clicktracker import _
from slc.clicktracker.audience.audience import Audience
from slc.clicktracker.audience.audience import audience_by
from slc.clicktracker.audience.audience import audience_of
from slc.clicktracker.audience.rules import applied_rule
from slc.clicktracker.audience.rules import choose_audience
from slc.clicktracker.browser.audience.audience import how_many
from slc.clicktracker.browser.audience.audience_form import how_many_that_is
from slc.clicktracker.reports.amiss import Amiss
from slc.clicktracker.reports.asked import text_from
from slc.clicktracker.reports.audience_choice import AudienceChoice
from slc.clicktracker.reports.audience_choice import EVERYBODY
from slc.clicktracker.reports.audience_choice import found_in
from slc.clicktracker.reports.audience_choice import INHERIT
from slc.clicktracker.reports.audience_choice import NAMED
from slc.clicktracker.reports.problems import NEEDS_REASON
from slc.clicktracker.rest.change import ChangeService
from slc.clicktracker.rest.lists import ListService
from slc.clicktracker.rest.screens.about import address
from slc.clicktracker.rest.screens.audience import audience_screen
from slc.clicktracker.rest.sent import values_of
from slc.clicktracker.sites.openings import AUDIENCE
from slc.clicktracker.sites.openings import NamedList
from slc.clicktracker.sites.openings import note_opening
from slc.clicktracker.sites.openings import REST
from slc.clicktracker.sites.reasons import asks_for_reason
from slc.clicktracker.sites.uids import document_uid
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.text import LIMITS
from slc.clicktracker.storage.text import storable
from slc.clicktracker.tracking.allowed import if_visible
from slc.clicktracker.tracking.allowed import may_see_readers
from typing import Any
from urllib.parse import urlencode
from zope.interface import Interface
from zope.schema import Bool
from zope.schema import Choice
from zope.schema import TextLine
from zope.schema import Tuple


class IAudienceChoice(Interface):
    """What is sent to choose: as in the fields of the form."""

    choice = Choice(title="Who", values=(INHERIT, EVERYBODY, NAMED))
    groups = Tuple(title="Groups", value_type=TextLine(), required=False, default=())
    users = Tuple(title="People", value_type=TextLine(), required=False, default=())
    roles = Tuple(title="Roles", value_type=TextLine(), required=False, default=())
    is_preview = Bool(title="Only say how many", required=False, default=False)


class GetAudience(ListService, ChangeService):
    """Answers with the ``rule`` that applies, the ``source`` that has it, and how many are
    ``expected`` (of whom it may not be ``complete``). Those who may see readers get a page of
    them; ``reader`` finds some by name or user id."""

    def answer(self) -> dict[str, Any]:
        if not may_see_readers(self.context):
            known = self._known(audience_of(self.context))
            return {**known, **self.screen(audience_screen)}
        if asks_for_reason():
            return self.refused(403, "Forbidden", NEEDS_REASON)
        audience = audience_of(self.context)
        asked = text_from(self.request.form.get("reader"))
        search = storable(asked, LIMITS["name"]).strip()
        found = found_in(audience.members, search)
        start = self.start_of(len(found))
        path = "/".join(self.context.getPhysicalPath())
        filters = (("reader", search),) if search else ()
        listed = NamedList(
            AUDIENCE, document_uid(self.context), path, filters, as_file=REST
        )
        note_opening(listed, len(audience.members), self.request)
        return {
            **self._known(audience, is_named=True),
            **self.page(len(found), start),
            **self.screen(audience_screen),
            "items": [self._told(each) for each in found[start : start + self.size]],
        }

    def _told(self, reader: Reader) -> dict[str, Any]:
        # Only members of the site can be excused.
        excuse = address(self.context, "clicktracker-excuse")
        query = urlencode({"person": reader.user})
        return {
            "user": reader.user,
            "user_folder": reader.folder or None,
            "name": reader.name,
            "excuse": None if reader.folder else f"{excuse}?{query}",
        }

    def _known(self, audience: Audience, is_named: bool = False) -> dict[str, Any]:
        """Return the rule, with the ids of people in it only where they are opened."""
        applied = applied_rule(self.context)
        source = if_visible(applied.source)
        own, rule = AudienceChoice.of(self.context), applied.rule
        return {
            "@id": self.url,
            "choice": own.choice,
            "source": source
            and {"@id": source.absolute_url(), "title": source.Title()},
            "rule": {
                "everybody": rule.everybody,
                "groups": list(rule.groups),
                "roles": list(rule.roles),
                "users": [each.user for each in rule.users] if is_named else None,
                "number_of_users": len(rule.users),
            },
            "expected": len(audience.members),
            "complete": audience.complete,
        }


class PatchAudience(GetAudience):
    """Takes a choice, and answers with how many are expected then. With ``is_preview``
    nothing is saved."""

    def answer(self) -> dict[str, Any]:
        sent = values_of(self.request, IAudienceChoice)
        named = (tuple(sent[name] or ()) for name in ("groups", "users", "roles"))
        choice = AudienceChoice(sent["choice"], *named)
        errors = dict(choice.problems(self.context))
        if errors:
            raise Amiss(errors)
        rule = choice.rule(self.context)
        if sent["is_preview"]:
            audience = audience_by(self.context, rule)
            return self.said(how_many_that_is(audience), self._known(audience))
        changed = choose_audience(self.context, rule)
        done = _("Your choice was saved.") if changed else _("Nothing was changed.")
        audience = audience_of(self.context)
        known = {
            **self._known(audience),
            "how_many": self.translated(how_many(audience)),
        }
        return self.said(done, known)
