"""The build step: the publisher's files in, a signed bundle out."""

from datetime import UTC, datetime
from pathlib import Path

from matching.bundle import CONTENT, MANIFEST, PUBLISHER, Bundle, build_bundle
from matching.errors import TaxonomyFileMissing
from matching.taxonomy.dutch import read_dutch
from matching.taxonomy.esco import open_archives, read_release, versions, with_labels, with_retired
from matching.taxonomy.model import Release
from passport.dids.did_key import create_did_key
from passport.keys import Signer


def read_esco(
    folder: Path, dutch: Path | None, version: str = "", previous: str = ""
) -> tuple[Release, datetime]:
    """The release and the date of its youngest file; the newest release where none is named.

    Concepts that the release before it had are kept as retired.
    """
    found = versions(folder)
    chosen = version or (found[-1] if found else "")
    if chosen not in found:
        raise TaxonomyFileMissing(table="esco-v*-en.zip")
    older = previous or next((one for one in reversed(found[: found.index(chosen)])), "")
    archives = open_archives(folder, chosen)
    release = read_release(*archives, chosen)
    if dutch is not None:
        release = with_labels(release, "nl", read_dutch(dutch))
    if older:
        release = with_retired(release, read_release(*open_archives(folder, older), older))
    newest = max(archive.newest for archive in archives)
    return release, datetime(*newest, tzinfo=UTC)


def write_bundle(folder: Path, release: Release, *, signer: Signer, created: datetime) -> Bundle:
    """Sign a release and write its three files."""
    bundle = build_bundle(release, signer=signer, created=created)
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
