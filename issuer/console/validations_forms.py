"""The forms of a validation, into the same bodies that programs send."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any, TypeVar

from fastapi import Request
from pydantic import ValidationError
from starlette.datastructures import UploadFile

from issuer.errors import WrongDate
from issuer.limits import EVIDENCE_SIZE
from issuer.validation.bodies import MoveBody, SettingsBody, StaffBody
from issuer.validation.media import check_media
from issuer.validation.phases import CaseRole
from issuer.validation.records import StaffMember
from passport.clock import format_datetime
from passport.errors.web import MalformedRequest
from passport.web import Body
from passport.web.body import known_names, where

Model = TypeVar("Model", bound=Body)
_FIELDS = 128
_DIGITS = 9
_LAST_SECOND = time(23, 59, 59, tzinfo=UTC)
_DAYS = ("preparation", "identification", "documentation", "assessment", "certification")


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as it was filled in; empty fields are left out."""

    fields: Mapping[str, str]
    ticked: Mapping[str, list[str]]
    file: bytes | None = None
    media_type: str = ""

    def text(self, name: str) -> str:
        return self.fields.get(name, "")


async def filled(request: Request) -> Filled:
    """Read a form with at most one file.

    Raises:
        FileNotOfItsType: the file is not what the browser says it is.
    """
    async with request.form(max_files=1, max_fields=_FIELDS, max_part_size=EVIDENCE_SIZE) as form:
        pairs = [(name, value.strip()) for name, value in form.multi_items() if isinstance(value, str)]
        sent = form.get("file")
        data = await sent.read(EVIDENCE_SIZE + 1) if isinstance(sent, UploadFile) else b""
        said = (sent.content_type or "") if isinstance(sent, UploadFile) else ""
    ticked: dict[str, list[str]] = {}
    for name, value in pairs:
        if value:
            ticked.setdefault(name, []).append(value)
    fields = {name: values[0].replace("\r\n", "\n") for name, values in ticked.items()}
    if not data:
        return Filled(fields, ticked)
    media_type = said.partition(";")[0].strip().lower()
    check_media(data, media_type, "file")
    return Filled(fields, ticked, data, media_type)


def move_body(form: Filled, skills: int, files: list[str]) -> MoveBody:
    """Raises MalformedRequest, WrongDate."""
    members: dict[str, Any] = {"move": form.text("move"), "note": form.text("note")}
    revision = form.text("revision")
    if revision:
        short = revision.isdecimal() and len(revision) <= _DIGITS
        members["revision"] = int(revision) if short else revision
    if "account" in form.fields:
        members["account"] = form.text("account")
    if "identified_by" in form.fields:
        members["identification"] = {"method": form.text("identified_by"), "on": form.text("on")}
    if "how" in form.fields or "method" in form.fields:
        members["assessment"] = _assessment(form, skills, files)
    return _model(MoveBody, members)


def _assessment(form: Filled, skills: int, files: list[str]) -> dict[str, Any]:
    results = []
    for number in range(skills):
        result = form.text(f"result-{number}")
        if result:
            judged: dict[str, Any] = {
                "skill": number,
                "result": result,
                "reason": form.text(f"reason-{number}"),
            }
            if result == "met" and f"level-{number}" in form.fields:
                judged["level"] = form.text(f"level-{number}")
            results.append(judged)
    members: dict[str, Any] = {
        "method": form.text("method"),
        "how": form.text("how"),
        "on": form.text("on"),
        "independent": form.text("independent") == "yes",
        "results": results,
        "files": files,
    }
    if "valid_until" in form.fields:
        members["validUntil"] = _last_moment(form.text("valid_until"))
    return members


def staff_member(slug: str, form: Filled) -> StaffMember:
    """Raises MalformedRequest."""
    members: dict[str, Any] = {
        "roles": form.ticked.get("roles", []),
        "name": form.text("name"),
        **{
            name: form.text(field)
            for field, name in (
                ("email", "email"),
                ("profile", "profile"),
                ("employer", "employer"),
                ("employer_name", "employerName"),
            )
            if field in form.fields
        },
    }
    body = _model(StaffBody, members)
    said = body.model_dump() | {"roles": [CaseRole(each) for each in body.roles]}
    return StaffMember(id=form.text("account")[:32], organisation=slug, **said)


def settings_body(form: Filled) -> SettingsBody:
    """The rubric is lines, from the lowest level. Raises MalformedRequest."""
    names = [line.strip() for line in form.text("rubric").splitlines() if line.strip()]
    numbers = {name: form.text(name) for name in (*_DAYS, "appealDays", "fileDays", "caseDays")}
    members: dict[str, Any] = {
        "language": form.text("language"),
        **{name: int(text) for name, text in numbers.items() if text.isdecimal() and len(text) < 6},  # noqa: PLR2004
    }
    if names:
        members["rubric"] = [{"level": str(place + 1), "name": name} for place, name in enumerate(names)]
    return _model(SettingsBody, members)


def _last_moment(day: str) -> str:
    try:
        found = datetime.strptime(day, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise WrongDate(column="valid_until") from None
    return format_datetime(datetime.combine(found, _LAST_SECOND))


def _model(kind: type[Model], value: dict[str, Any]) -> Model:
    try:
        return kind.model_validate(value)
    except ValidationError as error:
        raise MalformedRequest(**where(error.errors(), known_names(kind))) from None
