"""Reading a DCQL query strictly (OpenID4VP 1.0, sections 6 and 7). Members that we don't know are ignored."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from passport.errors.openid4vp import MalformedDcqlQuery
from passport.json import JsonObject
from passport.openid4vp.dcql import (
    ClaimsPath,
    ClaimsQuery,
    ClaimValue,
    CredentialQuery,
    CredentialSetQuery,
    DcqlQuery,
    TrustedAuthority,
)
from passport.openid4vp.limits import DCQL

_T = TypeVar("_T")
_ID = re.compile(rf"[A-Za-z0-9_-]{{1,{DCQL.identifier}}}")


def parse_dcql(source: JsonObject) -> DcqlQuery:
    """Read a query.

    Raises:
        MalformedDcqlQuery: a member is missing, of a wrong form or beyond a limit; an id stands twice or
            names nothing; `claim_sets` without `claims`.
    """
    credentials = _list(source.get("credentials"), DCQL.credentials, _credential)
    ids = _distinct(each.id for each in credentials)
    sets = _maybe(source, "credential_sets", DCQL.credential_sets, _credential_set)
    if any(name not in ids for each in sets for option in each.options for name in option):
        raise MalformedDcqlQuery(member="credential_sets")
    return DcqlQuery(credentials, sets)


def _credential(value: Any) -> CredentialQuery:
    members = _object(value)
    meta = _object(members.get("meta"))
    claims = _maybe(members, "claims", DCQL.claims, _claim)
    ids = _distinct(each.id for each in claims if each.id is not None)
    claim_sets = _maybe(members, "claim_sets", DCQL.claim_sets, _ids(DCQL.claims))
    if claim_sets and (
        len(ids) != len(claims) or any(name not in ids for each in claim_sets for name in each)
    ):
        raise MalformedDcqlQuery(member="claim_sets")
    return CredentialQuery(
        id=_id(members.get("id")),
        format=_text(members.get("format")),
        type_values=_maybe(meta, "type_values", DCQL.types, _types),
        vct_values=_maybe(meta, "vct_values", DCQL.types, _text),
        claims=claims,
        claim_sets=claim_sets,
        trusted_authorities=_maybe(members, "trusted_authorities", DCQL.trusted_authorities, _authority),
        multiple=_flag(members, "multiple", default=False),
        require_cryptographic_holder_binding=_flag(
            members, "require_cryptographic_holder_binding", default=True
        ),
    )


def _authority(value: Any) -> TrustedAuthority:
    members = _object(value)
    return TrustedAuthority(
        _text(members.get("type")), _list(members.get("values"), DCQL.authority_values, _text)
    )


def _credential_set(value: Any) -> CredentialSetQuery:
    members = _object(value)
    return CredentialSetQuery(
        _list(members.get("options"), DCQL.options, _ids(DCQL.credentials)),
        _flag(members, "required", default=True),
    )


def _claim(value: Any) -> ClaimsQuery:
    members = _object(value)
    return ClaimsQuery(
        path=parse_claims_path(members.get("path")),
        id=_id(members["id"]) if "id" in members else None,
        values=_maybe(members, "values", DCQL.values, _value),
    )


def parse_claims_path(value: Any) -> ClaimsPath:
    """Read a claims path pointer (section 7): names, indexes from 0, and null for all elements.

    Raises:
        MalformedDcqlQuery
    """
    return _list(value, DCQL.path, _step)


def _step(value: Any) -> str | int | None:
    if value is None or (type(value) is int and value >= 0):
        return value
    if isinstance(value, str) and len(value) <= DCQL.text:
        return value
    raise MalformedDcqlQuery(member="path")


def _value(value: Any) -> ClaimValue:
    if isinstance(value, bool) or type(value) is int or (isinstance(value, str) and len(value) <= DCQL.text):
        return value
    raise MalformedDcqlQuery(member="values")


def _types(value: Any) -> tuple[str, ...]:
    return _list(value, DCQL.types, _text)


def _ids(most: int) -> Callable[[Any], tuple[str, ...]]:
    def read(value: Any) -> tuple[str, ...]:
        return _list(value, most, _id)

    return read


def _id(value: Any) -> str:
    if not isinstance(value, str) or _ID.fullmatch(value) is None:
        raise MalformedDcqlQuery(member="id")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= DCQL.text:
        raise MalformedDcqlQuery
    return value


def _flag(members: Mapping[str, Any], name: str, *, default: bool) -> bool:
    value = members.get(name, default)
    if not isinstance(value, bool):
        raise MalformedDcqlQuery(member=name)
    return value


def _object(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise MalformedDcqlQuery
    return value


def _maybe(members: Mapping[str, Any], name: str, most: int, read: Callable[[Any], _T]) -> tuple[_T, ...]:
    """A list that may be left out, and is not empty where it is there."""
    return _list(members[name], most, read) if name in members else ()


def _list(value: Any, most: int, read: Callable[[Any], _T]) -> tuple[_T, ...]:
    if not isinstance(value, list | tuple) or not 0 < len(value) <= most:
        raise MalformedDcqlQuery
    return tuple(read(each) for each in value)


def _distinct(names: Iterable[str]) -> frozenset[str]:
    listed = list(names)
    if len(set(listed)) != len(listed):
        raise MalformedDcqlQuery(member="id")
    return frozenset(listed)
