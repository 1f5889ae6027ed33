"""A folder of published sets: files first, the index last, so that a reader never sees half."""

from datetime import datetime
from pathlib import Path

from matching.published.errors import PublishedByAnother, PublishedSetsDamaged
from matching.published.index import FILES, INDEX, File, Index, read_index, sign_index
from matching.published.limits import INDEX_JSON, PUBLISHED_SETS
from matching.published.making import Plan
from matching.published.packing import check
from passport.cli.published import replace_file
from passport.dids.did_key import create_did_key
from passport.errors import PassportError
from passport.keys import Signer
from passport.terminal import read_file


def index_in(folder: Path, signer: Signer, now: datetime) -> Index | None:
    """What the folder publishes now; None for a new one.

    Raises:
        PublishedSetsDamaged, PublishedByAnother
    """
    path = folder / INDEX
    if not path.exists():
        return None
    try:
        found = read_index(read_file(path, INDEX_JSON.size), now=now)
    except PassportError:
        raise PublishedSetsDamaged from None
    if found.publisher != create_did_key(signer.public_key):
        raise PublishedByAnother
    return found


def read_published(folder: Path, file: File) -> bytes:
    """A file of a folder, with the digest that its index says; raises PublishedSetsDamaged."""
    try:
        data = read_file(folder / file.place, PUBLISHED_SETS.file)
        check(data, file.digest)
    except (PassportError, OSError):
        raise PublishedSetsDamaged from None
    return data


def write_plan(folder: Path, plan: Plan, before: Index | None, signer: Signer) -> None:
    """Put a plan into the folder: new files, then the index by rename, then what nobody asks for any more.

    Whoever read the index before this one still finds its files: they go one publication later.
    """
    if not plan.changed:
        return
    (folder / FILES).mkdir(parents=True, exist_ok=True)
    for place, data in plan.files.items():
        if not (folder / place).exists():
            replace_file(folder / place, data)
    replace_file(folder / INDEX, sign_index(plan.index, signer))
    kept = plan.index.places | (before.places if before is not None else frozenset())
    for path in (folder / FILES).iterdir():
        if f"{FILES}/{path.name}" not in kept:
            path.unlink()
