"""What is doubtful about rules that can be understood: they may never claim anything."""

from collections.abc import Iterable
from collections.abc import Iterator
from plone import api
from Products.DCWorkflow.interfaces import IDCWorkflowDefinition
from slc.clicktracker import _
from slc.clicktracker.activities.rule import Rule
from slc.clicktracker.activities.rule_line import InvalidRule
from slc.clicktracker.activities.rule_line import rule_of
from slc.clicktracker.browser.controlpanel.known_place import is_there
from slc.clicktracker.collector.page_event import MalformedEvent
from slc.clicktracker.collector.page_event import PageEvent
from slc.clicktracker.sites.cohorts import are_page_events_on
from slc.clicktracker.sites.visitor_rules import visitor_setting
from zope.i18nmessageid import Message


def doubts_about(lines: Iterable[str]) -> Iterator[Message]:
    """Yield what is doubtful about the rules of a site, in their order."""
    rules = list(_understood(lines))
    for number, rule in enumerate(rules):
        yield from _claimed_before(rule, rules[:number])
        yield from _not_in_site(rule)
        yield from _not_noticed(rule)
        if rule.place and not is_there(rule.place):
            yield _(
                "“${name}”: there is nothing at ${place} now.",
                mapping={"name": rule.title, "place": rule.place},
            )


def _claimed_before(rule: Rule, before: Iterable[Rule]) -> Iterator[Message]:
    """Say which rule before one leaves nothing to it, if any does."""
    first = next((each for each in before if each.covers(rule)), None)
    if first is not None and first.title.casefold() != rule.title.casefold():
        yield _(
            "“${first}” comes before “${name}” and claims everything that it would "
            "claim. Put special rules before general ones.",
            mapping={"name": rule.title, "first": first.title},
        )


def _not_in_site(rule: Rule) -> Iterator[Message]:
    """Say what a rule names that the site doesn't have."""
    if unknown := sorted({*rule.types} - _types()):
        yield _(
            "“${name}”: this site has no content type with the id ${types}.",
            mapping={"name": rule.title, "types": ", ".join(unknown)},
        )
    if unknown := sorted({*_details(rule, "workflow")} - _transitions()):
        yield _(
            "“${name}”: no workflow of this site has a transition with the id "
            "${transitions}.",
            mapping={"name": rule.title, "transitions": ", ".join(unknown)},
        )


def _not_noticed(rule: Rule) -> Iterator[Message]:
    """Say of which events of a rule nothing is ever known."""
    kinds = {kind for kind, _detail in rule.events}
    if "viewed" in kinds and not visitor_setting("enabled"):
        yield _(
            "“${name}”: visits are not recorded, so nobody knows what is viewed.",
            mapping={"name": rule.title},
        )
    if "event" in kinds and not are_page_events_on():
        yield _(
            "“${name}”: “Events from pages” is off, so no page sends an event now.",
            mapping={"name": rule.title},
        )
    if unknown := [each for each in _details(rule, "event") if not _is_name(each)]:
        yield _(
            "“${name}”: no page can send an event with the name ${events}.",
            mapping={"name": rule.title, "events": ", ".join(unknown)},
        )


def _understood(lines: Iterable[str]) -> Iterator[Rule]:
    for line in lines:
        try:
            yield rule_of(line).within("")
        except InvalidRule:
            continue


def _types() -> set[str]:
    return {*api.portal.get_tool("portal_types").objectIds()}


def _details(rule: Rule, of: str) -> list[str]:
    return [detail for kind, detail in rule.events if kind == of and detail]


def _is_name(text: str) -> bool:
    """Can an event of a page be called that?"""
    try:
        PageEvent.of({"name": text})
    except MalformedEvent:
        return False
    return True


def _transitions() -> set[str]:
    """Return the ids of all transitions that content of this site can make."""
    workflows = api.portal.get_tool("portal_workflow").objectValues()
    return {
        name
        for workflow in workflows
        if IDCWorkflowDefinition.providedBy(workflow)
        for name in workflow.transitions.objectIds()
    }
