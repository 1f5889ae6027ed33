"""One kind of credential that an issuer has, in one form (OpenID4VCI 1.0, section 12.2.4 and appendix A)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from passport.credentials import Form
from passport.json import JsonObject
from passport.openid4vc.claims_description import ClaimDescription, parse_claims
from passport.openid4vc.display import Display, parse_display
from passport.openid4vc.limits import VCI

PROOF_ALGORITHMS = ("EdDSA", "Ed25519", "ES256", "ES384")
DID_BINDINGS = ("did:key", "did:jwk")


@dataclass(frozen=True, slots=True)
class KeyAttestationsRequired:
    """That keys must be attested, and how well they must be kept (section 12.2.4; values: appendix D.2)."""

    key_storage: tuple[str, ...] = ()
    user_authentication: tuple[str, ...] = ()

    def to_json(self) -> JsonObject:
        both = {"key_storage": self.key_storage, "user_authentication": self.user_authentication}
        return {name: list(values) for name, values in both.items() if values}


@dataclass(frozen=True, slots=True)
class CredentialConfiguration:
    """A kind of credential in one form (appendix A.1.1 jwt_vc_json, A.1.2 ldp_vc, A.3 dc+sd-jwt).

    The specification has no appendix for `vc+sd-jwt`: it is written as jwt_vc_json is, as the field does.
    """

    id: str
    name: str
    contexts: tuple[str, ...]
    types: tuple[str, ...]
    proof_algorithms: tuple[str, ...] = PROOF_ALGORITHMS
    form: Form = Form.LDP_VC
    signing_algorithms: tuple[str, ...] = ()
    """Cryptosuites for ldp_vc, JWS algorithms for the others; empty where the issuer does not say."""
    vct: str | None = None
    """The type of a dc+sd-jwt, which has no `types`."""
    scope: str | None = None
    """What a wallet may ask for at the authorization server instead of naming the configuration."""
    display: tuple[Display, ...] = ()
    claims: tuple[ClaimDescription, ...] = ()
    key_attestations_required: KeyAttestationsRequired | None = None
    attestation_algorithms: tuple[str, ...] = ()
    """Of the proof type `attestation`; empty where it is not taken."""
    bindings: tuple[str, ...] = DID_BINDINGS
    """What a credential is bound to: `jwk`, or DIDs by their method; empty where the issuer does not say."""

    def to_json(self) -> JsonObject:
        written: JsonObject = {
            "format": str(self.form),
            "proof_types_supported": self._proof_types(),
            "credential_metadata": self._metadata(),
        }
        if self.bindings:
            written["cryptographic_binding_methods_supported"] = list(self.bindings)
        if self.scope is not None:
            written["scope"] = self.scope
        if self.signing_algorithms:
            written["credential_signing_alg_values_supported"] = list(self.signing_algorithms)
        if self.vct is not None:
            written["vct"] = self.vct
        else:
            context = {"@context": list(self.contexts)} if self.contexts else {}
            written["credential_definition"] = {**context, "type": list(self.types)}
        return written

    def _proof_types(self) -> JsonObject:
        both = {"jwt": self.proof_algorithms, "attestation": self.attestation_algorithms}
        found: JsonObject = {
            name: {"proof_signing_alg_values_supported": list(algorithms)}
            for name, algorithms in both.items()
            if algorithms
        }
        if self.key_attestations_required is not None:
            for each in found.values():
                each["key_attestations_required"] = self.key_attestations_required.to_json()
        return found

    def _metadata(self) -> JsonObject:
        display = self.display or (Display(self.name),)
        written: JsonObject = {"display": [one.to_json() for one in display]}
        if self.claims:
            written["claims"] = [one.to_json() for one in self.claims]
        return written


def parse_configuration(name: str, value: Any) -> CredentialConfiguration | None:
    """Read a configuration; None where it is in another form, bound to no key, or makes no sense."""
    form = _form(value.get("format")) if isinstance(value, Mapping) else None
    if form is None:
        return None
    proofs = value.get("proof_types_supported")
    definition, vct = value.get("credential_definition", {}), value.get("vct")
    if not isinstance(definition, Mapping) or not isinstance(proofs, Mapping):
        return None
    algorithms, attestation = _algorithms(proofs.get("jwt")), _algorithms(proofs.get("attestation"))
    if not algorithms and not attestation:
        return None
    contexts, types = _texts(definition.get("@context")), _texts(definition.get("type"))
    if form is Form.DC_SD_JWT:
        if not _short(vct):
            return None
        contexts, types = (), ()
    elif not types:
        return None
    else:
        vct = None
    metadata = value.get("credential_metadata")
    shown = metadata if isinstance(metadata, Mapping) else {}
    display = parse_display(shown.get("display"))
    scope = value.get("scope")
    return CredentialConfiguration(
        name,
        display[0].name if display else name,
        contexts,
        types,
        algorithms,
        form,
        _texts(value.get("credential_signing_alg_values_supported")),
        vct,
        scope if _short(scope) else None,
        display,
        parse_claims(shown.get("claims")),
        _required(proofs),
        attestation,
        _texts(value.get("cryptographic_binding_methods_supported")),
    )


def _form(value: Any) -> Form | None:
    return Form(value) if isinstance(value, str) and value in set(Form) else None


def _algorithms(proof_type: Any) -> tuple[str, ...]:
    if not isinstance(proof_type, Mapping):
        return ()
    return _texts(proof_type.get("proof_signing_alg_values_supported"))


def _required(proofs: Mapping[str, Any]) -> KeyAttestationsRequired | None:
    for each in proofs.values():
        required = each.get("key_attestations_required") if isinstance(each, Mapping) else None
        if isinstance(required, Mapping):
            return KeyAttestationsRequired(
                _texts(required.get("key_storage")), _texts(required.get("user_authentication"))
            )
    return None


def _short(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= VCI.name


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        return ()
    return tuple(value)
