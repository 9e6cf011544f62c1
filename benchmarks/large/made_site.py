"""The made-up site in Plone: members, groups, folders, documents, and who is expected.

Everything goes the way that it goes in a site, but what asks for each of 10,000 members
whether there is one of that name already. Documents have no workflow of their own:
who may view them is decided by their folder.
"""

from benchmarks.large.made_accesses import UNTIL
from benchmarks.large.population import Folder
from benchmarks.large.population import GROUPS
from benchmarks.large.population import MANAGER
from benchmarks.large.population import Paper
from benchmarks.large.population import PEOPLE
from benchmarks.large.population import Population
from benchmarks.large.population import ROLES
from benchmarks.large.population import SECRETARY
from benchmarks.large.population import TOP
from collections.abc import Callable
from DateTime import DateTime
from plone import api
from plone.app.textfield.value import RichTextValue
from plone.dexterity.utils import addContentToContainer
from plone.dexterity.utils import createContent
from plone.namedfile.file import NamedBlobFile
from plone.uuid.interfaces import ATTRIBUTE_NAME
from Products.PlonePAS.sheet import MutablePropertySheet
from random import Random
from slc.clicktracker.audience.exceptions import excuse
from slc.clicktracker.audience.rules import AudienceRule
from slc.clicktracker.audience.rules import choose_audience
from slc.clicktracker.declarations import declarations
from slc.clicktracker.storage.model import Reader
from slc.clicktracker.storage.model import Version
from slc.clicktracker.tracking.choice import Choice
from slc.clicktracker.tracking.choice import choose
from slc.clicktracker.versions.visible import visible_version
from typing import Any
from unittest.mock import patch


#: Documents between two commits.
_AT_ONCE = 500

_WORDS = (
    "the ministry asks all members to read what has been decided about rooms paper "
    "heating travel leave safety data contracts archives and whom to ask about it"
)

#: No password is this; nobody logs in with one.
_NO_PASSWORD = "{SSHA}" + "0" * 44


def make_site(
    population: Population, commit: Callable[[], Any] = lambda: None
) -> dict[str, Version]:
    """Fill the current site, as a manager; return the versions of documents by UID."""
    _add_people(population)
    _add_groups(population)
    commit()
    # Whoever has made a document works on it, and is not expected to read it.
    with (
        api.env.adopt_user(username=MANAGER),
        patch.object(declarations, "utc_now", lambda: UNTIL),
    ):
        top = _add_top()
        folders = {each.path: _add_folder(top, each) for each in population.folders}
        commit()
        versions = {}
        there = [paper for paper in population.papers if not paper.is_deleted]
        for number, paper in enumerate(there, 1):
            made = _add_paper(folders[paper.folder.path], paper)
            versions[paper.uid] = visible_version(made)
            if number % _AT_ONCE == 0:
                commit()
    commit()
    return versions


def _add_people(population: Population) -> None:
    people = [*population.members, (SECRETARY, "Board Secretary"), (MANAGER, "Manager")]
    folder = api.portal.get()["acl_users"]
    accounts, properties = folder["source_users"], folder["mutable_properties"]
    schema = tuple(properties._getSchema(False))
    for user, name in people:
        accounts.addUser(user, user, _NO_PASSWORD)
        found = folder.getUserById(user)
        values = {"fullname": name, "email": f"{user}@example.org"}
        sheet = MutablePropertySheet("mutable_properties", schema, **values)
        properties.setPropertiesForUser(found, sheet)
    api.user.grant_roles(username=MANAGER, roles=["Manager"])


def _add_groups(population: Population) -> None:
    tool = api.portal.get_tool("portal_groups")
    for group in population.groups:
        tool.addGroup(group.id, title=group.title)
    placed = api.portal.get()["acl_users"]["source_groups"]
    for group in population.groups:
        if group.parent:
            placed.addPrincipalToGroup(group.id, group.parent)
    for user, group in population.group_of.items():
        placed.addPrincipalToGroup(user, group)


def _add_top() -> Any:
    site = api.portal.get()
    workflows = api.portal.get_tool("portal_workflow")
    workflows.setChainForPortalTypes(("Document", "File"), ())
    top = api.content.create(site, "Folder", TOP, "Intranet")
    api.content.transition(top, "publish")
    choose(top, Choice.TRACK)
    top.manage_setLocalRoles(SECRETARY, ["Editor", "Tracking Manager"])
    top.reindexObjectSecurity()
    return top


def _add_folder(top: Any, folder: Folder) -> Any:
    container, name = top, folder.path
    if "/" in name:
        area, _slash, name = name.partition("/")
        if area not in top:
            made = api.content.create(top, "Folder", area, area.title())
            api.content.transition(made, "publish")
        container = top[area]
    made = api.content.create(container, "Folder", name, folder.title)
    if folder.is_private:
        for group in folder.groups:
            made.manage_setLocalRoles(group, ["Reader"])
        made.reindexObjectSecurity()
    else:
        api.content.transition(made, "publish")
    rule = _rule(folder)
    if rule is not None:
        choose_audience(made, rule)
    return made


def _rule(folder: Folder) -> AudienceRule | None:
    if folder.kind == GROUPS:
        return AudienceRule(False, groups=folder.groups)
    if folder.kind == ROLES:
        return AudienceRule(False, roles=("Reader",))
    if folder.kind == PEOPLE:
        return AudienceRule(False, users=tuple(map(Reader, folder.people)))
    return None


def _add_paper(container: Any, paper: Paper) -> Any:
    text = _text(paper)
    if paper.is_file:
        data = NamedBlobFile(text.encode(), "text/plain", f"{paper.id}.txt")
        content = createContent("File", title=paper.title, file=data)
    else:
        value = RichTextValue(text, "text/html", "text/x-html-safe")
        content = createContent("Document", title=paper.title, text=value)
    content.id = paper.id
    setattr(content, ATTRIBUTE_NAME, paper.uid)
    made = addContentToContainer(container, content, checkConstraints=False)
    # Lists are sorted by that, and have to be the same each time.
    made.setModificationDate(DateTime(UNTIL) - int(paper.uid[:4], 16) / 200)
    for user in paper.excused:
        excuse(made, Reader(user), "On leave until the end of the year.")
    return made


def _text(paper: Paper) -> str:
    """Return so many words, which no other paper has in this order."""
    random = Random(paper.uid)  # noqa: S311 (only made up)
    words = random.choices(_WORDS.split(), k=paper.words)
    return f"<p>{' '.join(words)}</p>"
