"""The pages of plans: all of them, one of them with what is proposed, and the catalogues of modules. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from matching.market.outlook import Outlook, OutlookOf, State
from matching.pictures.progress import draw_progress
from matching.plan.catalogue import Form, Module, ModuleCatalogue
from matching.plan.cover_problem import Aim
from matching.plan.drafting import Chosen, Draft, Offered
from matching.plan.reasons import reason_of_open, reasons_of_choice, reasons_of_draft
from matching.plan.summary import euros
from matching.taxonomy.compact import Taxonomy
from passport.texts import Language
from wallet.core.finding import find_occupations
from wallet.core.plain_text import plain_name
from wallet.core.plan.agenda import title_of
from wallet.core.plan.catalogues import catalogue_record, catalogues, lapsed, unchecked
from wallet.core.plan.outcome import outcome
from wallet.core.plan.planning import propose
from wallet.core.plan.plans import Plan, Status, plans
from wallet.core.plan.progress import progress
from wallet.core.plan.standing import ItemStanding, Standing, credential_name, standing
from wallet.core.profiles_kept import profiles_kept
from wallet.core.wallet import Wallet
from wallet.views.pages import Named
from wallet.views.rendering import Page, Renderer

HERE = "/plan"
FOUND = 12
"""Occupations that a search offers: more is not looked through."""
_LIST = 24
"""Open gaps that are listed at once; the others unfold."""


@dataclass(frozen=True, slots=True)
class ModuleLine:
    """A module in a few words."""

    id: str
    title: str
    provider: str
    hours: int
    money: str
    form: Form
    online: bool
    place: str
    page: str | None
    credential: bool
    """It ends in a credential that closes its gap when it comes in."""
    synthetic: bool
    first: date | None = None


def overview(
    renderer: Renderer,
    language: Language,
    wallet: Wallet,
    taxonomy: Taxonomy,
    *,
    query: str = "",
    undo: bool = False,
    note: str = "",
    error: str = "",
    status: int = 200,
) -> Page:
    """Every plan, a way to begin one, and what is counted; `note` says what an address led to."""
    stands = [standing(wallet, each, taxonomy, language=language) for each in plans(wallet)]
    return renderer.page(
        "plans.html",
        language,
        status=status,
        here=HERE,
        again=[("q", query)],
        error=error,
        note=note,
        undo=undo,
        query=query,
        found=[Named(*one) for one in find_occupations(taxonomy, query, language)[:FOUND]] if query else [],
        profiles=[(one.id, plain_name(one.name(language))) for one in profiles_kept(wallet)],
        plans=[_line(each, taxonomy, language) for each in stands],
        catalogues=len(catalogues(wallet)),
        outcome=outcome(wallet),
    )


def plan(
    renderer: Renderer,
    language: Language,
    wallet: Wallet,
    taxonomy: Taxonomy,
    one: Plan,
    *,
    outlook_of: OutlookOf,
    undo: bool = False,
    error: str = "",
    status: int = 200,
) -> Page:
    """One plan: how far it is, its parts, and what is proposed for the rest."""
    stands = standing(wallet, one, taxonomy, language=language)
    today = wallet.now().date()
    proposed = propose(wallet, stands, taxonomy)
    over_time = progress(stands, today)
    return renderer.page(
        "plan.html",
        language,
        status=status,
        here=f"{HERE}/{one.id}",
        error=error,
        undo=undo,
        line=_line(stands, taxonomy, language),
        target=one.target,
        outlook=_outlook(one, outlook_of),
        picture=Markup(  # noqa: S704  # escaped there
            draw_progress(over_time.reached, over_time.planned, over_time.of, today, language)
        )
        if over_time is not None and (stands.items or stands.closed_since)
        else None,
        items=[_item(each, language, today) for each in stands.items],
        hours=stands.hours,
        money=euros(stands.cents, language),
        calendar=any(each.item.first and each.status is not Status.DONE for each in stands.items),
        synthetic=stands.synthetic or any(each.offered.catalogue.synthetic for each in proposed.chosen),
        wishes=one.wishes,
        euros="" if one.wishes.cents is None else one.wishes.cents // 100,
        aims=tuple(Aim),
        forms=tuple(Form),
        statuses=tuple(Status),
        draft=_draft(proposed, language, today),
        refused=_refused(wallet, one, language),
        catalogues=len(catalogues(wallet)),
    )


def module_catalogues(
    renderer: Renderer,
    language: Language,
    wallet: Wallet,
    taxonomy: Taxonomy,
    *,
    undo: bool = False,
    error: str = "",
    status: int = 200,
) -> Page:
    """The catalogues that are here, whose they are and until when."""
    return renderer.page(
        "plan-catalogues.html",
        language,
        status=status,
        here=f"{HERE}/catalogues",
        error=error,
        undo=undo,
        catalogues=[_catalogue(each, language) for each in (*catalogues(wallet), *unchecked(wallet))],
        lapsed=[_catalogue(each, language) for each in lapsed(wallet)],
        plans=[(each.id, each.target.label(taxonomy, language)) for each in plans(wallet)],
    )


def _line(stands: Standing, taxonomy: Taxonomy, language: Language) -> dict[str, object]:
    plan = stands.plan
    return {
        "id": plan.id,
        "label": plan.target.label(taxonomy, language),
        "publisher": plan.target.publisher,
        "met": stands.found.essential.met,
        "of": stands.found.essential.of,
        "start": max(0, stands.found.essential.met - len(stands.closed_since)),
        "made": plan.made,
        "parts": len(stands.items),
        "done": sum(each.status is Status.DONE for each in stands.items),
        "synthetic": stands.synthetic,
    }


def _outlook(one: Plan, outlook_of: OutlookOf) -> dict[str, object] | None:
    """Nothing of a function profile: demand is counted by occupation."""
    if one.target.occupation is None:
        return None
    found: Outlook = outlook_of(one.target.occupation)
    return {
        "state": str(found.state),
        "shrinking": found.state is State.SHRINKING,
        "loaded": found.market is not None,
        "reasons": found.reasons,
        "source": plain_name(found.source),
        "synthetic": found.synthetic,
    }


def _item(each: ItemStanding, language: Language, today: date) -> dict[str, object]:
    item = each.item
    return {
        "id": item.id,
        "title": title_of(each, language),
        "module": None
        if item.module is None
        else _module(item.module, language, today, synthetic=item.synthetic),
        "form": item.form,
        "status": each.status,
        "own": item.status,
        "steps": each.steps,
        "proven": each.closed == len(each.steps),
        "reasons": each.reasons,
        "needless": each.needless,
        "credential": None
        if each.credential is None
        else (each.credential.id, credential_name(each.credential)),
        "first": item.first,
        "last": item.last,
        "note": item.note,
    }


def _draft(found: Draft, language: Language, today: date) -> dict[str, object]:
    return {
        "gaps": len(found.gaps),
        "reasons": reasons_of_draft(found),
        "chosen": [_chosen(each, language, today) for each in found.chosen],
        "open": [
            {
                "skill": each.gap.skill,
                "label": each.gap.label,
                "required": each.gap.required,
                "level": each.gap.level,
                "own_level": each.gap.own_level,
                "reason": reason_of_open(each),
                "nobody": each.why == "nobody",
                "near": [_offered(one, language, today) for one in each.near[:_LIST]],
            }
            for each in found.open
        ],
        "hours": found.hours,
        "money": euros(found.cents, language),
    }


def _chosen(each: Chosen, language: Language, today: date) -> dict[str, object]:
    return {
        "key": each.offered.key,
        "publisher": plain_name(each.offered.catalogue.publisher_name),
        "module": _module(each.module, language, today, synthetic=each.offered.catalogue.synthetic),
        "closes": each.closes,
        "reasons": reasons_of_choice(each),
        "alternatives": [_offered(one, language, today) for one in each.alternatives[:_LIST]],
    }


def _offered(one: Offered, language: Language, today: date) -> dict[str, object]:
    return {
        "module": _module(one.module, language, today, synthetic=one.catalogue.synthetic),
        "closes": one.closes,
    }


def _module(module: Module, language: Language, today: date, *, synthetic: bool) -> ModuleLine:
    start = module.next_start(today)
    return ModuleLine(
        id=module.id,
        title=plain_name(module.title_in(language)),
        provider=plain_name(module.provider),
        hours=module.hours,
        money=euros(module.cents, language),
        form=module.form,
        online=module.online,
        place=plain_name(module.place or ""),
        page=module.page if module.page and module.page.startswith("https://") else None,
        credential=module.achievement is not None,
        synthetic=synthetic,
        first=None if start is None else start.first,
    )


def _refused(wallet: Wallet, one: Plan, language: Language) -> Sequence[tuple[str, str]]:
    named = {each.id: each for catalogue in catalogues(wallet) for each in catalogue.modules}
    return [
        (identifier, plain_name(named[identifier].title_in(language)) if identifier in named else identifier)
        for identifier in sorted(one.wishes.refused)
    ]


def _catalogue(found: ModuleCatalogue, language: Language) -> dict[str, object]:
    return {
        "record": catalogue_record(found.id),
        "name": plain_name(found.name_in(language)),
        "publisher": plain_name(found.publisher_name),
        "key": found.publisher,
        "version": found.version,
        "until": found.valid_until,
        "count": len(found.modules),
        "synthetic": found.synthetic,
        "authentic": found.authentic,
    }
