"""Stacked achievements in the console: which there are, what each asks for, and making one."""

import secrets

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from issuer.achievements.records import AchievementRecord
from issuer.console.forms import chosen_skills, fields, new_achievement
from issuer.console.session import IssuerSignedIn, SignedIn
from issuer.limits import PAGE, STACK
from issuer.organisations.records import Organisation
from issuer.routes.access import ServiceOf
from issuer.routes.stacks import rule_shown
from issuer.stacking.errors import StackRuleWrong
from issuer.stacking.make import NewPart, NewStack, create_stack
from issuer.stacking.records import StackRule
from passport.web.forms import same_origin

router = APIRouter(prefix="/stacks")
TYPES = ("Certificate", "Diploma", "MicroCredential")
_OWN = "part-"


@router.get("")
async def index(request: Request, account: SignedIn, service: ServiceOf) -> Response:
    organisation = await Organisation.find_or_fail(account.organisation)
    achievements = await AchievementRecord.of_organisation(account.organisation, PAGE)
    names = {item.id: item.name for item in achievements}
    rules = await StackRule.of_organisation(account.organisation, PAGE)
    response: Response = request.app.state.pages.respond(
        request,
        "stacks.html",
        stacks=[rule_shown(service, each, organisation, names.get(each.id, each.id)) for each in rules],
        achievements=[item for item in achievements if item.id not in {each.id for each in rules}],
        types=TYPES,
        most=STACK.parts,
        once=secrets.token_hex(16),
    )
    return response


@router.post("", dependencies=[same_origin])
async def create(request: Request, account: IssuerSignedIn, service: ServiceOf) -> Response:
    form = await fields(request)
    new = NewStack(
        achievement=new_achievement(form, await chosen_skills(request)),
        parts=_parts(form),
        least=_least(form.get("least")),
    )
    await create_stack(service, account, new, form.get("once"))
    return RedirectResponse("/console/achievements/stacks", status_code=303)


def _parts(form: dict[str, str]) -> list[NewPart]:
    """Our own that are ticked; others one a line: the achievement's address, then the issuers' DIDs.

    Raises:
        StackRuleWrong: too many, or a line without an issuer.
    """
    parts = [NewPart(achievement=name.removeprefix(_OWN)) for name in form if name.startswith(_OWN)]
    for line in form.get("others", "").splitlines():
        words = line.split()
        if words:
            parts.append(NewPart(achievement=words[0], issuers=words[1 : STACK.issuers + 1]))
    if len(parts) > STACK.parts:
        raise StackRuleWrong
    return parts


def _least(text: str | None) -> int | None:
    if text is None:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > len(str(STACK.parts)):
        raise StackRuleWrong
    return int(text)
