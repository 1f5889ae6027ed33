"""Write something that several may write at once: the first one counts, and all of them get it."""

from typing import TypeVar

from beanie import Document
from pymongo.errors import DuplicateKeyError

D = TypeVar("D", bound=Document)


async def first_of(document: D) -> D:
    """Write it, or return the one that is there under its id: the caller tells whether it says the same."""
    try:
        return await document.insert()
    except DuplicateKeyError:
        found = await type(document).get(document.id)
        assert found is not None
        return found
