"""Fields of the settings about visits, of the kinds that there are several of."""

from typing import Any
from zope import schema
from zope.i18nmessageid import Message
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary


def lines(**options: Any) -> schema.Tuple:
    """Return a field for texts, one in each line."""
    return schema.Tuple(
        value_type=schema.TextLine(),
        default=(),
        missing_value=(),
        required=False,
        **options,
    )


def choice(options: dict[str, Message], **others: Any) -> schema.Choice:
    """Return a field for one of the values, which have titles. The first is the default."""
    terms = [SimpleTerm(value, value, title) for value, title in options.items()]
    return schema.Choice(
        vocabulary=SimpleVocabulary(terms), default=terms[0].value, **others
    )
