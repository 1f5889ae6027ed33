"""Function profiles published together, as files that any web server can serve: an index and what it names.

The index is not signed, each profile is. So whoever serves the files can leave a profile out, and can't put
one in another's name; who remembers which versions it saw is not led back to an older one.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from passport import limits
from passport.clock import format_datetime
from passport.encoding import check_digest_multibase, digest_multibase
from passport.errors import PassportError
from passport.errors.evidence import FunctionProfileRollback, MalformedProfileBundle, ProfileNotAsListed
from passport.evidence.demand import Purpose
from passport.evidence.profile import FunctionProfile, verify_function_profile
from passport.json import JsonObject, parse_object
from passport.statements import Members
from passport.verification import Context

TYPE = "FunctionProfileBundle"
INDEX = "index.json"
_FILE = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?/(?:versions/)?[1-9][0-9]{0,8}(?:\.json)?")
_NONE: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class BundleItem:
    """What an index says of one profile; true once the profile itself was read."""

    id: str
    version: int
    name: Mapping[str, str]
    purpose: Purpose
    file: str
    """Its place beside the index."""
    digest: str
    occupation: str | None = None


@dataclass(frozen=True, slots=True)
class Bundled:
    """One profile of a bundle, or why it could not be taken."""

    item: BundleItem
    profile: FunctionProfile | None
    error: PassportError | None


def parse_bundle(source: bytes | JsonObject) -> tuple[BundleItem, ...]:
    """Read an index strictly; no profile twice.

    Raises:
        MalformedProfileBundle: a member that is missing, unknown or of the wrong form.
        MalformedJson, JsonTooLarge, JsonTooDeep, NotAnObject: no JSON object of ours.
    """
    document = parse_object(source, limits.PUBLISHED) if isinstance(source, bytes) else source
    members = Members(document, MalformedProfileBundle)
    members.constant("type", TYPE)
    listed = members.nested_list("profiles", least=0, most=limits.TRUST.profiles)
    items = tuple(_item(each) for each in listed)
    members.close()
    if len({item.id for item in items}) != len(items) or len({item.file for item in items}) != len(items):
        raise members.refuse("profiles")
    return items


def _item(members: Members) -> BundleItem:
    item = BundleItem(
        id=members.url("id"),
        version=members.integer("version"),
        name=members.names("name"),
        purpose=members.word("purpose", Purpose),
        file=members.text("file"),
        digest=members.text("digestMultibase"),
        occupation=members.maybe("occupation", members.url),
    )
    members.text("validUntil")
    members.close()
    if not _FILE.fullmatch(item.file):
        raise members.refuse("file")
    return item


def write_bundle(profiles: Sequence[tuple[str, FunctionProfile, bytes]]) -> JsonObject:
    """The index of some profiles: for each its file's place, the profile, and the file.

    Raises:
        MalformedProfileBundle: it would not be read back.
    """
    document: JsonObject = {"type": TYPE, "profiles": [_write(*each) for each in profiles]}
    parse_bundle(document)
    return document


def _write(file: str, profile: FunctionProfile, source: bytes) -> JsonObject:
    return {
        "id": profile.id,
        "version": profile.version,
        "name": dict(profile.name),
        "purpose": str(profile.purpose),
        **({} if profile.occupation is None else {"occupation": profile.occupation}),
        "validUntil": format_datetime(profile.valid_until),
        "file": file,
        "digestMultibase": digest_multibase(source),
    }


def read_bundle(
    address: str,
    *,
    context: Context,
    expected_publishers: Collection[str] | None = None,
    known_versions: Mapping[str, int] = _NONE,
) -> tuple[Bundled, ...]:
    """Read and verify every profile of a bundle; one that can't be taken stands there with the reason.

    Args:
        address: of the index. The profiles lie beside it.
        context: documents and moment; what is missing is noted there, to be fetched.
        expected_publishers: DIDs that are accepted; None accepts whoever it proves to be.
        known_versions: the newest version of each profile that was seen before, by id.

    Raises:
        NotFetched: the index is not at hand.
        MalformedProfileBundle: it is none.
    """
    items = parse_bundle(context.documents.get(address).body)
    beside = address.rpartition("/")[0]
    found = []
    for item in items:
        try:
            source = context.documents.get(f"{beside}/{item.file}").body
            profile = _verified(item, source, context, expected_publishers)
            if profile.version < known_versions.get(profile.id, 0):
                raise FunctionProfileRollback
            found.append(Bundled(item, profile, None))
        except PassportError as error:
            found.append(Bundled(item, None, error))
    return tuple(found)


def _verified(
    item: BundleItem, source: bytes, context: Context, publishers: Collection[str] | None
) -> FunctionProfile:
    check_digest_multibase(source, item.digest)
    profile = verify_function_profile(source, context=context, expected_publishers=publishers)
    if (profile.id, profile.version) != (item.id, item.version):
        raise ProfileNotAsListed
    return profile
