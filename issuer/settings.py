"""What an issuer must be told; every name can stand in the environment as PASSPORT_ISSUER_<NAME>."""

from datetime import tzinfo
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from issuer.errors import FaultNotAllowed
from issuer.limits import OFFER
from issuer.mail.address import parse_address
from issuer.mail.errors import MailSettingsUnusable
from issuer.mail.transport import FolderOutbox, Security, SmtpServer, Transport, read_password
from passport.openid4vc import check_url
from passport.web import WebSettings
from passport.web.settings import LOOPBACK
from passport.web.zones import HOME, ZoneName, zone_of


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
    behind_proxy: bool = False
    """Count what strangers begin by the last address in X-Forwarded-For, which the proxy in front writes."""
    status_list_ttl: Annotated[int, Field(ge=0)] = 300
    """Seconds that a verifier may keep a status list."""
    status_list_lifetime: Annotated[int, Field(ge=60)] = 86_400
    """Seconds from validFrom to validUntil of a status list."""
    token_lifetime: Annotated[int, Field(ge=1)] = OFFER.token_lifetime
    code_lifetime: Annotated[int, Field(ge=1)] = OFFER.code_lifetime
    mail_outbox: Path | None = None
    """Where mails are put as files while no `smtp_host` is set: by default `outbox` in the data directory."""
    mail_from: str | None = None
    """The address that mails come from; with `smtp_host` it is needed."""
    smtp_host: str | None = None
    smtp_port: Annotated[int, Field(ge=1, le=65_535)] = 587
    smtp_security: Security = Security.STARTTLS
    """`starttls`, `tls`, or `none` for a mail server on this machine."""
    smtp_user: str | None = None
    smtp_password_file: Path | None = None
    smtp_ca_file: Path | None = None
    """For a mail server whose certificate your own organisation signed."""
    trust_publishers: tuple[str, ...] = ()
    """DIDs whose trust lists are taken, to show assessors what a claim counts for. Nobody else's are."""
    trust_lists: tuple[str, ...] = ()
    """Addresses of trust lists that are fetched at the start and every hour."""
    authorities_file: Path | None = None
    """PEM, certificates of authorities that are trusted to know issuers without a DID (HAIP 1.0): what they
    vouch for counts in validations. By default none is, and of such issuers it can't be told who signed."""
    time_zone: ZoneName = HOME
    """In which moments are told on pages, and days are filtered by."""
    fault_file: Path | None = None
    """Tests only: die, by SIGKILL, at the point of issuance that this file names. See issuer.faults."""

    @model_validator(mode="after")
    def _checked(self) -> Self:
        check_url(self.base_url)
        if self.fault_file is not None and not self.allow_loopback:
            raise FaultNotAllowed
        if self.smtp_host is not None:
            if self.mail_from is None:
                raise MailSettingsUnusable
            parse_address(self.mail_from)
            if self.smtp_security is Security.NONE and self.smtp_host not in LOOPBACK:
                raise MailSettingsUnusable
        return self

    @property
    def zone(self) -> tzinfo:
        return zone_of(self.time_zone)

    @property
    def origin(self) -> str:
        return self.base_url.rstrip("/")

    @property
    def master_secret(self) -> Path:
        return self.master_secret_file or self.data_directory / "master.secret"

    @property
    def bootstrap_secret(self) -> Path:
        return self.bootstrap_secret_file or self.data_directory / "bootstrap.secret"

    @property
    def sender(self) -> str:
        return self.mail_from or f"no-reply@{urlsplit(self.base_url).hostname}"

    def transport(self) -> Transport:
        """The way out for mail; raises SecretFileUnusable."""
        if self.smtp_host is None:
            return FolderOutbox(self.mail_outbox or self.data_directory / "outbox")
        password = "" if self.smtp_password_file is None else read_password(self.smtp_password_file)
        return SmtpServer(
            self.smtp_host, self.smtp_port, self.smtp_security, self.smtp_user, password, self.smtp_ca_file
        )

    def web(self) -> WebSettings:
        from issuer.confirmations.limits import CONFIRMATION
        from issuer.limits import BATCH, EVIDENCE_SIZE, PICTURE_SIZE
        from issuer.validation.limits import CASE

        return WebSettings(
            public_url=self.origin,
            allowed_hosts=self.allowed_hosts,
            content_security_policy={"connect-src": "'self'"},
            body_limits={
                "/api/evidence": EVIDENCE_SIZE,
                "/api/batches": BATCH.size,
                "/api/batches/rows": 2 * BATCH.size,
                "/api/withdrawals": BATCH.withdrawals_size,
                "/api/withdrawals/rows": BATCH.withdrawals_size,
                "/api/achievements/*/picture": PICTURE_SIZE,
                "/console/achievements/*/picture": PICTURE_SIZE + 65_536,
                "/console/batches": BATCH.size + 65_536,
                "/o/*/confirmations": CONFIRMATION.request,
                "/confirm/*": CONFIRMATION.form,
                "/api/validations/*/evidence": EVIDENCE_SIZE,
                "/console/validations/*/moves": CASE.form,
                "/o/*/validations": CASE.body,
                "/o/*/validations/*/documents": CASE.body,
            },
        )
