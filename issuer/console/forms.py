"""The console's forms: fields as they were typed, into the same requests that programs make."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from typing import Any, TypeVar

from fastapi import Request
from pydantic import BaseModel, ValidationError
from starlette.datastructures import UploadFile

from issuer.achievements.requests import NewAchievement
from issuer.console.skills import ChosenSkill, read_skills
from issuer.errors import MalformedCsv, WrongDate
from issuer.issuance.claims import Claims
from issuer.limits import BATCH
from passport.errors.web import MalformedRequest
from passport.web.body import known_names, where

Model = TypeVar("Model", bound=BaseModel)
_FIELDS = 160
"""Fields of one form: each ticked skill is one, and an achievement has 128 at most."""
_LAST_SECOND = time(23, 59, 59, tzinfo=UTC)


async def fields(request: Request) -> dict[str, str]:
    """The text fields of a form, without the spaces around them; empty ones are left out."""
    form = await request.form(max_files=1, max_fields=_FIELDS, max_part_size=BATCH.size)
    return {name: value.strip() for name, value in form.items() if isinstance(value, str) and value.strip()}


async def uploaded(request: Request) -> bytes:
    """The bytes of the form's one file; raises MalformedCsv when there is none."""
    form = await request.form(max_files=1, max_fields=_FIELDS, max_part_size=BATCH.size)
    file = form.get("file")
    if not isinstance(file, UploadFile):
        raise MalformedCsv
    try:
        data = await file.read(BATCH.size + 1)
    finally:
        await file.close()  # where it is large it lies on disk until then
    if not data or len(data) > BATCH.size:
        raise MalformedCsv
    return data


async def chosen_skills(request: Request) -> list[ChosenSkill]:
    """The skills that are ticked in a form, and those that were typed as lines."""
    form = await request.form(max_files=1, max_fields=_FIELDS, max_part_size=BATCH.size)
    ticked = [value for value in form.getlist("skill") if isinstance(value, str)]
    typed = form.get("skills")
    return await read_skills(ticked, typed.splitlines() if isinstance(typed, str) else [])


def new_achievement(form: Mapping[str, str], skills: Sequence[ChosenSkill]) -> NewAchievement:
    """Raises MalformedRequest."""
    alignments = [each.alignment() for each in skills]
    return _model(
        NewAchievement,
        {
            "name": form.get("name"),
            "description": form.get("description"),
            "criteria": {"narrative": form.get("criteria")},
            "achievementType": form.get("type"),
            "alignment": alignments or None,
            "suspendable": form.get("suspendable") == "yes",
        },
    )


def claims(form: Mapping[str, str]) -> Claims:
    """Raises MalformedRequest, WrongDate."""
    result = [{"value": form["result"]}] if "result" in form else []
    narrative = [{"narrative": form["evidence"]}] if "evidence" in form else []
    made = _model(
        Claims,
        {
            "achievement": form.get("achievement"),
            "result": result,
            "evidence": narrative,
            "licenseNumber": form.get("license_number"),
        },
    )
    return made.model_copy(update={"valid_until": last_moment(form.get("valid_until"))})


def last_moment(day: str | None) -> datetime | None:
    """The end of a day that was typed; raises WrongDate."""
    if day is None:
        return None
    try:
        return datetime.combine(datetime.strptime(day, "%Y-%m-%d").replace(tzinfo=UTC), _LAST_SECOND)
    except ValueError:
        raise WrongDate(column="valid_until") from None


def _model(kind: type[Model], value: dict[str, Any]) -> Model:
    try:
        return kind.model_validate(value)
    except ValidationError as error:
        raise MalformedRequest(**where(error.errors(), known_names(kind))) from None
