"""What a host must be told; every name can stand in the environment as PASSPORT_HOST_<NAME>."""

from pathlib import Path
from typing import Annotated

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from passport.share_link.limits import SHARE_LINK
from passport.web import WebSettings

_POLICY = {"script-src": "'self'", "connect-src": "'self'", "require-trusted-types-for": "'script'"}
"""The page at a link decrypts with one script of ours; no text can become one."""


class HostSettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="PASSPORT_HOST_", extra="forbid", frozen=True)

    base_url: str = "http://localhost:8104"
    """Where people find this service. It is part of every link, so it can't change later."""
    data_directory: Path = Path("host-data")
    mongodb_uri: str = "embedded"
    allowed_hosts: tuple[str, ...] = ()
    behind_proxy: bool = False
    """Count uploads by the last address in X-Forwarded-For, which the proxy in front of it writes."""
    most_links: Annotated[int, Field(ge=1)] = SHARE_LINK.links
    most_bytes: Annotated[int, Field(ge=1)] = SHARE_LINK.stored
    most_uploads: Annotated[int, Field(ge=1)] = SHARE_LINK.uploads
    """From one address in an hour."""

    @property
    def origin(self) -> str:
        return self.base_url.rstrip("/")

    def web(self) -> WebSettings:
        return WebSettings(
            public_url=self.origin, allowed_hosts=self.allowed_hosts, content_security_policy=_POLICY
        )
