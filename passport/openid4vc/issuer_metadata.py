"""Credential Issuer Metadata (OpenID4VCI 1.0, section 12.2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from passport import limits
from passport.credentials import Form
from passport.errors.openid4vc import (
    ConfigurationNotSupported,
    IssuerMetadataMismatch,
    MalformedIssuerMetadata,
    MalformedIssuerUrl,
)
from passport.json import JsonObject, parse_object
from passport.oauth.urls import check_url, well_known

PROOF_ALGORITHMS = ("EdDSA", "Ed25519", "ES256", "ES384")
_NAME_LENGTH = 512


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

    def to_json(self) -> JsonObject:
        bindings = ["did:key", "did:jwk"]
        written: JsonObject = {
            "format": str(self.form),
            "cryptographic_binding_methods_supported": ["jwk", *bindings] if self.vct else bindings,
            "proof_types_supported": {
                "jwt": {"proof_signing_alg_values_supported": list(self.proof_algorithms)}
            },
            "credential_metadata": {"display": [{"name": self.name}]},
        }
        if self.signing_algorithms:
            written["credential_signing_alg_values_supported"] = list(self.signing_algorithms)
        if self.vct is not None:
            written["vct"] = self.vct
        else:
            context = {"@context": list(self.contexts)} if self.contexts else {}
            written["credential_definition"] = {**context, "type": list(self.types)}
        return written


@dataclass(frozen=True, slots=True)
class IssuerMetadata:
    credential_issuer: str
    credential_endpoint: str
    nonce_endpoint: str | None
    name: str | None
    configurations: Mapping[str, CredentialConfiguration]
    authorization_servers: tuple[str, ...] = ()
    notification_endpoint: str | None = None

    def configuration(self, configuration_id: str) -> CredentialConfiguration:
        """Raises ConfigurationNotSupported: not listed, or not in a form that we can take."""
        found = self.configurations.get(configuration_id)
        if found is None:
            raise ConfigurationNotSupported
        return found

    def to_json(self) -> JsonObject:
        written: JsonObject = {
            "credential_issuer": self.credential_issuer,
            "credential_endpoint": self.credential_endpoint,
            "credential_configurations_supported": {
                name: configuration.to_json() for name, configuration in self.configurations.items()
            },
        }
        if self.authorization_servers:
            written["authorization_servers"] = list(self.authorization_servers)
        if self.nonce_endpoint is not None:
            written["nonce_endpoint"] = self.nonce_endpoint
        if self.notification_endpoint is not None:
            written["notification_endpoint"] = self.notification_endpoint
        if self.name is not None:
            written["display"] = [{"name": self.name}]
        return written


def issuer_metadata_url(credential_issuer: str) -> str:
    """Where an issuer's metadata is (section 12.2.2)."""
    return well_known(credential_issuer, "openid-credential-issuer")


def parse_issuer_metadata(source: bytes | JsonObject, *, expected_issuer: str) -> IssuerMetadata:
    """Read the metadata of `expected_issuer`; configurations in formats that we don't take are left out.

    Raises:
        IssuerMetadataMismatch: it names another issuer (section 12.2.4; the mix-up of RFC 8414, section 6.2).
        MalformedIssuerMetadata
    """
    value = parse_object(source, limits.PUBLISHED) if isinstance(source, bytes) else source
    if value.get("credential_issuer") != expected_issuer:
        raise IssuerMetadataMismatch
    supported = value.get("credential_configurations_supported")
    if not isinstance(supported, Mapping):
        raise MalformedIssuerMetadata
    servers = value.get("authorization_servers", [])
    if not isinstance(servers, list):
        raise MalformedIssuerMetadata
    try:
        return IssuerMetadata(
            credential_issuer=check_url(expected_issuer),
            credential_endpoint=check_url(value.get("credential_endpoint"), query=True),
            nonce_endpoint=_endpoint(value, "nonce_endpoint"),
            notification_endpoint=_endpoint(value, "notification_endpoint"),
            name=_display_name(value),
            configurations=dict(_configurations(supported)),
            authorization_servers=tuple(check_url(server) for server in servers),
        )
    except MalformedIssuerUrl:
        raise MalformedIssuerMetadata from None


def _configurations(supported: Mapping[str, Any]) -> list[tuple[str, CredentialConfiguration]]:
    read = ((name, _configuration(name, value)) for name, value in supported.items())
    return [(name, configuration) for name, configuration in read if configuration is not None]


def _configuration(name: str, value: Any) -> CredentialConfiguration | None:
    form = _form(value.get("format")) if isinstance(value, Mapping) else None
    if form is None:
        return None
    proofs = value.get("proof_types_supported")
    jwt = proofs.get("jwt") if isinstance(proofs, Mapping) else None
    algorithms = _texts(jwt.get("proof_signing_alg_values_supported")) if isinstance(jwt, Mapping) else ()
    definition, vct = value.get("credential_definition", {}), value.get("vct")
    if not isinstance(definition, Mapping) or not algorithms:
        return None
    contexts, types = _texts(definition.get("@context")), _texts(definition.get("type"))
    if form is Form.DC_SD_JWT:
        if not isinstance(vct, str) or not 0 < len(vct) <= _NAME_LENGTH:
            return None
        contexts, types = (), ()
    elif not types:
        return None
    else:
        vct = None
    metadata = value.get("credential_metadata")
    shown = _display_name(metadata) if isinstance(metadata, Mapping) else None
    signing = _texts(value.get("credential_signing_alg_values_supported"))
    return CredentialConfiguration(name, shown or name, contexts, types, algorithms, form, signing, vct)


def _form(value: Any) -> Form | None:
    return Form(value) if isinstance(value, str) and value in set(Form) else None


def _endpoint(value: Mapping[str, Any], name: str) -> str | None:
    return check_url(value[name], query=True) if name in value else None


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        return ()
    return tuple(value)


def _display_name(value: Mapping[str, Any]) -> str | None:
    display = value.get("display")
    if not isinstance(display, list):
        return None
    names = (entry.get("name") for entry in display if isinstance(entry, Mapping))
    return next((name for name in names if isinstance(name, str) and 0 < len(name) <= _NAME_LENGTH), None)
