"""The pages of plans: warned of shrinking work, drawn over time, and whatever a provider wrote stays text."""

import re
from datetime import date, timedelta

import pytest

from matching.bundle import load_bundle
from matching.compared import Demanded
from matching.market.outlook import Outlook, State, no_outlook
from matching.pictures.progress import Reached, draw_progress
from matching.taxonomy.model import Grade
from passport.answers import Reason
from passport.texts import Language
from tests.simulators.modules import catalogue_source, module_document
from tests.simulators.parties import NOW, Party
from tests.simulators.wallets import Person
from tests.unit.wallet.test_views import HOSTILE, shape
from wallet.core.plan.catalogues import keep_catalogue, verify_catalogue
from wallet.core.plan.planning import change_item, make_plan, refuse, take
from wallet.core.plan.plans import Status, plan_kept
from wallet.core.plan.progress import progress
from wallet.core.plan.standing import standing
from wallet.core.plan.target import Target, occupation_target
from wallet.views import plan as views
from wallet.views.rendering import Renderer

TAXONOMY = load_bundle()
WELDER = TAXONOMY.search_occupations("welder", top=1)[0].iri
NEEDED = TAXONOMY.skills_of(WELDER, Grade.ESSENTIAL)
PLAIN = "Lassen"


@pytest.fixture(scope="module")
def renderer():
    return Renderer(stylesheet="/static/x.css")


def planned(text):
    """Everything that a provider, an employer or the person can write says `text`."""
    person = Person()
    wallet = person.wallet
    published = re.sub("[\u202e]", "", text)  # a catalogue with it is refused before it gets here
    source = catalogue_source(
        [
            module_document(
                *NEEDED[:2],
                number=number,
                title={"nl": published, "en": published},
                provider=published,
                place=published,
                skill_name=published,
                achievement="urn:a:1",
            )
            for number in (1, 2)
        ]
        + [module_document(NEEDED[3], number=3)],
        now=NOW,
        name={"nl": published, "en": published},
        publisher_name=published,
    )
    keep_catalogue(wallet, verify_catalogue(wallet, source, person.world.cache), source)
    plan = make_plan(wallet, occupation_target(WELDER, TAXONOMY), TAXONOMY)
    made = take(wallet, plan.id, TAXONOMY, modules=["https://school.example/m/1"], own=[NEEDED[5]])
    change_item(wallet, plan.id, made.items[1].id, status=Status.DONE, first=date(2027, 1, 1), note=text)
    refuse(wallet, plan.id, "https://school.example/m/3")
    person.take(Party(text).issue(wallet.did, {NEEDED[0]: text}, achievement={"id": "urn:a:1", "name": text}))
    profile = Target(
        profile="urn:p", name=published, publisher=published, demands=(Demanded("urn:x", label=published),)
    )
    return person, plan, make_plan(wallet, profile, TAXONOMY)


def all_pages(renderer, language, text):
    person, plan, other = planned(text)
    wallet = person.wallet
    for one in (plan, other):
        kept = plan_kept(wallet, one.id)
        yield views.plan(renderer, language, wallet, TAXONOMY, kept, outlook_of=no_outlook, error=text)
    yield views.overview(renderer, language, wallet, TAXONOMY, query="welder", error=text)
    yield views.module_catalogues(renderer, language, wallet, TAXONOMY, error=text)
    person.world.now += timedelta(days=400)
    yield views.module_catalogues(renderer, language, wallet, TAXONOMY, undo=True)


@pytest.fixture(scope="module")
def plain(renderer):
    return [shape(page) for page in all_pages(renderer, Language.NL, PLAIN)]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_anybody_wrote_in_a_plan_stays_text(renderer, plain, text):
    for page, expected in zip(all_pages(renderer, Language.NL, text), plain, strict=True):
        assert shape(page) == expected
        assert "\u202e" not in page.html


@pytest.mark.parametrize("language", Language)
def test_every_word_of_the_pages_is_there(renderer, language):
    for page in all_pages(renderer, language, PLAIN):
        visible = re.sub(r"<[^>]+>", " ", page.html)
        assert not re.search(r"\b(plan|plans|catalogues?|outcome)[-.][a-z]", visible), visible


@pytest.mark.parametrize("state", State)
def test_a_shrinking_occupation_warns_and_nothing_else_does(renderer, state):
    person, plan, _ = planned(PLAIN)

    def outlook(occupation):
        return Outlook(occupation, state, (Reason("market.none"),))

    page = views.plan(
        renderer, Language.NL, person.wallet, TAXONOMY, plan_kept(person.wallet, plan.id), outlook_of=outlook
    )
    assert ("Er is minder van dit werk dan eerst." in page.html) == (state is State.SHRINKING)


def test_without_figures_the_page_says_that_none_are_loaded(renderer):
    person, plan, other = planned(PLAIN)

    def page(one):
        kept = plan_kept(person.wallet, one.id)
        return views.plan(renderer, Language.NL, person.wallet, TAXONOMY, kept, outlook_of=no_outlook).html

    assert "Er zijn geen cijfers over werk geladen." in page(plan)
    assert "cijfers over werk" not in page(other)


def test_progress_is_what_came_in_and_what_is_planned():
    person, plan, other = planned(PLAIN)
    wallet = person.wallet

    def over_time(one):
        found = standing(wallet, plan_kept(wallet, one.id), TAXONOMY, language="nl")
        return progress(found, wallet.now().date())

    person.world.now += timedelta(days=30)
    person.take(Party("B").issue(wallet.did, [NEEDED[7]], at=person.world.now))
    made = take(wallet, plan.id, TAXONOMY, own=[NEEDED[8], NEEDED[9]])
    for item, last in zip(made.items[2:], (date(2027, 2, 1), date(2020, 1, 1)), strict=True):
        change_item(wallet, plan.id, item.id, first=date(2020, 1, 1), last=last)
    found = over_time(plan)
    assert [(each.day, each.met) for each in found.reached] == [
        (NOW.date(), 1),
        (NOW.date() + timedelta(30), 2),
    ]
    assert [(each.day, each.met) for each in found.planned] == [
        (NOW.date() + timedelta(30), 3),
        (date(2027, 2, 1), 4),
    ]
    assert found.of == len(NEEDED)
    assert over_time(other).reached == (Reached(NOW.date(), 0),)


def test_a_target_of_useful_skills_alone_has_no_picture():
    person = Person()
    target = Target(profile="urn:p", name="x", demands=(Demanded("urn:x", required=False),))
    plan = make_plan(person.wallet, target, TAXONOMY)
    found = standing(person.wallet, plan, TAXONOMY, language="nl")
    assert progress(found, NOW.date()) is None


@pytest.mark.parametrize("language", Language)
def test_the_picture_says_the_same_in_words(language):
    start = date(2026, 5, 6)
    reached = [Reached(start, 2), Reached(date(2026, 8, 1), 5)]
    drawn = draw_progress(reached, [Reached(date(2027, 1, 4), 9)], 12, date(2026, 9, 1), language, name="x")
    described = re.search(r"<desc[^>]*>(.*?)</desc>", drawn)[1]
    assert all(str(number) in described for number in (2, 5, 9, 12))
    assert 'id="x-title"' in drawn
    assert "dasharray" in drawn
    assert "<style>" not in drawn
    assert drawn == draw_progress(
        reached, [Reached(date(2027, 1, 4), 9)], 12, date(2026, 9, 1), language, name="x"
    )
    alone = draw_progress([Reached(start, 0)], [], 1, start, language, standalone=True)
    assert "dasharray" not in alone
    assert "<style>" in alone
    for number in map(float, re.findall(r'c[xy]="([-0-9.]+)"', drawn + alone)):
        assert 0 <= number <= 360
