"""What an issuer must be told; every name can stand in the environment as PASSPORT_ISSUER_<NAME>."""

from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from issuer.errors import FaultNotAllowed
from issuer.limits import OFFER
from passport.openid4vc import check_url
from passport.web import WebSettings


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="PASSPORT_ISSUER_", extra="forbid", frozen=True)

    base_url: str = "http://localhost:8101"
    """Where wallets and verifiers find this service: scheme, host and perhaps a port. It is part of every
    organisation's DID, so it can't change later."""
    data_directory: Path = Path("issuer-data")
    mongodb_uri: str = "embedded"
    master_secret_file: Path | None = None
    """By default `master.secret` in the data directory."""
    bootstrap_secret_file: Path | None = None
    """By default `bootstrap.secret` in the data directory."""
    allow_loopback: bool = False
    """Development and tests on one machine."""
    allowed_hosts: tuple[str, ...] = ()
    status_list_ttl: Annotated[int, Field(ge=0)] = 300
    """Seconds that a verifier may keep a status list."""
    status_list_lifetime: Annotated[int, Field(ge=60)] = 86_400
    """Seconds from validFrom to validUntil of a status list."""
    token_lifetime: Annotated[int, Field(ge=1)] = OFFER.token_lifetime
    code_lifetime: Annotated[int, Field(ge=1)] = OFFER.code_lifetime
    fault_file: Path | None = None
    """Tests only: die, by SIGKILL, at the point of issuance that this file names. See issuer.faults."""

    @model_validator(mode="after")
    def _checked(self) -> Self:
        check_url(self.base_url)
        if self.fault_file is not None and not self.allow_loopback:
            raise FaultNotAllowed
        return self

    @property
    def origin(self) -> str:
        return self.base_url.rstrip("/")

    @property
    def master_secret(self) -> Path:
        return self.master_secret_file or self.data_directory / "master.secret"

    @property
    def bootstrap_secret(self) -> Path:
        return self.bootstrap_secret_file or self.data_directory / "bootstrap.secret"

    def web(self) -> WebSettings:
        from issuer.limits import BATCH, EVIDENCE_SIZE

        return WebSettings(
            public_url=self.origin,
            allowed_hosts=self.allowed_hosts,
            body_limits={
                "/api/evidence": EVIDENCE_SIZE,
                "/api/batches": BATCH.size,
                "/console/batches": BATCH.size + 65_536,
            },
        )
