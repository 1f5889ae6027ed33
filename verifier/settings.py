"""What a verifier must be told; every name can stand in the environment as PASSPORT_VERIFIER_<NAME>."""

from datetime import tzinfo
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from passport import limits
from passport.pictures.camera import STILL_BYTES
from passport.pictures.qr import PICTURE_BYTES
from passport.web import WebSettings
from passport.web.zones import HOME, ZoneName, zone_of


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="PASSPORT_VERIFIER_", extra="forbid", frozen=True)

    base_url: str = "http://localhost:8102"
    """Where people and wallets find this service: scheme, host and perhaps a port. It is part of every
    employer's DID, so it can't change later."""
    data_directory: Path = Path("verifier-data")
    mongodb_uri: str = "embedded"
    master_secret_file: Path | None = None
    """By default `master.secret` in the data directory."""
    bootstrap_secret_file: Path | None = None
    """By default `bootstrap.secret` in the data directory."""
    allow_loopback: bool = False
    """Development and tests on one machine."""
    allowed_hosts: tuple[str, ...] = ()
    trust_publishers: tuple[str, ...] = ()
    """DIDs whose trust lists are taken. Nobody else's are, whoever sends them."""
    trust_lists: tuple[str, ...] = ()
    """Addresses of trust lists that are fetched at the start and every hour."""
    offline: bool = False
    """Fetch nothing: issuers, status and trust lists as they were last seen, with their age shown."""
    retention_days: Annotated[int, Field(ge=1, le=3650)] = 30
    """Days that a report is kept, unless somebody deletes it sooner."""
    openid4vp: Literal["open", "haip"] = "open"
    """How other wallets are asked: `open` in all formats, or by the High Assurance profile (HAIP 1.0) alone:
    with a certificate, for dc+sd-jwt with ES256, answers encrypted."""
    certificate_file: Path | None = None
    """PEM, the service's own certificate first, without the authority's; for x509_hash and x509_san_dns."""
    certificate_key_file: Path | None = None
    """PEM, the key of the certificate: P-256."""
    authorities_file: Path | None = None
    """PEM, certificates of authorities that are trusted to know issuers without a DID (HAIP 1.0); by default
    none is, and of such issuers it can't be told who signed."""
    time_zone: ZoneName = HOME
    """In which moments are told on pages, and days are filtered by."""
    challenge_lifetime: Annotated[int, Field(ge=1, le=3600)] = limits.TIME.challenge_lifetime

    @property
    def zone(self) -> tzinfo:
        return zone_of(self.time_zone)

    @property
    def origin(self) -> str:
        return self.base_url.rstrip("/")

    @property
    def domain(self) -> str:
        """Host and port, which every employer's DID names."""
        return self.origin.partition("://")[2]

    @property
    def master_secret(self) -> Path:
        return self.master_secret_file or self.data_directory / "master.secret"

    @property
    def bootstrap_secret(self) -> Path:
        return self.bootstrap_secret_file or self.data_directory / "bootstrap.secret"

    def web(self) -> WebSettings:
        from passport.baking.limits import CARRIER

        shown = limits.PRESENTATION.size
        upload = PICTURE_BYTES + 65_536
        return WebSettings(
            public_url=self.origin,
            allowed_hosts=self.allowed_hosts,
            body_limits={
                "/r/*": shown,
                "/openid4vp/*/response": 3 * shown,
                "/api/presentations": upload,
                "/presentations/verify": shown + 65_536,
                "/api/verifications/batch": limits.WORK.batch_bytes,
                "/check": CARRIER.pdf + upload,
                "/check/codes": STILL_BYTES,
                "/api/files": CARRIER.pdf,
                "/requests/*/answer": upload,
                "/api/trust-lists": limits.PUBLISHED.size,
                "/trust": limits.PUBLISHED.size + 65_536,
            },
        )
