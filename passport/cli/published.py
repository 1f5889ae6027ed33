"""A folder in which the versions of one signed document are published: any web server can serve it.

    latest.json             the newest version, at the address that the document itself names
    versions/<number>.json  every version as it was signed
    index.json              which versions there are, with their digests

Nothing is overwritten and no version goes back. The index is not signed: each version is.
"""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from passport import limits
from passport.clock import format_datetime
from passport.encoding import check_digest_multibase, digest_multibase
from passport.errors import Conflict, Invalid, PassportError, TooLarge
from passport.json import JsonObject, dump, parse_object

TYPE = "PublishedVersions"
INDEX, LATEST, VERSIONS = "index.json", "latest.json", "versions"
_INDEX_JSON = limits.JsonLimits(size=8_388_608, array=limits.TRUST.versions)


class PublishedAlready(Conflict):
    code = "published_already"
    sentence = "This version, or a later one, is published there already. Give the new one a higher version."


class PublishedFolderDamaged(Invalid):
    code = "published_folder_damaged"
    sentence = "The folder's index does not fit its files, or is about another document. Nothing was changed."


@dataclass(frozen=True, slots=True)
class Version:
    """One signed version, ready to be published."""

    id: str
    version: int
    source: bytes
    valid_from: datetime
    valid_until: datetime


def publish(folder: Path, new: Version) -> JsonObject:
    """Add a version to a folder; what the index then says of it.

    The version's own file comes first, and is made once; `latest.json` and the index are replaced whole. The
    very same version again changes nothing but what a crash left undone.

    Raises:
        PublishedAlready: this version with another content, or an older one than the newest.
        PublishedFolderDamaged: the index is not one, or not about this document.
        TooLarge: more versions than an index holds.
    """
    (folder / VERSIONS).mkdir(parents=True, exist_ok=True)
    index = _read_index(folder, new.id)
    listed = {each["version"]: each for each in index["versions"]}
    if index["versions"] and new.version < index["latest"]:
        raise PublishedAlready(latest=index["latest"])
    entry = {
        "version": new.version,
        "file": f"{VERSIONS}/{new.version}.json",
        "digestMultibase": digest_multibase(new.source),
        "validFrom": format_datetime(new.valid_from),
        "validUntil": format_datetime(new.valid_until),
    }
    if listed.get(new.version, entry) != entry:
        raise PublishedAlready(latest=index["latest"])
    if new.version not in listed and len(listed) >= limits.TRUST.versions:
        raise TooLarge(limit=limits.TRUST.versions)
    _write_once(folder / str(entry["file"]), new.source, index["latest"])
    replace_file(folder / LATEST, new.source)
    listed[new.version] = entry
    versions = [listed[version] for version in sorted(listed)]
    replace_file(
        folder / INDEX,
        dump({"type": TYPE, "id": new.id, "latest": new.version, "versions": versions}),
    )
    return entry


def check_folder(folder: Path) -> JsonObject:
    """The index of a folder whose files are all there, with the digests that it says.

    Raises:
        PublishedFolderDamaged: they are not.
    """
    index = _read_index(folder, None)
    try:
        for each in index["versions"]:
            check_digest_multibase(_read(folder / each["file"]), each["digestMultibase"])
            if each["version"] == index["latest"]:
                check_digest_multibase(_read(folder / LATEST), each["digestMultibase"])
    except (PassportError, OSError):
        raise PublishedFolderDamaged from None
    return index


def replace_file(path: Path, data: bytes) -> None:
    """Put a file in the place of an older one, whole or not at all."""
    beside = path.with_name(f".{path.name}.new")
    with beside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def _write_once(path: Path, data: bytes, latest: int) -> None:
    """Two who publish one version at once do not both get their way."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_bytes(data)
    try:
        os.link(beside, path)
    except FileExistsError:
        if _read(path) != data:
            raise PublishedAlready(latest=latest) from None
    finally:
        beside.unlink()


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        data = file.read(limits.PUBLISHED.size + 1)
    if len(data) > limits.PUBLISHED.size:
        raise TooLarge(limit=limits.PUBLISHED.size)
    return data


def _read_index(folder: Path, document: str | None) -> JsonObject:
    path = folder / INDEX
    if document is not None and not path.exists():
        return {"type": TYPE, "id": document, "latest": 0, "versions": []}
    try:
        index = parse_object(_read(path), _INDEX_JSON)
    except (PassportError, OSError):
        raise PublishedFolderDamaged from None
    if not _well_formed(index) or (document is not None and index["id"] != document):
        raise PublishedFolderDamaged
    return index


def _well_formed(index: JsonObject) -> bool:
    versions = index.get("versions")
    return (
        index.get("type") == TYPE
        and isinstance(index.get("id"), str)
        and isinstance(versions, list)
        and all(map(_is_version, versions))
        and index.get("latest") == max((each["version"] for each in versions), default=0)
    )


def _is_version(each: object) -> bool:
    return (
        isinstance(each, dict)
        and type(number := each.get("version")) is int
        and number > 0
        and each.get("file") == f"{VERSIONS}/{number}.json"
        and isinstance(each.get("digestMultibase"), str)
    )
