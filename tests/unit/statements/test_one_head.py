"""Every published document has one head, read by one reader: what is wrong with it is refused by the kind's own code."""

from datetime import UTC, datetime, timedelta

import pytest

from matching.market.document import parse_market
from matching.market.errors import MalformedMarketData
from matching.plan.catalogue import parse_module_catalogue, read_module
from matching.plan.errors import MalformedModuleCatalogue
from matching.plan.publishing import build_module_catalogue
from passport.errors.elm import MalformedSkillMap, SkillMapExpired, SkillMapNotYetValid
from passport.errors.evidence import MalformedFunctionProfile
from passport.errors.trust import MalformedTrustList, PublisherMismatch, UnexpectedPublisher
from passport.evidence.demand import Demand, Purpose
from passport.evidence.profile import build_function_profile, parse_function_profile
from passport.evidence.skill_map import (
    Closeness,
    MappedQualification,
    MappedSkill,
    build_skill_map,
    parse_skill_map,
)
from passport.json import dump, parse_object
from passport.statements import check_in_force, new_head, sign_statement, verify_statement
from passport.trust import build_trust_list, parse_trust_list
from tests.simulators.labour_markets import REGIONS, market_document
from tests.simulators.modules import module_document
from tests.simulators.parties import ESCO, NOW, Party, World

BODY, OTHER = Party("A sector"), Party("Somebody else")
HEAD = new_head("A list", BODY.did, BODY.name, version=3, now=NOW, days=30)
SKILL = MappedSkill(f"{ESCO}weld", "welding", Closeness.EXACT, "core task 1")
QUALIFICATION = MappedQualification("urn:example:welder", {"en": "Welder"}, (SKILL,))

KINDS = {
    "trust list": (
        build_trust_list(list_id="https://a.example/l", entries=(), **HEAD),
        parse_trust_list,
        MalformedTrustList,
    ),
    "function profile": (
        build_function_profile(
            profile_id="https://a.example/p",
            purpose=Purpose.LABOUR_MARKET,
            taxonomy="ESCO",
            demands=[Demand(f"{ESCO}weld", "welding", required=True)],
            **HEAD,
        ),
        parse_function_profile,
        MalformedFunctionProfile,
    ),
    "skill map": (
        build_skill_map(map_id="https://a.example/m", taxonomy="ESCO", entries=[QUALIFICATION], **HEAD),
        parse_skill_map,
        MalformedSkillMap,
    ),
    "catalogue": (
        build_module_catalogue(
            catalogue_id="https://a.example/c",
            taxonomy="ESCO",
            modules=[read_module(module_document(f"{ESCO}weld"))],
            **HEAD,
        ),
        parse_module_catalogue,
        MalformedModuleCatalogue,
    ),
    "market": (
        market_document({(f"{ESCO}welder", REGIONS[0].code): ([1] * 12, [2] * 12)}, **HEAD),
        parse_market,
        MalformedMarketData,
    ),
}
WRONG = {
    "id": ["", 3, "no address", None],
    "version": [0, -1, True, "1", 2**53, 1.0],
    "name": [{}, {"de": "Liste"}, {"en": ""}, {"en": "turned \u202eround"}, "A list", {"nl": "a\u0007b"}],
    "publisher": [BODY.did, {}, {"id": BODY.did}, {"id": "x", "name": "A"}, {"id": BODY.did, "name": ""}],
    "validFrom": ["2026-11-01", 1_700_000_000, "2026-W44-1T00:00:00Z", "2099-01-01T00:00:00Z"],
    "validUntil": ["2020-01-01T00:00:00Z", None, "20261101T000000Z"],
    "type": ["List", ["TrustList"], None],
}
CASES = [(kind, member, value) for kind in KINDS for member, values in WRONG.items() for value in values]


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_says_the_same_head(kind):
    document, parse, _ = KINDS[kind]
    found = parse(dump(document))
    assert (found.version, found.name_in("nl"), found.publisher, found.publisher_name) == (
        *(3, "A list", BODY.did, BODY.name),
    )
    assert (found.valid_from, found.valid_until) == (NOW, NOW + timedelta(days=30))
    assert found.id == document["id"]
    assert found.document == document


def test_a_wrong_head_is_refused_by_the_code_of_its_kind():
    for kind, member, value in CASES:
        document, parse, refusal = KINDS[kind]
        with pytest.raises(refusal) as caught:
            parse(document | {member: value})
        assert caught.value.code == refusal.code, (kind, member, value)


@pytest.mark.parametrize("kind", KINDS)
def test_a_head_without_a_member_or_with_another_is_refused(kind):
    document, parse, refusal = KINDS[kind]
    for member in WRONG:
        with pytest.raises(refusal):
            parse({name: value for name, value in document.items() if name != member})
    for more in ({"note": "x"}, {"publisher": document["publisher"] | {"url": "https://a.example"}}):
        with pytest.raises(refusal):
            parse(document | more)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_signed_by_one_signer_and_holds_for_that_publisher_alone(kind):
    document, _, _ = KINDS[kind]
    context = World().context
    signed = sign_statement(document, signer=BODY.signer, created=NOW)
    assert signed == sign_statement(document, signer=BODY.signer, created=NOW)
    read = parse_object(signed)
    verify_statement(read, publisher=BODY.did, context=context, expected_publishers={BODY.did})
    with pytest.raises(UnexpectedPublisher):
        verify_statement(read, publisher=BODY.did, context=context, expected_publishers={OTHER.did})
    with pytest.raises(PublisherMismatch):
        verify_statement(read, publisher=OTHER.did, context=context, expected_publishers=None)


def test_a_document_holds_from_its_first_second_to_its_last_with_a_minute_for_clocks():
    found = parse_trust_list(KINDS["trust list"][0])
    minute, second = timedelta(seconds=60), timedelta(seconds=1)

    def check(now, **named):
        check_in_force(found, now, not_yet=SkillMapNotYetValid, **named)

    check(NOW - minute)
    with pytest.raises(SkillMapNotYetValid):
        check(NOW - minute - second)
    end = NOW + timedelta(days=30) + minute
    check(end - second, expired=SkillMapExpired)
    check(datetime(2099, 1, 1, tzinfo=UTC))
    with pytest.raises(SkillMapExpired):
        check(end, expired=SkillMapExpired)
