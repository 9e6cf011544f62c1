"""The fields of content that its readers see."""

from Acquisition import aq_base
from collections.abc import Callable
from collections.abc import Iterator
from plone.app.dexterity.behaviors.metadata import IBasic
from plone.app.textfield.interfaces import IRichTextValue
from plone.dexterity.utils import iterSchemata
from slc.clicktracker.versions.canonical import canonical
from typing import Any
from ZODB.POSException import ConflictError
from zope.interface import Interface
from zope.schema import getFieldsInOrder
from zope.schema.interfaces import IField


#: Fields of these are about the content, or switches, and not what it says. By name,
#: as a site need not have all of them.
_METADATA = frozenset(
    {
        "plone.app.contenttypes.behaviors.tableofcontents.ITableOfContents",
        "plone.app.contenttypes.behaviors.thumb_icon.IThumbIconHandling",
        "plone.app.dexterity.behaviors.exclfromnav.IExcludeFromNavigation",
        "plone.app.dexterity.behaviors.id.IShortName",
        "plone.app.dexterity.behaviors.metadata.ICategorization",
        "plone.app.dexterity.behaviors.metadata.IOwnership",
        "plone.app.dexterity.behaviors.metadata.IPublication",
        "plone.app.dexterity.behaviors.nextprevious.INextPreviousToggle",
        "plone.app.discussion.behavior.IAllowDiscussion",
        "plone.app.versioningbehavior.behaviors.IVersionable",
    }
)

#: The module that schemas of types seem to be in that were made in the site.
_MADE_HERE = "plone.dexterity.schema.generated"


def visible_values(content: Any) -> dict[str, Any]:
    """Return what readers see of each field, by its name: where it is equal in two versions of
    content, that shows the same. What can't be read is equal to nothing."""
    found = {}
    for name, form, error in read_fields(content, canonical_form):
        found[name.rpartition(".")[2]] = form if error is None else object()
    return found


def canonical_form(value: Any, _field: IField) -> Any:
    """Return what is the same whenever readers see the same."""
    return canonical(value)


def read_fields(
    content: Any, made: Callable[[Any, IField], Any]
) -> Iterator[tuple[str, Any, Exception | None]]:
    """Return the fields that readers see, by dotted name, each with what a function makes
    of its value; where that can't be read, with None and why."""
    for name, schema, field in _fields(content):
        try:
            found, error = made(_value(content, schema, field), field), None
        except ConflictError:
            raise
        except Exception as why:
            found, error = None, why
        yield name, found, error


def _fields(content: Any) -> Iterator[tuple[str, Interface, IField]]:
    """Return the fields that readers see, by dotted name, each once."""
    seen = set()
    for schema in iterSchemata(content):
        for name, field in getFieldsInOrder(schema):
            # A schema may take fields from others, as that of Dublin Core does.
            origin = _lasting_name(field.interface or schema)
            dotted = f"{origin}.{name}"
            if origin not in _METADATA and dotted not in seen:
                seen.add(dotted)
                yield dotted, schema, field


def _lasting_name(schema: Interface) -> str:
    """Return the name of a schema that stays.

    One that was made in the site has a name that changes whenever anything about its
    type does, which would leave all readers of all its content behind.
    """
    module = schema.__module__
    return _MADE_HERE if module == _MADE_HERE else schema.__identifier__


def _value(content: Any, schema: Interface, field: IField) -> Any:
    """Return the value of a field, None where it is empty or at its default."""
    # To adapt to Dublin Core names a creator where there is none, which is a write.
    is_basic = field.interface is IBasic
    keeper = content if is_basic else schema(content, None)
    if keeper is None:
        return None
    if field.defaultFactory is not None:
        own = aq_base(keeper)
        if own is aq_base(content) and field.__name__ not in own.__dict__:
            # A default that is made anew, perhaps from the time.
            return None
    value = getattr(keeper, field.__name__, None)
    text = value.raw if IRichTextValue.providedBy(value) else value
    if text is None or (hasattr(text, "__len__") and not len(text)):
        return None
    is_default = field.defaultFactory is None and value == field.default
    return None if is_default else value
