"""The JSON interface of free text, vacancies, and motives and wishes: the same actions as the pages."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import Field

from matching.intake.limits import INTAKE
from passport.json import JsonObject
from passport.web import Body, language_of, strict_body
from wallet.core import intake_wishes as wished
from wallet.core.intake_offered import ticked_of
from wallet.core.intake_skills import CameFrom, keep_skills
from wallet.core.intake_summary import skills_json
from wallet.core.intake_texts_summary import text_json, vacancy_json, wishes_json
from wallet.core.intake_vacancies import forget_vacancy, keep_vacancy, vacancies, vacancy
from wallet.core.profile import profile_of
from wallet.desktop.api import desk_of, say_in
from wallet.desktop.bodies import Ids, Text
from wallet.desktop.session import our_script

router = APIRouter(prefix="/api/intake", tags=["intake"], dependencies=our_script)

Long = Annotated[str, Field(max_length=2 * INTAKE.text)]
Code = Annotated[str, Field(max_length=64)]


class TextBody(Body):
    """What somebody wrote; `skills` are those of it to keep, none to look only."""

    text: Long
    skills: Annotated[Ids, Field(default_factory=list)]
    level: int | None = None


class VacancyBody(Body):
    text: Long
    skills: Ids
    title: Text = ""
    source: Text = ""


class WantedBody(Body):
    """Hours a week, minutes of travel one way, hours of learning a week."""

    hours: int | None = None
    travel: int | None = None
    learn: int | None = None
    times: Annotated[list[Code], Field(default_factory=list, max_length=64)]
    note: Text = ""


class WishesBody(Body):
    """Each part that is named is said anew; the others stay as they are."""

    motives: Annotated[list[Code] | None, Field(max_length=64)] = None
    attitude: Annotated[dict[Code, int] | None, Field(max_length=64)] = None
    wishes: WantedBody | None = None


@router.post("/text", summary="The skills that a text seems to be about; with skills, keep those of it")
def post_text(request: Request, body: Annotated[TextBody, strict_body(TextBody)]) -> JsonObject:
    desk, language = desk_of(request), str(language_of(request))
    with desk.wallet() as wallet:
        if not body.skills:
            return text_json(body.text, desk.taxonomy, language)
        chosen = ticked_of(body.text, body.skills, desk.taxonomy)
        keep_skills(wallet, chosen, desk.taxonomy, level=body.level, came_from=CameFrom.TEXT)
        return skills_json(wallet, desk.taxonomy, language, say_in(request))


@router.get("/vacancies", summary="The kept vacancies beside what the person has")
def get_vacancies(request: Request) -> JsonObject:
    desk, language, say = desk_of(request), str(language_of(request)), say_in(request)
    with desk.wallet() as wallet:
        person = profile_of(wallet)
        kept = [vacancy_json(one, person, desk.taxonomy, language, say) for one in vacancies(wallet)]
        return {"vacancies": kept}


@router.post("/vacancies", status_code=201, summary="Keep what a vacancy asks, as ticked of its text")
def post_vacancy(request: Request, body: Annotated[VacancyBody, strict_body(VacancyBody)]) -> JsonObject:
    desk, language, say = desk_of(request), str(language_of(request)), say_in(request)
    with desk.wallet() as wallet:
        chosen = ticked_of(body.text, body.skills, desk.taxonomy)
        made = keep_vacancy(wallet, body.text, chosen, desk.taxonomy, title=body.title, source=body.source)
        return vacancy_json(made, profile_of(wallet), desk.taxonomy, language, say)


@router.get("/vacancies/{record}", summary="One vacancy beside what the person has")
def get_vacancy(request: Request, record: str) -> JsonObject:
    desk, language, say = desk_of(request), str(language_of(request)), say_in(request)
    with desk.wallet() as wallet:
        return vacancy_json(vacancy(wallet, record), profile_of(wallet), desk.taxonomy, language, say)


@router.delete("/vacancies/{record}", status_code=204, summary="Forget a vacancy")
def delete_vacancy(request: Request, record: str) -> Response:
    with desk_of(request).wallet() as wallet:
        forget_vacancy(wallet, record)
    return Response(status_code=204)


@router.get("/wishes", summary="Motives, attitude and wishes")
def get_wishes(request: Request) -> JsonObject:
    with desk_of(request).wallet() as wallet:
        return wishes_json(wallet)


@router.post("/wishes", status_code=201, summary="Say motives, attitude or wishes anew")
def post_wishes(request: Request, body: Annotated[WishesBody, strict_body(WishesBody)]) -> JsonObject:
    with desk_of(request).wallet() as wallet:
        if body.motives is not None:
            wished.keep_motives(wallet, tuple(body.motives))
        if body.attitude is not None:
            wished.keep_attitude(wallet, body.attitude)
        if body.wishes is not None:
            wanted = body.wishes
            wished.keep_wishes(
                wallet,
                hours=wanted.hours,
                travel=wanted.travel,
                learn=wanted.learn,
                times=tuple(wanted.times),
                note=wanted.note,
            )
        return wishes_json(wallet)


@router.delete("/wishes", status_code=204, summary="Forget motives, attitude and wishes")
def delete_wishes(request: Request) -> Response:
    with desk_of(request).wallet() as wallet:
        wished.forget_wishes(wallet)
    return Response(status_code=204)
