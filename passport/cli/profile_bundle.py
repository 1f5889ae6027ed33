"""A folder of published function profiles: one folder with versions for each, and the index of all."""

from pathlib import Path

from passport.cli.published import LATEST, Version, check_folder, publish, replace_file
from passport.clock import utc_now
from passport.documents import DocumentCache, Fetched
from passport.evidence.bundle import INDEX, parse_bundle, write_bundle
from passport.evidence.profile import FunctionProfile, parse_function_profile
from passport.json import JsonObject, dump
from passport.limits import PUBLISHED
from passport.terminal import read_file

_HERE = "https://folder.invalid"
"""The address that files of a folder get while they are read; nothing is ever fetched from `.invalid`."""


def add_to_bundle(folder: Path, name: str, version: Version, profile: FunctionProfile) -> JsonObject:
    """Publish a version in its own folder, and name the newest of all in the index.

    Raises:
        PublishedAlready, PublishedFolderDamaged, TooLarge: as `published.publish`.
        MalformedProfileBundle: the index that stands there is none, or has no room.
    """
    index = folder / INDEX
    if index.exists():
        parse_bundle(read_file(index, PUBLISHED.size))
    entry = publish(folder / name, version)
    listed = []
    for place in sorted(path.parent for path in folder.glob(f"*/{LATEST}")):
        newest = check_folder(place)["latest"]
        source = read_file(place / LATEST)
        listed.append((f"{place.name}/versions/{newest}.json", parse_function_profile(source), source))
    replace_file(index, dump(write_bundle(listed)))
    return {"id": profile.id, **entry, "file": f"{name}/{entry['file']}"}


def bundle_documents(where: str) -> tuple[str, DocumentCache]:
    """The address of an index, and the files that are at hand: of a folder all that its index names."""
    if where.startswith(("https://", "http://")):
        return (where if where.endswith(".json") else f"{where.rstrip('/')}/{INDEX}"), DocumentCache()
    folder, cache, now = Path(where), DocumentCache(), utc_now()
    source = read_file(folder / INDEX, PUBLISHED.size)
    cache.put(Fetched(f"{_HERE}/{INDEX}", source, now))
    for item in parse_bundle(source):
        path = folder / item.file
        if path.is_file():
            cache.put(Fetched(f"{_HERE}/{item.file}", read_file(path), now))
    return f"{_HERE}/{INDEX}", cache
