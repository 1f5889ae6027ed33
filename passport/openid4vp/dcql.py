"""DCQL, the query of OpenID4VP 1.0 (section 6), as frozen values. `parse_dcql` reads one from JSON."""

from dataclasses import dataclass

from passport.json import JsonObject

ClaimsPath = tuple[str | int | None, ...]
"""A claims path pointer (section 7): a member's name, an index, or None for all elements of an array."""
ClaimValue = str | int | bool

AUTHORITY_KEY_IDENTIFIER = "aki"


@dataclass(frozen=True, slots=True)
class TrustedAuthority:
    """Who vouches for the issuers that a verifier accepts (section 6.1.1)."""

    type: str
    """`aki`, `etsi_tl`, `openid_federation`, or a word that we don't know."""
    values: tuple[str, ...]

    def to_json(self) -> JsonObject:
        return {"type": self.type, "values": list(self.values)}


@dataclass(frozen=True, slots=True)
class ClaimsQuery:
    """One claim, or the same one in each element of an array (section 6.3)."""

    path: ClaimsPath
    id: str | None = None
    values: tuple[ClaimValue, ...] = ()
    """The values that will do; none for any."""

    def to_json(self) -> JsonObject:
        written: JsonObject = {} if self.id is None else {"id": self.id}
        written["path"] = list(self.path)
        if self.values:
            written["values"] = list(self.values)
        return written


@dataclass(frozen=True, slots=True)
class CredentialQuery:
    """A credential that is asked for (section 6.1)."""

    id: str
    format: str
    type_values: tuple[tuple[str, ...], ...] = ()
    """Of W3C formats (appendix B.1.1): all expanded types of one of these must be there; none for any."""
    vct_values: tuple[str, ...] = ()
    """Of dc+sd-jwt (appendix B.3.5): the types that will do; none for any."""
    claims: tuple[ClaimsQuery, ...] = ()
    """None: whatever can be left out stays."""
    claim_sets: tuple[tuple[str, ...], ...] = ()
    """Combinations of claims by id, the best liked first; none for all claims."""
    trusted_authorities: tuple[TrustedAuthority, ...] = ()
    multiple: bool = False
    """Whether more than one credential may be shown for it."""
    require_cryptographic_holder_binding: bool = True

    def to_json(self) -> JsonObject:
        meta: JsonObject = {}
        if self.type_values:
            meta["type_values"] = [list(each) for each in self.type_values]
        if self.vct_values:
            meta["vct_values"] = list(self.vct_values)
        written: JsonObject = {"id": self.id, "format": self.format, "meta": meta}
        if self.multiple:
            written["multiple"] = True
        if not self.require_cryptographic_holder_binding:
            written["require_cryptographic_holder_binding"] = False
        if self.trusted_authorities:
            written["trusted_authorities"] = [each.to_json() for each in self.trusted_authorities]
        if self.claims:
            written["claims"] = [each.to_json() for each in self.claims]
        if self.claim_sets:
            written["claim_sets"] = [list(each) for each in self.claim_sets]
        return written


@dataclass(frozen=True, slots=True)
class CredentialSetQuery:
    """A use for which one of several sets of credentials will do (section 6.2)."""

    options: tuple[tuple[str, ...], ...]
    """Each names credential queries by id; the first is the best liked."""
    required: bool = True

    def to_json(self) -> JsonObject:
        written: JsonObject = {"options": [list(each) for each in self.options]}
        if not self.required:
            written["required"] = False
        return written


@dataclass(frozen=True, slots=True)
class DcqlQuery:
    """What a verifier asks (section 6). Without `credential_sets` it asks for every one of `credentials`."""

    credentials: tuple[CredentialQuery, ...]
    credential_sets: tuple[CredentialSetQuery, ...] = ()

    def credential(self, query_id: str) -> CredentialQuery | None:
        return next((each for each in self.credentials if each.id == query_id), None)

    def to_json(self) -> JsonObject:
        written: JsonObject = {"credentials": [each.to_json() for each in self.credentials]}
        if self.credential_sets:
            written["credential_sets"] = [each.to_json() for each in self.credential_sets]
        return written
