"""Credential Issuer Metadata (OpenID4VCI 1.0, section 12.2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from passport import limits
from passport.errors.openid4vc import (
    ConfigurationNotSupported,
    IssuerMetadataMismatch,
    MalformedIssuerMetadata,
    MalformedIssuerUrl,
)
from passport.json import JsonObject, parse_object
from passport.openid4vc.urls import check_url, well_known

FORMAT = "ldp_vc"
PROOF_ALGORITHMS = ("EdDSA", "Ed25519", "ES256", "ES384")
_NAME_LENGTH = 512


@dataclass(frozen=True, slots=True)
class CredentialConfiguration:
    """A kind of credential in format `ldp_vc` (appendix A.1.2)."""

    id: str
    name: str
    contexts: tuple[str, ...]
    types: tuple[str, ...]
    proof_algorithms: tuple[str, ...] = PROOF_ALGORITHMS

    def to_json(self) -> JsonObject:
        return {
            "format": FORMAT,
            "credential_definition": {"@context": list(self.contexts), "type": list(self.types)},
            "cryptographic_binding_methods_supported": ["did:key", "did:jwk"],
            "credential_signing_alg_values_supported": ["eddsa-rdfc-2022"],
            "proof_types_supported": {
                "jwt": {"proof_signing_alg_values_supported": list(self.proof_algorithms)}
            },
            "credential_metadata": {"display": [{"name": self.name}]},
        }


@dataclass(frozen=True, slots=True)
class IssuerMetadata:
    credential_issuer: str
    credential_endpoint: str
    nonce_endpoint: str | None
    name: str | None
    configurations: Mapping[str, CredentialConfiguration]
    authorization_servers: tuple[str, ...] = ()

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
            nonce_endpoint=check_url(value["nonce_endpoint"], query=True)
            if "nonce_endpoint" in value
            else None,
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
    if not isinstance(value, Mapping) or value.get("format") != FORMAT:
        return None
    definition, proofs = value.get("credential_definition"), value.get("proof_types_supported")
    jwt = proofs.get("jwt") if isinstance(proofs, Mapping) else None
    if not isinstance(definition, Mapping) or not isinstance(jwt, Mapping):
        return None
    contexts, types = _texts(definition.get("@context")), _texts(definition.get("type"))
    algorithms = _texts(jwt.get("proof_signing_alg_values_supported"))
    if not types or not algorithms:
        return None
    metadata = value.get("credential_metadata")
    shown = _display_name(metadata) if isinstance(metadata, Mapping) else None
    return CredentialConfiguration(name, shown or name, contexts, types, algorithms)


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
