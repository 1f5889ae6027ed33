"""What the verifier's routes answer, for the OpenAPI document and the clients that are made from it."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel


class Camel(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, validate_by_name=True, serialize_by_alias=True)


class EmployerShown(Camel):
    slug: str
    did: str
    name: str


class EmployerMade(EmployerShown):
    api_key: str = Field(description="Shown now and never again.")


class ProfileShown(Camel):
    key: str
    version: int
    url: str
    profile: dict[str, Any] = Field(description="The signed function profile.")


class ProfilePublished(ProfileShown):
    findings: list[dict[str, Any]] = Field(description="What nobody can meet, and what it asks too much.")


class Linted(Camel):
    errors: bool
    findings: list[dict[str, Any]]


class RequestShown(Camel):
    """A request in its state: created, answered or expired."""

    id: str
    state: str
    profile: str
    request: dict[str, Any] | None = Field(None, description="The signed request, while it waits.")
    frames: list[str] | None = Field(None, description="The same as texts of QR codes.")
    response_uri: str | None = None
    page: str | None = None
    valid_until: datetime | None = None
    report: str | None = Field(None, description="The id of the report, once it is answered.")


class ReportSummary(Camel):
    id: str
    checked_at: str
    verdict: str
    met: str | None
    delete_at: datetime


class ReportShown(Camel):
    """What a check found. Sentences are in the language of Accept-Language."""

    model_config = ConfigDict(extra="allow")

    id: str
    request: str | None
    checked_at: str
    delete_at: datetime
    genuine: str = Field(description="yes, no or cannot-tell.")
    verdict: str
    met: str | None = Field(description="Whether the profile is met; null without one.")
    demands: list[dict[str, Any]]
    skills: list[dict[str, Any]]
    credentials: list[dict[str, Any]]
