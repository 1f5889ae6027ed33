"""Open the store that the settings name, ready for beanie."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from beanie import Document, init_beanie
from bson.codec_options import CodecOptions
from pymongo import AsyncMongoClient
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import ConfigurationError, PyMongoError

from passport.errors.storage import StoreAddress, StoreUnavailable
from passport.storage.embedded import EmbeddedStore
from passport.storage.once import Once

EMBEDDED = "embedded"
DATABASE = "passport"
_SELECTION_MS = 5_000
"""How long a request waits for a store that restarts, before it gets a 503."""


@dataclass(frozen=True, slots=True)
class Connection:
    """An open store; close it by leaving the context of `connect`."""

    client: AsyncMongoClient[dict[str, Any]]
    database: AsyncDatabase[dict[str, Any]]
    embedded: EmbeddedStore | None

    async def check(self) -> None:
        """Raises StoreUnavailable when the store doesn't answer."""
        try:
            await self.database.command("ping")
        except PyMongoError:
            raise StoreUnavailable from None


@asynccontextmanager
async def connect(
    uri: str, data_directory: Path, models: Sequence[type[Document]]
) -> AsyncIterator[Connection]:
    """Open the store and prepare `models` (and Once) for use.

    Args:
        uri: `mongodb://…` or `mongodb+srv://…`, whose path may name the database, or `embedded`.
        data_directory: where the embedded store keeps its files; made with mode 0700.
        models: every beanie document class that will be used.

    Raises:
        StoreAddress: `uri` is of neither kind.
        StoreInUse: another process holds the data directory.
        StoreUnavailable: the store can't be reached.
    """
    if uri == EMBEDDED:
        async with EmbeddedStore(data_directory) as store, _opened(store.uri, models, store) as connection:
            yield connection
    elif urlsplit(uri).scheme in {"mongodb", "mongodb+srv"}:
        async with _opened(uri, models, None) as connection:
            yield connection
    else:
        raise StoreAddress


@asynccontextmanager
async def _opened(
    uri: str, models: Sequence[type[Document]], embedded: EmbeddedStore | None
) -> AsyncIterator[Connection]:
    try:
        client: AsyncMongoClient[dict[str, Any]] = AsyncMongoClient(
            uri,
            serverSelectionTimeoutMS=_SELECTION_MS,
            tz_aware=True,
            w="majority",
            journal=True,
        )
        database = client.get_default_database(DATABASE, codec_options=CodecOptions(tz_aware=True))
    except (ConfigurationError, ValueError):
        raise StoreAddress from None
    try:
        try:
            await init_beanie(database=database, document_models=[Once, *models])
        except PyMongoError:
            raise StoreUnavailable from None
        yield Connection(client, database, embedded)
    finally:
        await client.close()
