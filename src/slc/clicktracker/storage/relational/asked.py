"""Methods of a storage that ask a question."""

from collections.abc import Callable
from functools import wraps
from slc.clicktracker.storage.relational.site_transaction import SiteTransaction
from typing import Any
from typing import Concatenate
from typing import ParamSpec
from typing import TypeVar


Transaction = TypeVar("Transaction", bound=SiteTransaction)
Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


def asked(
    kind: type[Transaction], question: Callable[Concatenate[Transaction, Asked], Answer]
) -> Callable[Concatenate[Any, Asked], Answer]:
    """Return the method of a ``RelationalStorage`` that asks a question with a connection
    of its own."""

    @wraps(question)
    def ask(self: Any, *arguments: Asked.args, **named: Asked.kwargs) -> Answer:
        with self._reading() as connection:
            return question(self._within(kind, connection), *arguments, **named)

    return ask
