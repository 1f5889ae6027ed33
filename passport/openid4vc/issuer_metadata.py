"""Credential Issuer Metadata (OpenID4VCI 1.0, section 12.2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from passport import limits
from passport.errors.oauth import MalformedIssuerUrl
from passport.errors.openid4vc import (
    ConfigurationNotSupported,
    IssuerMetadataMismatch,
    MalformedIssuerMetadata,
)
from passport.json import JsonObject, parse_object
from passport.oauth.urls import check_url, well_known
from passport.openid4vc.credential_configuration import CredentialConfiguration, parse_configuration
from passport.openid4vc.display import Display, parse_display
from passport.openid4vc.encryption import (
    RequestEncryption,
    ResponseEncryption,
    parse_request_encryption,
    parse_response_encryption,
)


@dataclass(frozen=True, slots=True)
class IssuerMetadata:
    credential_issuer: str
    credential_endpoint: str
    nonce_endpoint: str | None
    name: str | None
    """The first name of `display`."""
    configurations: Mapping[str, CredentialConfiguration]
    authorization_servers: tuple[str, ...] = ()
    notification_endpoint: str | None = None
    deferred_credential_endpoint: str | None = None
    batch_size: int = 1
    """Keys that one request may prove; 1 where the issuer has no batch_credential_issuance."""
    request_encryption: RequestEncryption | None = None
    response_encryption: ResponseEncryption | None = None
    display: tuple[Display, ...] = ()

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
        endpoints = {
            "nonce_endpoint": self.nonce_endpoint,
            "deferred_credential_endpoint": self.deferred_credential_endpoint,
            "notification_endpoint": self.notification_endpoint,
        }
        written |= {name: url for name, url in endpoints.items() if url is not None}
        if self.batch_size > 1:
            written["batch_credential_issuance"] = {"batch_size": self.batch_size}
        if self.request_encryption is not None:
            written["credential_request_encryption"] = self.request_encryption.to_json()
        if self.response_encryption is not None:
            written["credential_response_encryption"] = self.response_encryption.to_json()
        if self.display:
            written["display"] = [one.to_json() for one in self.display]
        elif self.name is not None:
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
    display = parse_display(value.get("display"))
    try:
        return IssuerMetadata(
            credential_issuer=check_url(expected_issuer),
            credential_endpoint=check_url(value.get("credential_endpoint"), query=True),
            nonce_endpoint=_endpoint(value, "nonce_endpoint"),
            name=display[0].name if display else None,
            configurations=dict(_configurations(supported)),
            authorization_servers=tuple(check_url(server) for server in servers),
            notification_endpoint=_endpoint(value, "notification_endpoint"),
            deferred_credential_endpoint=_endpoint(value, "deferred_credential_endpoint"),
            batch_size=_batch_size(value.get("batch_credential_issuance")),
            request_encryption=parse_request_encryption(value.get("credential_request_encryption")),
            response_encryption=parse_response_encryption(value.get("credential_response_encryption")),
            display=display,
        )
    except MalformedIssuerUrl:
        raise MalformedIssuerMetadata from None


def _configurations(supported: Mapping[str, Any]) -> list[tuple[str, CredentialConfiguration]]:
    read = ((name, parse_configuration(name, value)) for name, value in supported.items())
    return [(name, configuration) for name, configuration in read if configuration is not None]


def _endpoint(value: Mapping[str, Any], name: str) -> str | None:
    return check_url(value[name], query=True) if name in value else None


def _batch_size(value: Any) -> int:
    size = value.get("batch_size") if isinstance(value, Mapping) else 1
    if not isinstance(size, int) or isinstance(size, bool) or size < 1:
        raise MalformedIssuerMetadata
    return size
