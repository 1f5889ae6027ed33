"""What somebody does next who has just begun: the first thing that is still to do, and the ones after it."""

from dataclasses import dataclass

from issuer.achievements.records import AchievementRecord
from issuer.issuance.records import Issuance
from issuer.offers.records import Offer
from issuer.organisations.accounts import may
from issuer.organisations.records import Account, Role
from issuer.sign_in.records import Passkey, SignIn


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: `name` is the key of its texts, `page` where it is done."""

    name: str
    page: str
    done: bool


async def steps_for(account: Account) -> tuple[Step, ...]:
    """The steps of a beginner, in their order; none where all are done, and none for who only looks."""
    if not may(account.role, Role.ISSUER):
        return ()
    slug = account.organisation
    own = {"account": account.id}
    signs_in = await SignIn.find_one(own) is not None or await Passkey.find_one(own) is not None
    achievements = await AchievementRecord.of_organisation(slug, 1)
    given = {"organisation": slug}
    issued = await Issuance.find_one(given) is not None or await Offer.find_one(given) is not None
    steps = [
        Step("sign-in", "/console/me", signs_in),
        Step("achievement", "/console/achievements", bool(achievements)),
        Step("issue", "/console/issue" if achievements else "/console/achievements", issued),
    ]
    if may(account.role, Role.OWNER):
        others = len(await Account.of_organisation(slug, 2)) > 1
        steps.append(Step("people", "/console/accounts", others))
    return () if all(step.done for step in steps) else tuple(steps)
