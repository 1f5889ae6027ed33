"""The build step: the publisher's files in, a signed bundle out, and the way back to the one before."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from matching.bundle import CONTENT, MANIFEST, PUBLISHER, Bundle, build_bundle, build_delta
from matching.errors import TaxonomyFileMissing
from matching.taxonomy.archive import Archive
from matching.taxonomy.dutch import read_dutch
from matching.taxonomy.esco import open_archives, read_release, versions
from matching.taxonomy.labels import Labels, joined, read_labels, with_labels
from matching.taxonomy.model import Release
from matching.taxonomy.successors import with_retired
from passport.dids.did_key import create_did_key
from passport.keys import Signer

PREVIOUS = "previous"
"""The folder of the release before, inside that of the bundle."""


@dataclass(frozen=True, slots=True)
class Releases:
    """A release with all labels, the one before it where there is one, and the date of the youngest file."""

    newer: Release
    older: Release | None
    newest: datetime


def read_releases(
    folder: Path,
    dutch: Path | None,
    version: str = "",
    previous: str = "",
    *,
    dutch_archive: Path | None = None,
) -> Releases:
    """Read a release, the newest where none is named, and the one before it.

    Concepts that the older one had are kept as retired. The labels of the publisher's own Dutch archive go
    before those of the tables.
    """
    found = versions(folder)
    chosen = version or (found[-1] if found else "")
    if chosen not in found:
        raise TaxonomyFileMissing(table="esco-v*-en.zip")
    archives = open_archives(folder, chosen)
    release = read_release(*archives, chosen)
    dropped = Counter(release.dropped)
    labels = _dutch_labels(dutch, dutch_archive, dropped)
    release = replace(_labelled(release, labels), dropped=dict(sorted(dropped.items())))
    newest = datetime(*max(archive.newest for archive in archives), tzinfo=UTC)
    before = previous or release_before(folder, chosen)
    if not before:
        return Releases(release, None, newest)
    older = _labelled(read_release(*open_archives(folder, before), before), labels)
    return Releases(with_retired(release, older), older, newest)


def _labelled(release: Release, labels: Labels | None) -> Release:
    return release if labels is None else with_labels(release, "nl", labels)


def release_before(folder: Path, version: str) -> str:
    """The release before one, of those in a folder; empty where there is none."""
    found = versions(folder)
    return next(reversed(found[: found.index(version)]), "") if version in found else ""


def _dutch_labels(tables: Path | None, archive: Path | None, dropped: Counter[str]) -> Labels | None:
    found = None if tables is None else read_dutch(tables)
    if archive is None:
        return found
    own = read_labels(Archive(archive), "nl", dropped)
    return own if found is None else joined(own, found)


def write_bundle(
    folder: Path, release: Release, *, signer: Signer, created: datetime, older: Release | None = None
) -> Bundle:
    """Sign a release and write its files; beside it, by the same key, the way back to `older`."""
    bundle = build_bundle(release, signer=signer, created=created)
    if older is not None:
        write_files(folder / PREVIOUS, build_delta(older, release, signer=signer, created=created), signer)
    write_files(folder, bundle, signer)
    return bundle


def write_files(folder: Path, bundle: Bundle, signer: Signer) -> None:
    """Write a bundle's three files; the manifest last, so that a crash leaves no false pair."""
    folder.mkdir(parents=True, exist_ok=True)
    _replace(folder / CONTENT, bundle.content)
    _replace(folder / PUBLISHER, create_did_key(signer.public_key).encode() + b"\n")
    _replace(folder / MANIFEST, bundle.manifest)


def _replace(path: Path, data: bytes) -> None:
    temporary = path.with_name(f"{path.name}.new")
    temporary.write_bytes(data)
    temporary.replace(path)
