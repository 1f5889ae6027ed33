"""What a check-up says to a worker: whose word skills rest on, whose figures, what changed, what is asked."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from matching.bundle import load_bundle
from matching.checkup.proven import Group
from matching.market.outlook import no_outlook
from matching.market.series import GROUP
from matching.taxonomy.model import Grade
from passport.evidence.kinds import Strength
from passport.texts import Language
from tests.simulators.labour_markets import ALL, market_document, shrinking, signed_market
from tests.simulators.modules import catalogue_source, module_document
from tests.simulators.parties import NOW, Party
from tests.simulators.wallets import Person
from wallet.core.checkup.kept import keep_check_up
from wallet.core.checkup.looking import Said, filled_in, look, skill_then
from wallet.core.intake_pasts import PastDraft, keep_past
from wallet.core.market_kept import keep_market
from wallet.core.plan.catalogues import keep_catalogue, verify_catalogue
from wallet.core.plan.planning import make_plan
from wallet.core.plan.target import occupation_target
from wallet.core.profile import profile_of
from wallet.core.self_assessment import assess
from wallet.views import checkup as views
from wallet.views.checkup_changes import FEW
from wallet.views.checkup_parts import NAMED
from wallet.views.checkup_trust import trusted
from wallet.views.plan import plan as plan_page
from wallet.views.rendering import Renderer

ESCO = load_bundle()
CARPENTER = ESCO.search_occupations("timmerman", "nl", top=1)[0].iri
NEEDED = ESCO.skills_of(CARPENTER, Grade.ESSENTIAL)
_YEAR = timedelta(days=366)


@pytest.fixture(scope="module")
def renderer():
    return Renderer(stylesheet="/static/x.css")


def figures(**changed):
    """A set that knows carpenters, dated when the world of the tests is."""
    counts = shrinking()
    document = market_document(
        {(f"{GROUP}711", ALL): (counts, [500] * len(counts))},
        valid_from=NOW - timedelta(days=30),
        valid_until=NOW + timedelta(days=335),
        **changed,
    )
    return signed_market(document, created=NOW - timedelta(days=1))


def worker(*, market=True):
    """A carpenter: past work, three answers about oneself, and two skills that a stranger signed."""
    person = Person()
    keep_past(person.wallet, PastDraft("work", (CARPENTER,), since="2015"), ESCO)
    assess(person.wallet, list(NEEDED[:3]), ESCO, language="nl")
    person.take(Party("A school").issue(person.wallet.did, list(NEEDED[2:4]), at=person.world.now))
    if market:
        keep_market(person.wallet, figures())
    return person


def made(wallet, **said):
    return keep_check_up(wallet, filled_in(look(wallet, ESCO, "nl"), Said(**{"answers": {}, **said})))


def report(renderer, wallet, one, language=Language.NL):
    return views.written(renderer, language, wallet, ESCO, one)


def words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.html).split())


def test_what_a_stranger_signed_is_not_called_ones_own_word(renderer):
    wallet = worker(market=False).wallet
    one = made(wallet)
    groups = {each.group: each for each in report(renderer, wallet, one).groups}
    assert {group: each.count for group, each in groups.items()} == {
        Group.SIGNED: 2,
        Group.OWN: 2,
        Group.DERIVED: len(profile_of(wallet).skills) - 4,
    }
    assert groups[Group.SIGNED].skills == sorted(ESCO.label(skill, "nl") for skill in NEEDED[2:4])
    assert groups[Group.DERIVED].more == max(0, groups[Group.DERIVED].count - NAMED)
    page = words(views.report(renderer, Language.NL, wallet, ESCO, one))
    assert "Getekend door iemand die wij niet kennen: 2" in page
    assert "Volgt uit uw werk of opleiding" in page
    known = profile_of(wallet).by_skill[NEEDED[3]]
    for strength, group in ((Strength.HARD, Group.STRONG), (Strength.SEMI_HARD, Group.CONFIRMED)):
        assert skill_then(replace(known, strength=strength)).group is group


def test_figures_are_shown_from_the_start_of_their_window_with_their_date(renderer):
    """R101, in what is found today and in what is kept of it."""
    wallet = worker().wallet
    found = look(wallet, ESCO, "nl")
    kept = made(wallet)
    for page in (
        views.form(renderer, Language.NL, wallet, ESCO, found),
        views.report(renderer, Language.NL, wallet, ESCO, kept),
    ):
        said = words(page)
        assert "Van eerste kwartaal van 2023 tot en met vierde kwartaal van 2025." in said
        assert "het laatste jaar (eerste kwartaal van 2025 tot en met vierde kwartaal van 2025)" in said
        assert f"met de datum {(NOW - timedelta(days=30)).day} " in said
    assert kept.snapshot.market.first == "2023-Q1"


def test_the_check_up_names_the_skills_that_are_asked(renderer):
    """R103."""
    wallet = worker().wallet
    found = report(renderer, wallet, made(wallet)).asked
    assert found.have[0].vacancies > 0
    assert all(each.occupations <= found.occupations for each in (*found.have, *found.lack))
    assert {each.label for each in found.have}.isdisjoint(each.label for each in found.lack)
    without = worker(market=False).wallet
    assert report(renderer, without, made(without)).asked is None


def test_what_changed_stands_beside_what_was(renderer):
    person = worker()
    wallet = person.wallet
    first = made(wallet)
    assert all(each.before is None for each in report(renderer, wallet, first).groups)
    person.world.now += timedelta(days=200)
    person.take(Party("B").issue(wallet.did, list(NEEDED[4:6]), at=person.world.now))
    second = report(renderer, wallet, made(wallet))
    signed = next(each for each in second.groups if each.group is Group.SIGNED)
    assert (signed.count, signed.before) == (4, 2)
    page = views.report(
        renderer, Language.NL, wallet, ESCO, keep_check_up(wallet, look(wallet, ESCO, "nl").snapshot)
    )
    assert "vorige keer" in page.html
    assert page.html.count('role="img"') == 1


def test_figures_that_nobody_stands_by_any_more_are_said_to_be_that(renderer):
    person = worker()
    wallet = person.wallet
    made(wallet)
    person.world.now += _YEAR
    found = report(renderer, wallet, made(wallet))
    assert not found.figures.current
    assert any("stond niet meer in" in sentence for sentence in found.changed.sentences)
    assert not any(each.demand_before for each in found.work)


def test_many_names_in_one_sentence_are_counted(renderer):
    person = Person()
    made(person.wallet)
    keep_past(person.wallet, PastDraft("work", (CARPENTER,), since="2015"), ESCO)
    person.world.now += timedelta(days=1)
    gained = report(renderer, person.wallet, made(person.wallet)).changed.me[0]
    assert gained.sign == "+"
    assert gained.words.count(",") < FEW
    assert re.search(r"en nog \d+", gained.words)


@pytest.mark.parametrize("language", Language)
def test_each_number_says_how_far_it_can_be_trusted(renderer, language):
    """R116, of every measure that a check-up has; with the back-test of the figures that are loaded."""
    page = trusted(renderer, language, worker().wallet)
    for section in ("proof", "statements", "answers", "near", "demand", "asked", "not"):
        assert f'id="{section}"' in page.html
    assert page.html.count("A statistics office") == 3
    assert not re.search(r"\btrusted-", words(page))
    bare = words(trusted(renderer, language, Person().wallet))
    assert renderer.say("market.none", language) in bare


def test_a_module_says_who_gives_it_and_what_it_ends_in(renderer):
    """R113."""
    person = Person()
    wallet = person.wallet
    source = catalogue_source(
        [module_document(*NEEDED[:2], number=1, achievement="urn:a:1"), module_document(NEEDED[3], number=2)],
        now=NOW,
    )
    keep_catalogue(wallet, verify_catalogue(wallet, source, person.world.cache), source)
    made_plan = make_plan(wallet, occupation_target(CARPENTER, ESCO), ESCO)
    page = words(plan_page(renderer, Language.NL, wallet, ESCO, made_plan, outlook_of=no_outlook))
    assert "Aan het eind: een digitaal bewijs van A school." in page
    assert "Aan het eind: geen digitaal bewijs." in page
