"""The JSON interface of diplomas and licences: the same actions as the pages."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from passport import limits as shared
from passport.json import JsonObject, dump
from passport.web import Body, language_of, strict_body
from wallet.core.deriving import derivable, derive, ground_of_file
from wallet.core.import_summary import imported_json, licence_json
from wallet.core.imported import Described, Imported, imported, imported_one, remove_imported
from wallet.core.learning_route import LearningRoute
from wallet.core.licences import licences
from wallet.core.summary import examined_json
from wallet.core.wallet import Wallet
from wallet.desk.importing import import_file, take_map
from wallet.desktop.api import LARGE, desk_of, from_base64, say_in
from wallet.desktop.session import our_script

router = APIRouter(prefix="/api", tags=["diplomas"], dependencies=our_script)

Short = Annotated[str, Field(max_length=2_048)]
Asked = Annotated[str, Query(max_length=2_048)]


class DiplomaBody(Body):
    """A file in base64, and what is said of a scan."""

    file: str
    name: Short = ""
    title: Short = ""
    institution: Short = ""
    date: Short = ""
    qualification: Short = ""
    route: LearningRoute = LearningRoute.FORMAL


class DeriveBody(Body):
    skills: Annotated[list[Short], Field(max_length=128)]
    occupation: Short = ""
    qualification: Short = ""


class SkillMapBody(Body):
    map: JsonObject


@router.post("/diplomas", summary="Keep a diploma as evidence; a credential is checked as always")
def post_diploma(
    request: Request, body: Annotated[DiplomaBody, strict_body(DiplomaBody, LARGE)]
) -> JsonObject:
    desk, say = desk_of(request), say_in(request)
    described = Described(body.title, body.institution, body.date, body.qualification, body.route)
    with desk.wallet() as wallet:
        taken = import_file(desk, wallet, from_base64(body.file), body.name, described)
        if isinstance(taken, Imported):
            return {"imported": _shown(request, wallet, taken)}
        return {"credentials": [examined_json(one, say) for one in taken.credentials]}


@router.get("/diplomas", summary="Every diploma that was taken in as a file")
def get_diplomas(request: Request) -> JsonObject:
    with desk_of(request).wallet() as wallet:
        return {"diplomas": [_shown(request, wallet, one) for one in imported(wallet)]}


@router.get("/diplomas/{record}", summary="One diploma and what follows from it")
def get_diploma(
    request: Request, record: str, occupation: Asked = "", qualification: Asked = ""
) -> JsonObject:
    with desk_of(request).wallet() as wallet:
        one = imported_one(wallet, record)
        return _shown(request, wallet, one, occupation, qualification)


@router.post("/diplomas/{record}/derive", summary="Sign a claim of skills that follow from a diploma")
def post_derive(
    request: Request, record: str, body: Annotated[DeriveBody, strict_body(DeriveBody)]
) -> JsonObject:
    desk, language, say = desk_of(request), language_of(request), say_in(request)
    with desk.wallet() as wallet:
        ground = ground_of_file(imported_one(wallet, record))
        offered = derivable(
            wallet,
            ground,
            desk.taxonomy,
            language=language,
            occupation=body.occupation,
            qualification=body.qualification,
        )
        made = derive(wallet, ground, body.skills, offered, language=language, say=say)
    return examined_json(made, say)


@router.delete("/diplomas/{record}", status_code=204, summary="Forget a diploma and its file")
def delete_diploma(request: Request, record: str) -> Response:
    with desk_of(request).wallet() as wallet:
        remove_imported(wallet, record)
    return Response(status_code=204)


@router.post("/skill-maps", summary="Use a map from qualifications to skills")
def post_skill_map(
    request: Request, body: Annotated[SkillMapBody, strict_body(SkillMapBody, shared.PUBLISHED)]
) -> JsonObject:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        found = take_map(desk, wallet, dump(body.map))
    return {"id": found.id, "version": found.version, "publisher": found.publisher}


@router.get("/licences", summary="Licences: until when they hold, and which to renew")
def get_licences(request: Request) -> JsonObject:
    with desk_of(request).wallet() as wallet:
        return {"licences": [licence_json(each) for each in licences(wallet)]}


def _shown(
    request: Request, wallet: Wallet, one: Imported, occupation: str = "", qualification: str = ""
) -> JsonObject:
    offered = derivable(
        wallet,
        ground_of_file(one),
        desk_of(request).taxonomy,
        language=language_of(request),
        occupation=occupation,
        qualification=qualification,
    )
    return imported_json(one, offered, say_in(request))
