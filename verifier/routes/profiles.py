"""Pages for function profiles: what is wrong with one is shown before it is published."""

from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Request, Response, UploadFile
from fastapi.responses import RedirectResponse
from pydantic import ValidationError

from passport import limits
from passport.errors import Invalid
from passport.errors.web import BodyTooLarge
from passport.evidence.demand import write_demand
from passport.evidence.lint import Finding
from passport.json import parse_object
from passport.web import language_of
from passport.web.forms import same_origin
from verifier.errors import MalformedDraft
from verifier.linting import errors, findings_content
from verifier.profiles import Draft
from verifier.reach import shown_reach
from verifier.rendering import with_sentences
from verifier.routes.bodies import NewProfile
from verifier.routes.parts import Service, SignedIn
from verifier.routes.public import profile_url

router = APIRouter(include_in_schema=False)
Content = Annotated[str, Form(max_length=limits.CREDENTIAL.size)]


@router.get("/profiles/new")
async def new(request: Request, _employer: SignedIn) -> Response:
    return _page(request, "profile-new.html", employer=_employer, content="")


@router.post("/profiles/edit", dependencies=[same_origin])
async def edit(request: Request, employer: SignedIn, content: Content) -> Response:
    return _page(request, "profile-new.html", employer=employer, content=content)


@router.post("/profiles/draft", dependencies=[same_origin])
async def look(
    request: Request,
    service: Service,
    employer: SignedIn,
    content: Content = "",
    file: Annotated[UploadFile | None, File()] = None,
    *,
    by_form: Annotated[bool, Form(include_in_schema=False)] = False,
) -> Response:
    """What is wrong with a profile; nothing is published. `by_form`: the form is where it is mended."""
    text = content if content.strip() or file is None else await _text(file)
    draft = read_draft(text)
    found = await service.profiles.lint(employer, draft, service.clock())
    return _page(
        request,
        "profile-draft.html",
        employer=employer,
        content=text,
        by_form=by_form,
        version=await service.profiles.next_version(employer, draft.key),
        called=draft.name,
        demands=[write_demand(each) for each in draft.demands],
        errors=errors(found),
        findings=_told(request, found),
        reach=await shown_reach(draft.demands, service.clock(), language_of(request)),
    )


@router.post("/profiles", dependencies=[same_origin])
async def publish(
    service: Service, employer: SignedIn, content: Content, anyway: Annotated[str, Form(max_length=3)] = ""
) -> Response:
    profile, _ = await service.profiles.publish(
        employer, read_draft(content), service.clock(), with_errors=anyway == "yes"
    )
    return RedirectResponse(f"/profiles/{profile.key}", status_code=303)


@router.get("/profiles/{key}")
async def show(key: str, request: Request, service: Service, employer: SignedIn) -> Response:
    profile = await service.profiles.get(employer.id, key)
    found = await service.profiles.findings(profile, service.clock())
    origin = service.settings.origin
    return _page(
        request,
        "profile.html",
        employer=employer,
        called=profile.document["name"],
        key=profile.key,
        version=profile.version,
        until=profile.document["validUntil"],
        demands=profile.document["demands"],
        findings=_told(request, found),
        signed=profile_url(origin, profile),
        index=f"{origin}/e/{employer.id}/profiles/index.json",
    )


@router.post("/profiles/{key}/withdraw", dependencies=[same_origin])
async def withdraw(
    key: str, service: Service, employer: SignedIn, sure: Annotated[str, Form(max_length=3)] = ""
) -> Response:
    """Only with the tick that says so."""
    if sure != "yes":
        return RedirectResponse(f"/profiles/{key}", status_code=303)
    await service.profiles.withdraw(employer, key, service.clock())
    return RedirectResponse("/", status_code=303)


def read_draft(text: str) -> Draft:
    """Raises MalformedDraft; what the demands mean is read later, by the core."""
    data = text.encode("utf-8", errors="replace")
    try:
        parse_object(data)
        return NewProfile.model_validate_json(data).draft()
    except (Invalid, ValidationError):
        raise MalformedDraft from None


async def _text(file: UploadFile) -> str:
    data = await file.read(limits.CREDENTIAL.size + 1)
    if len(data) > limits.CREDENTIAL.size:
        raise BodyTooLarge(limit=limits.CREDENTIAL.size)
    return data.decode("utf-8", errors="replace")


def _told(request: Request, found: tuple[Finding, ...]) -> Any:
    return with_sentences(findings_content(found), request.app.state.pages, language_of(request))


def _page(request: Request, template: str, **values: Any) -> Response:
    response: Response = request.app.state.pages.respond(request, template, **values)
    return response
