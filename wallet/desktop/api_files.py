"""Files over the JSON interface: look into some, keep what is chosen, save a credential as one."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import Field

from passport.attachment import attachment
from passport.baking.kinds import SaveAs
from passport.clock import format_datetime
from passport.json import JsonObject
from passport.web import Body, language_of, strict_body
from wallet.core.incoming import Found
from wallet.core.shelf import kept_one
from wallet.desk.incoming import keep_chosen, look_into
from wallet.desk.saving import saved
from wallet.desktop.api import LARGE, desk_of, from_base64, sentence_in
from wallet.desktop.session import our_script

router = APIRouter(prefix="/api", tags=["wallet"], dependencies=our_script)
_MOST = 64


class GivenFile(Body):
    """A file, in base64."""

    name: Annotated[str, Field(max_length=300)] = ""
    data: str


class LookBody(Body):
    files: Annotated[list[GivenFile], Field(max_length=_MOST, default_factory=list)]
    text: str = ""


class KeepBody(Body):
    keep: Annotated[list[int], Field(max_length=128)]


@router.post("/import", summary="Look into files: what is in them, and what would be kept. Nothing is")
def post_look(request: Request, body: Annotated[LookBody, strict_body(LookBody, LARGE)]) -> JsonObject:
    desk = desk_of(request)
    files = [(each.name, from_base64(each.data)) for each in body.files]
    with desk.wallet() as wallet:
        look = look_into(desk, wallet, files, body.text)
    return {
        "id": look.id,
        "found": [_found(request, place, one) for place, one in enumerate(look.found)],
        "links": list(look.links),
    }


@router.post("/import/{identifier}", summary="Keep those of a look, by their places")
def post_keep(
    request: Request, identifier: str, body: Annotated[KeepBody, strict_body(KeepBody)]
) -> JsonObject:
    desk = desk_of(request)
    with desk.wallet() as wallet:
        kept = keep_chosen(desk, wallet, identifier, body.keep)
    return {"kept": [_found(request, place, one) for place, one in enumerate(kept)]}


@router.get(
    "/credentials/{record}/files/{kind}",
    summary="A credential as a file",
    response_class=Response,
)
def get_file(request: Request, record: str, kind: SaveAs) -> Response:
    with desk_of(request).wallet() as wallet:
        one = kept_one(wallet, record)
    found = saved(desk_of(request).tools.papers, one, kind, language_of(request))
    return Response(
        found.data,
        media_type=found.media_type,
        headers=attachment(found.name),
    )


def _found(request: Request, place: int, one: Found) -> JsonObject:
    return {
        "place": place,
        "file": one.file,
        "keeping": str(one.keeping),
        "wouldBeKept": one.would_be_kept,
        "title": one.title,
        "issuer": one.issuer,
        "date": None if one.date is None else format_datetime(one.date),
        "otherKey": one.other_key,
        "error": None
        if one.error is None
        else {"code": one.error.code, "text": sentence_in(request, one.error)},
    }
