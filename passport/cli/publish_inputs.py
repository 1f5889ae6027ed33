"""What goes into published sets: signed documents from folders and files, each verified once more."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from matching.errors import TaxonomyFileMissing
from matching.published.documents import Named, verify_document, write_taxonomy
from matching.published.index import SetKind
from matching.signed_parts import CONTENT, MANIFEST, PUBLISHER, read_files
from passport.documents import DocumentCache
from passport.errors import PassportError
from passport.errors.documents import NotFetched
from passport.json import JsonObject, dump, parse_object
from passport.limits import PUBLISHED
from passport.terminal import read_file
from passport.verification import Context


@dataclass(frozen=True, slots=True)
class Gathered:
    """Documents of one kind, and why others stayed out: counted by the code of the rule."""

    documents: Sequence[JsonObject]
    dropped: Counter[str]
    unchecked: int
    """Taken although the publisher's key is published elsewhere: each wallet looks for itself."""


def gather_documents(kind: SetKind, sources: Iterable[bytes], now: datetime) -> Gathered:
    """The newest version of each document that holds; what does not hold is counted."""
    newest: dict[tuple[str, str], tuple[int, JsonObject]] = {}
    dropped: Counter[str] = Counter()
    unchecked = 0
    for source in sources:
        try:
            document = parse_object(source, PUBLISHED)
            try:
                named = verify_document(kind, source, Context(DocumentCache(), now))
            except NotFetched:
                unchecked += 1
                named = _as_it_says(document)
        except PassportError as error:
            dropped[error.code] += 1
            continue
        key = (named.publisher, named.id)
        if key in newest:
            dropped["older_version"] += 1
        if key not in newest or newest[key][0] < named.version:
            newest[key] = (named.version, document)
    return Gathered([document for _, document in newest.values()], dropped, unchecked)


def shipped_taxonomy() -> bytes:
    """The list of occupations and skills that this program comes with."""
    return _taxonomy(files("matching") / "data")


def taxonomy_in(folder: Path) -> bytes:
    """The one that a folder holds, as `passport taxonomy build` writes it; raises TaxonomyFileMissing."""
    if not all((folder / name).is_file() for name in (MANIFEST, CONTENT, PUBLISHER)):
        raise TaxonomyFileMissing(table=MANIFEST)
    return _taxonomy(folder)


def _taxonomy(folder: Traversable) -> bytes:
    bundle, _ = read_files(folder)
    return dump(write_taxonomy(bundle))


def documents_in(folder: Path) -> list[bytes]:
    """Every signed document in a folder, also of one that `passport profile publish` made; never an index."""
    paths = sorted(path for path in (*folder.glob("*.json"), *folder.glob("*/latest.json")))
    return [read_file(path, PUBLISHED.size) for path in paths if path.name != "index.json"]


def _as_it_says(document: JsonObject) -> Named:
    publisher = document["publisher"]
    return Named(str(document["id"]), int(document["version"]), json.dumps(publisher))
