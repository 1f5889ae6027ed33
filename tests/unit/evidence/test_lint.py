"""The linter of function profiles: what nobody can meet, whom it keeps out, and what is asked too much."""

from datetime import timedelta

import pytest

from passport.evidence import Demand, Purpose, Strength, build_function_profile, parse_function_profile
from passport.evidence.lint import OccupationSkills, Severity, lint, worst
from passport.evidence.lint_codes import LintCode
from passport.evidence.lint_demand import highest
from passport.evidence.lint_profile import MOST_REQUIRED
from passport.texts import Language, render_reason, shared
from passport.trust import NO_TRUST, Recognition
from tests.simulators.parties import ESCO, NOW, Party, World, recognise

DAY = timedelta(days=1)
SOFT, SEMI, HARD = Strength.SOFT, Strength.SEMI_HARD, Strength.HARD
EDUCATOR, VALIDATOR, EMPLOYER = Recognition.EDUCATOR, Recognition.VALIDATOR, Recognition.EMPLOYER
SKILL = ESCO + "1"
SCHOOL, COMPANY, STRANGER = Party("School"), Party("Company"), Party("Stranger")
WORLD = World()
LISTED = WORLD.trusting(
    recognise(SCHOOL, EDUCATOR),
    recognise(COMPANY, EMPLOYER),
    recognise("did:web:narrow.example", VALIDATOR, skills=frozenset({ESCO + "2"})),
)
LABELS = {
    SKILL: {"en": "weld", "nl": "lassen"},
    ESCO + "2": {"en": "bake"},
    ESCO + "3": {"nl": "snijden"},
}.get


def profile(*demands, **members):
    return parse_function_profile(
        build_function_profile(
            **{
                "profile_id": "https://employer.example/profiles/1",
                "version": 1,
                "name": {"en": "Welder", "nl": "Lasser"},
                "publisher": "did:web:employer.example",
                "publisher_name": "Employer",
                "purpose": Purpose.DEVELOPMENT,
                "taxonomy": "ESCO 1.1.1",
                "demands": demands,
                "valid_from": NOW - DAY,
                "valid_until": NOW + 300 * DAY,
                **members,
            }
        )
    )


def asks(**members):
    return Demand(**{"skill": SKILL, "label": "weld", "maximum_age_months": 24, **members})


def findings(*demands, trust=None, skills=None, labels=None, now=NOW, **members):
    return lint(profile(*demands, **members), now=now, trust=trust, occupation_skills=skills, labels=labels)


def codes(*demands, **known):
    return [finding.code for finding in findings(*demands, **known)]


def test_a_profile_in_order_has_no_findings():
    demand = asks(
        minimum_strength=HARD,
        accepted_recognitions=frozenset({EDUCATOR, VALIDATOR}),
        level=8,
        labels={"nl": "lassen"},
    )
    known = {"trust": LISTED, "skills": OccupationSkills(frozenset({SKILL})), "labels": LABELS}
    occupation = "http://data.europa.eu/esco/occupation/1"
    found = findings(demand, **known, purpose=Purpose.LABOUR_MARKET, occupation=occupation)
    assert found == ()
    assert worst(found) is None


class TestWhatNobodyCanMeet:
    @pytest.mark.parametrize(
        ("recognitions", "highest_proof"),
        [
            ({EMPLOYER}, SEMI),
            ({Recognition.WORK_PLACEMENT_COMPANY, EMPLOYER}, SEMI),
            ({Recognition.ADVISER}, SOFT),
            ({EDUCATOR}, HARD),
            ({VALIDATOR, EMPLOYER}, HARD),
            (set(), SOFT),
        ],
    )
    def test_stronger_proof_than_the_accepted_parties_can_give(self, recognitions, highest_proof):
        assert highest(recognitions) is highest_proof
        for minimum in Strength if recognitions else ():
            found = codes(asks(minimum_strength=minimum, accepted_recognitions=frozenset(recognitions)))
            assert (LintCode.STRENGTH_UNREACHABLE in found) is (minimum > highest_proof)

    def test_a_named_issuer_may_be_recognised_as_more(self):
        demand = asks(
            minimum_strength=HARD,
            accepted_recognitions=frozenset({EMPLOYER}),
            accepted_issuers=frozenset({SCHOOL.did}),
        )
        assert codes(demand) == []
        assert codes(demand, trust=LISTED) == []

    def test_a_level_above_the_rubric(self):
        assert codes(asks(level=8)) == []
        [found] = findings(asks(level=9))
        assert (found.code, found.severity, found.skill) == ("lint.level_above_rubric", Severity.ERROR, SKILL)
        assert [each.code for each in lint(profile(asks(level=5)), now=NOW, rubric_levels=4)] == [
            "lint.level_above_rubric"
        ]

    def test_only_issuers_that_no_list_recognises(self):
        both = frozenset({STRANGER.did, COMPANY.did})
        demand = asks(minimum_strength=HARD, accepted_issuers=both)
        assert codes(demand, trust=LISTED) == ["lint.no_issuer_recognised"]
        assert codes(demand) == []
        demand = asks(minimum_strength=SEMI, accepted_issuers=both)
        [found] = findings(demand, trust=LISTED)
        assert (found.code, found.reason.values["issuers"]) == ("lint.issuer_unrecognised", 1)
        demand = asks(minimum_strength=SEMI, accepted_issuers=frozenset({COMPANY.did, SCHOOL.did}))
        assert codes(demand, trust=LISTED) == []

    def test_a_kind_of_party_that_the_lists_do_not_have(self):
        demand = asks(minimum_strength=HARD, accepted_recognitions=frozenset({VALIDATOR}))
        assert codes(demand, trust=LISTED) == ["lint.nobody_recognised"]
        other = asks(skill=ESCO + "2", minimum_strength=HARD, accepted_recognitions=frozenset({VALIDATOR}))
        assert codes(other, trust=LISTED) == []

    def test_any_proof_without_a_list(self):
        assert codes(asks(minimum_strength=HARD), trust=NO_TRUST) == ["lint.no_lists"]
        assert codes(asks(), trust=NO_TRUST) == []

    def test_one_skill_under_two_spellings(self):
        for spelling in (
            ESCO.replace("http:", "https:") + "1",
            ESCO.replace("esco", "%65sco") + "1",
            SKILL + "/",
        ):
            found = codes(asks(), asks(skill=spelling, label="welding", required=False))
            assert found == ["lint.contradictory"], spelling
        assert codes(asks(), asks(skill=ESCO + "2", label="bake")) == []

    def test_a_profile_past_its_last_day(self):
        assert codes(asks(), now=NOW + 300 * DAY) == ["lint.expired"]


class TestWhomItKeepsOut:
    @pytest.mark.parametrize(
        ("skill", "label"),
        [
            ("http://data.europa.eu/esco/qualification/1", "welding, level 3"),
            ("https://kwalificaties.example/crebo/25349", "lassen"),
            (SKILL, "Mbo-diploma lassen"),
            (SKILL, "Lasdiploma niveau 3"),
            (SKILL, "bachelor of science"),
            (SKILL, "Master's degree"),
            (SKILL, "HBO werk- en denkniveau"),
        ],
    )
    def test_a_diploma_that_skills_could_replace(self, skill, label):
        assert codes(asks(skill=skill, label=label)) == ["lint.diploma_demand"]

    def test_the_skills_of_the_occupation_are_named_instead(self):
        known = OccupationSkills(frozenset({SKILL, ESCO + "2", ESCO + "3"}))
        demand = asks(skill="https://school.example/diploma/1", label="Diploma", required=False)
        by_code = {each.code: each for each in findings(demand, skills=known, labels=LABELS)}
        assert by_code["lint.diploma_demand_skills"].reason.values["skills"] == "weld, bake"

    def test_a_skill_about_diplomas_is_a_skill(self):
        labels = {SKILL: {"en": "check diploma requirements"}}.get
        assert codes(asks(label="check diploma requirements"), labels=labels) == []

    def test_hard_proof_of_schools_alone(self):
        schools = frozenset({EDUCATOR})
        assert codes(asks(minimum_strength=HARD, accepted_recognitions=schools)) == ["lint.schools_only"]
        assert codes(asks(minimum_strength=SEMI, accepted_recognitions=schools)) == []

    @pytest.mark.parametrize(("minimum", "least"), [(SOFT, 1), (SEMI, 2), (HARD, 6)])
    def test_an_age_that_is_shorter_than_getting_the_proof_takes(self, minimum, least):
        assert codes(asks(minimum_strength=minimum, maximum_age_months=least)) == []
        if least > 1:
            short = asks(minimum_strength=minimum, maximum_age_months=least - 1)
            assert codes(short) == ["lint.age_too_short"]

    def test_soft_proof_of_some_parties_only(self):
        assert codes(asks(accepted_recognitions=frozenset({EMPLOYER}))) == ["lint.soft_but_restricted"]
        assert codes(asks(accepted_issuers=frozenset({SCHOOL.did}))) == ["lint.soft_but_restricted"]

    def test_one_organisation_only(self):
        demand = asks(minimum_strength=SEMI, accepted_issuers=frozenset({SCHOOL.did}))
        assert codes(demand) == ["lint.one_issuer"]


class TestWhatIsAskedTooMuch:
    def test_everything_optional(self):
        assert codes(asks(required=False)) == ["lint.all_optional"]

    def test_everything_hard_or_with_its_records(self):
        def three(**members):
            return [asks(skill=f"{ESCO}{n}", label=f"skill {n}", **members) for n in range(3)]

        assert codes(*three(minimum_strength=HARD)) == ["lint.all_hard"]
        assert codes(*three(minimum_strength=SEMI, records_shown=True)) == ["lint.all_records"]
        assert codes(*three(minimum_strength=HARD)[:2]) == []

    def test_records_where_soft_proof_will_do(self):
        assert codes(asks(records_shown=True)) == ["lint.records_of_soft"]

    def test_more_required_skills_than_people_can_show(self):
        def some(number):
            return [asks(skill=f"{ESCO}{n}", label=f"skill {n}") for n in range(number)]

        assert codes(*some(MOST_REQUIRED)) == []
        assert codes(*some(MOST_REQUIRED + 1)) == ["lint.too_many"]

    def test_more_than_the_occupation_has(self):
        known = OccupationSkills(frozenset({SKILL}), frozenset({ESCO + "2"}))
        demands = [asks(skill=f"{ESCO}{n}", label=f"skill {n}") for n in (1, 2, 3)]
        demands.append(asks(skill=ESCO + "4", label="skill 4", required=False))
        found = findings(*demands, skills=known, occupation="http://data.europa.eu/esco/occupation/1")
        assert [(each.code, each.skill) for each in found] == [
            ("lint.more_than_occupation", None),
            ("lint.beyond_occupation", ESCO + "3"),
            ("lint.optional_in_occupation", ESCO + "2"),
        ]
        assert found[0].reason.values == {"required": 3, "essential": 1}
        assert codes(asks(), occupation="http://data.europa.eu/esco/occupation/1") == []


class TestDatesAndNames:
    @pytest.mark.parametrize(
        ("members", "code"),
        [
            ({"valid_until": NOW + 29 * DAY}, "lint.ends_soon"),
            ({"valid_until": NOW + 740 * DAY}, "lint.long_validity"),
            ({"valid_from": NOW + 2 * DAY}, "lint.not_yet_valid"),
            ({"name": {"en": "Welder"}}, "lint.name_missing.nl"),
            ({"name": {"nl": "Lasser"}}, "lint.name_missing.en"),
            ({"purpose": Purpose.LABOUR_MARKET}, "lint.no_occupation"),
        ],
    )
    def test_of_the_profile(self, members, code):
        assert codes(asks(), **members) == [code]

    def test_no_age_anywhere(self):
        assert codes(asks(minimum_strength=SEMI, maximum_age_months=None)) == ["lint.no_maximum_age"]
        assert codes(asks(maximum_age_months=None)) == []

    def test_a_label_in_the_other_language_is_proposed(self):
        [found] = findings(asks(), labels=LABELS)
        assert (found.code, found.reason.values["name"]) == ("lint.label_missing.nl", "lassen")
        [found] = findings(asks(label="Lassen"), labels=LABELS)
        assert (found.code, found.severity) == ("lint.label_missing.en", Severity.HINT)
        assert codes(asks(labels={"nl": "lassen"}), labels=LABELS) == []
        assert codes(asks(skill=ESCO + "2", label="bake"), labels=LABELS) == []

    def test_a_label_that_hides_another_skill(self):
        [found] = findings(asks(label="bake"), labels=LABELS)
        assert (found.code, found.reason.values["name"]) == ("lint.label_differs", "weld")
        [found] = findings(asks(skill=ESCO + "3", label="bake"), labels=LABELS)
        assert found.reason.values["name"] == "snijden"

    def test_a_skill_that_the_taxonomy_lacks(self):
        assert codes(asks(skill=ESCO + "9"), labels=LABELS) == ["lint.skill_unknown"]

    def test_two_skills_under_one_label(self):
        assert codes(asks(), asks(skill=ESCO + "2", label=" WELD")) == ["lint.same_label"]


def test_the_worst_comes_first():
    found = findings(
        asks(level=9, labels={}), asks(skill=ESCO + "2", label="b", required=False), name={"nl": "x"}
    )
    assert [each.severity for each in found] == [Severity.ERROR, Severity.WARNING]
    assert worst(found) is Severity.ERROR


@pytest.mark.parametrize("language", Language)
def test_every_finding_has_a_sentence_and_every_sentence_a_finding(language):
    assert {code for code in shared().codes(language) if code.startswith("lint.")} == set(LintCode)


def test_a_finding_is_said_with_its_values():
    [found] = findings(asks(level=9))
    assert "niveau 9" in render_reason(found.reason, Language.NL)
    assert "“weld”" in render_reason(found.reason, Language.EN)


def test_the_label_of_a_demand_in_a_language():
    demand = asks(labels={"nl": "lassen"})
    assert (demand.label_in("nl"), demand.label_in("en")) == ("lassen", "weld")
    assert profile(demand).demands == (demand,)
    assert len({demand, asks(labels={"nl": "lassen"})}) == 1
