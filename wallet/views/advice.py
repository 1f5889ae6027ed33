"""The pages of help from an adviser: what the person sees of it, and what the adviser sees. Pure."""

from matching.onet.model import Onet
from matching.taxonomy.compact import Taxonomy
from passport.texts import Language
from wallet.core import intake_wishes as wished
from wallet.core.advice import MINUTES, Sees, State, Visit, proposals, visits
from wallet.core.finding import find_skills
from wallet.core.intake_answers import fitting_work, levels
from wallet.core.intake_pasts import pasts_kept
from wallet.core.intake_skills import LEVELS
from wallet.core.market_kept import markets
from wallet.core.profile import profile_of
from wallet.core.profile_skills import SourceKind
from wallet.core.wallet import Wallet
from wallet.views.intake import past_line
from wallet.views.market import about
from wallet.views.pages import Named
from wallet.views.rendering import Page, Renderer

HERE = "/intake/advice"
ADVISER = "/adviser"
_KINDS = (SourceKind.TICKED, SourceKind.OWN_CLAIM, SourceKind.ASSESSED, SourceKind.DERIVED)
"""In this order: what the person said themselves first."""


def advice(
    renderer: Renderer,
    language: Language,
    wallet: Wallet,
    taxonomy: Taxonomy,
    *,
    error: str = "",
    status: int = 200,
) -> Page:
    """For the person: what waits, who was let in and what they did, and the form to let somebody in."""
    told = [(each, taxonomy.label(each.skill, language)) for each in proposals(wallet)]
    return renderer.page(
        "advice.html",
        language,
        status=status,
        here=HERE,
        waiting=[each for each in told if each[0].state is State.WAITING],
        decided=[each for each in told if each[0].state is not State.WAITING],
        visits=visits(wallet),
        sees=tuple(Sees),
        minutes=MINUTES,
        levels=LEVELS,
        error=error,
    )


def for_adviser(
    renderer: Renderer,
    language: Language,
    wallet: Wallet,
    taxonomy: Taxonomy,
    onet: Onet,
    *,
    visit: Visit,
    what: Sees | None = None,
    query: str = "",
    proposed: bool = False,
    error: str = "",
    status: int = 200,
) -> Page:
    """For the adviser: one thing that the person chose to show, and the form to propose with."""
    shown: dict[str, object] = {}
    if what is Sees.PAST:
        now = wallet.now().year
        shown["pasts"] = [past_line(each, taxonomy, language, now) for each in pasts_kept(wallet)]
    elif what is Sees.SKILLS:
        own = [one for one in profile_of(wallet).skills if one.kind is not SourceKind.CREDENTIAL]
        named = [(one.kind, taxonomy.label(one.skill, language), one.level) for one in own]
        shown["skills"] = [
            (str(kind), sorted((label, level) for each, label, level in named if each is kind))
            for kind in _KINDS
            if any(each is kind for each, _, _ in named)
        ]
    elif what is Sees.ASSESSMENT:
        shown["answered"] = len(levels(wallet))
        shown["work"] = [
            taxonomy.label(one.esco[0][0], language) if one.esco else one.title
            for one in fitting_work(wallet, onet)
        ]
    elif what is Sees.MOTIVES:
        shown["motives"] = wished.motives(wallet)
        shown["attitude"] = wished.attitude(wallet)
        shown["wishes"] = wished.wishes(wallet)
    return renderer.page(
        "adviser.html",
        language,
        status=status,
        locked=True,
        here=ADVISER if what is None else f"{ADVISER}/{what}",
        visit=visit,
        sees=[each for each in Sees if each in visit.sees],
        what=None if what is None else str(what),
        shown=shown,
        query=query,
        found=[Named(*each) for each in find_skills(taxonomy, query, language)] if query else [],
        proposed=proposed,
        figures=[about(signed, wallet, language) for signed in markets(wallet)],
        error=error,
    )
