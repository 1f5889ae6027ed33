"""What is asked is met by one credential that fits in all respects; the reasons say what is missing."""

from datetime import UTC, datetime, timedelta

import pytest

from passport.answers import Answer
from passport.evidence import Demand, Strength, decide, overall, weigh
from passport.evidence.age import months_between, older_than
from passport.texts import Language, render_reason
from passport.trust import Recognition
from tests.simulators.parties import ESCO, NOW, Party, World, recognise, status_entry

SOFT, SEMI, HARD = Strength
YES, NO, CANNOT_TELL = Answer
SKILL = ESCO + "welding"
RUBRIC = {
    "resultDescription": [
        {
            "id": "urn:uuid:rubric",
            "name": "Level",
            "resultType": "RubricCriterionLevel",
            "rubricCriterionLevel": [
                {
                    "id": f"urn:uuid:level:{n}",
                    "type": ["RubricCriterionLevel"],
                    "name": f"Level {n}",
                    "level": n,
                }
                for n in ("1", "2", "3", "expert", "\u0664", "12345")
            ],
        }
    ]
}


@pytest.fixture(scope="module")
def world():
    return World()


@pytest.fixture(scope="module")
def holder():
    return Party("Worker")


@pytest.fixture(scope="module")
def school():
    return Party("School")


@pytest.fixture(scope="module")
def employer():
    return Party("Employer")


@pytest.fixture(scope="module")
def trust(world, school, employer):
    return world.trusting(recognise(school, Recognition.EDUCATOR), recognise(employer, Recognition.EMPLOYER))


@pytest.fixture
def ask(world, trust):
    """Decide one demand over some credentials."""

    def asked(documents, demand, trust=trust, files=None):
        verified = [world.verify(document) for document in documents]
        evidence = weigh(verified, trust=trust, now=NOW, files=files or {})
        [result] = decide([demand], evidence, NOW)
        for language in Language:
            for reason in result.reasons:
                assert "welding" in render_reason(reason, language) or reason.code.startswith(
                    ("evidence.", "revoked", "not_fetched", "expired")
                )
        return result

    return asked


def demand(**members):
    return Demand(SKILL, "welding", **members)


def codes(result):
    return [reason.code for reason in result.reasons]


def diploma(school, holder, **members):
    return school.issue(holder, [SKILL], kind="Diploma", **members)


def test_met(ask, school, holder):
    result = ask([diploma(school, holder)], demand(minimum_strength=HARD))
    assert (result.answer, result.strength, codes(result)) == (YES, HARD, ["policy.met"])
    assert result.credential_id is not None


def test_no_proof(ask):
    result = ask([], demand())
    assert (result.answer, result.strength, codes(result)) == (NO, None, ["policy.no_evidence"])


@pytest.mark.parametrize(("minimum", "answer"), [(SOFT, YES), (SEMI, YES), (HARD, NO)])
def test_strength(ask, employer, holder, minimum, answer):
    result = ask([employer.issue(holder, [SKILL], genres=["work-record"])], demand(minimum_strength=minimum))
    assert (result.answer, result.strength) == (answer, SEMI)
    assert (codes(result)[0] == "policy.strength_too_low.hard") is (answer is NO)


def test_a_persons_own_word_is_called_that(ask, holder):
    result = ask([holder.issue(holder, [SKILL])], demand(minimum_strength=SEMI))
    assert (result.answer, result.strength, codes(result)[0]) == (NO, SOFT, "policy.strength_own.semi-hard")


def test_a_status_that_is_not_at_hand_cannot_tell(ask, school, holder):
    status = [status_entry("https://school.example/gone", 1)]
    result = ask([diploma(school, holder, status=status)], demand())
    assert (result.answer, result.strength) == (CANNOT_TELL, HARD)
    assert codes(result)[0] == "policy.strength_uncertain.soft"


def test_strong_enough_without_what_is_uncertain(ask, school, employer, holder):
    status = [status_entry("https://school.example/gone", 1)]
    documents = [
        diploma(school, holder, status=status),
        employer.issue(holder, [SKILL], genres=["work-record"]),
    ]
    assert ask(documents, demand(minimum_strength=SEMI)).answer is YES
    assert ask(documents, demand(minimum_strength=HARD)).answer is CANNOT_TELL


def test_what_was_revoked_meets_nothing(ask, school, holder, world):
    address = "https://school.example/status"
    world.publish(school.status_list(address, revoked=[3]))
    result = ask([diploma(school, holder, status=[status_entry(address, 3)])], demand())
    assert (result.answer, result.strength) == (NO, None)
    assert codes(result)[0] == "policy.nothing_holds"
    assert "revoked" in codes(result)


@pytest.mark.parametrize(
    ("days", "answer", "code"),
    [
        (364, YES, "policy.met"),
        (365, YES, "policy.met"),
        (366, NO, "policy.too_old"),
        (None, CANNOT_TELL, "policy.age_not_stated"),
        (-1, CANNOT_TELL, "policy.age_not_stated"),
    ],
)
def test_age(ask, school, holder, days, answer, code):
    end = None if days is None else NOW - timedelta(days=days)
    result = ask([diploma(school, holder, activity_end=end)], demand(maximum_age_months=12))
    assert (result.answer, codes(result)[0]) == (answer, code)


def test_the_age_is_of_the_activity_and_not_of_the_award(ask, school, holder):
    document = diploma(school, holder, activity_start=NOW - timedelta(days=800))
    del document["proof"]
    document["awardedDate"] = "2026-11-01T00:00:00Z"
    assert ask([school.sign(document)], demand(maximum_age_months=12)).answer is NO
    del document["credentialSubject"]["activityStartDate"]
    assert ask([school.sign(document)], demand(maximum_age_months=12)).answer is YES


@pytest.mark.parametrize(
    ("level", "answer", "code"),
    [
        ("1", NO, "policy.level_too_low"),
        ("2", YES, "policy.met"),
        ("3", YES, "policy.met"),
        ("expert", CANNOT_TELL, "policy.level_not_stated"),
        ("\u0664", CANNOT_TELL, "policy.level_not_stated"),
        ("12345", CANNOT_TELL, "policy.level_not_stated"),
        ("9", CANNOT_TELL, "policy.level_not_stated"),
    ],
)
def test_level(ask, school, holder, level, answer, code):
    results = [{"resultDescription": "urn:uuid:rubric", "achievedLevel": f"urn:uuid:level:{level}"}]
    result = ask([diploma(school, holder, results=results, achievement=RUBRIC)], demand(level=2))
    assert (result.answer, codes(result)[0]) == (answer, code)


def test_a_level_of_another_skill_does_not_count(ask, school, holder):
    other = [{"type": ["Alignment"], "targetUrl": ESCO + "baking", "targetName": "baking"}]
    results = [{"achievedLevel": "urn:uuid:level:3", "alignment": other}]
    result = ask([diploma(school, holder, results=results, achievement=RUBRIC)], demand(level=2))
    assert result.answer is CANNOT_TELL


def test_named_issuers_and_recognitions_add_up(ask, school, employer, holder):
    documents = [diploma(school, holder)]
    for members, answer in (
        ({"accepted_recognitions": frozenset({Recognition.EDUCATOR})}, YES),
        ({"accepted_recognitions": frozenset({Recognition.EMPLOYER})}, NO),
        ({"accepted_issuers": frozenset({school.did})}, YES),
        ({"accepted_issuers": frozenset({employer.did})}, NO),
        (
            {
                "accepted_issuers": frozenset({school.did}),
                "accepted_recognitions": frozenset({Recognition.EMPLOYER}),
            },
            YES,
        ),
    ):
        result = ask(documents, demand(**members))
        assert result.answer is answer, members
        assert ("policy.issuer_not_accepted" in codes(result)) is (answer is NO)


def test_a_self_issued_employer_is_not_an_accepted_employer(ask, world, holder):
    trust = world.trusting(recognise(holder, Recognition.EMPLOYER))
    document = holder.issue(holder, [SKILL], genres=["work-record"])
    asked = demand(accepted_recognitions=frozenset({Recognition.EMPLOYER}))
    assert ask([document], asked, trust=trust).answer is NO


def test_recognised_by_a_list_past_its_date(ask, world, school, holder):
    stale = world.trusting(recognise(school, Recognition.EDUCATOR), valid_until=NOW - timedelta(days=3))
    asked = demand(accepted_recognitions=frozenset({Recognition.EDUCATOR}))
    result = ask([diploma(school, holder)], asked, trust=stale)
    assert (result.answer, codes(result)[0]) == (CANNOT_TELL, "policy.issuer_uncertain")


def test_the_reason_tells_another_time_from_another_skill(world, school, holder):
    begun = NOW - timedelta(days=1)
    at_another_time = recognise(school, Recognition.EDUCATOR, valid_from=begun)
    for_another_skill = recognise(school, Recognition.EDUCATOR, skills=frozenset({ESCO + "baking"}))
    early = world.verify(diploma(school, holder, at=begun - timedelta(days=9)))
    for entry, code in (
        (at_another_time, "evidence.recognised_formerly"),
        (for_another_skill, "evidence.recognised_otherwise"),
    ):
        [found] = weigh([early], trust=world.trusting(entry), now=NOW)
        assert found.strength is SOFT
        assert code in {reason.code for link in found.links for reason in link.reasons}


def test_records_can_be_asked_for(ask, employer, holder):
    document = employer.issue(holder, [SKILL], genres=["work-record"], files=[b"hours"])
    record = document["evidence"][0]["id"]
    bare = employer.issue(holder, [SKILL], genres=["work-record"], bound=False)
    for documents, files, answer in (
        ([document], {}, CANNOT_TELL),
        ([document], {record: None}, CANNOT_TELL),
        ([document], {record: b"hours"}, YES),
        ([document], {record: b"other"}, NO),
        ([bare], {}, NO),
    ):
        result = ask(documents, demand(records_shown=True), files=files)
        assert result.answer is answer
        assert ("policy.records_not_shown" in codes(result)) is (answer is not YES)


def test_one_credential_must_fit_in_all_respects(ask, school, employer, holder):
    """An old diploma and a fresh work record don't add up to a fresh diploma."""
    old = diploma(school, holder, activity_end=NOW - timedelta(days=2_000))
    fresh = employer.issue(holder, [SKILL], genres=["work-record"], activity_end=NOW - timedelta(days=20))
    result = ask([old, fresh], demand(minimum_strength=HARD, maximum_age_months=12))
    assert result.answer is NO
    assert ask([old, fresh], demand(minimum_strength=HARD)).answer is YES
    assert ask([old, fresh], demand(maximum_age_months=12)).answer is YES


def test_no_demand_is_never_met():
    assert decide([], [], NOW) == ()
    assert overall([]) is CANNOT_TELL


def test_only_optional_demands_count_as_required(ask, school, holder):
    met, unmet = ask([diploma(school, holder)], demand(required=False)), ask([], demand(required=False))
    assert overall([met]) is YES
    assert overall([met, unmet]) is NO
    assert overall([ask([diploma(school, holder)], demand()), unmet]) is YES


@pytest.mark.parametrize(
    ("date", "now", "months"),
    [
        ("2026-01-31", "2026-02-28", 0),
        ("2026-01-31", "2026-03-01", 1),
        ("2026-01-15", "2026-02-15", 1),
        ("2026-01-15", "2026-02-14", 0),
        ("2025-12-31", "2026-01-01", 0),
        ("2024-02-29", "2025-02-28", 11),
        ("2024-02-29", "2025-03-01", 12),
        ("2016-06-01", "2026-06-01", 120),
    ],
)
def test_months_between(date, now, months):
    first, second = (datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (date, now))
    assert months_between(first, second) == months
    assert not older_than(first, months + 1, second)
    assert months == 0 or older_than(first, months - 1, second)


def test_on_the_day_itself_it_is_not_too_old():
    date = datetime(2026, 1, 15, 18, tzinfo=UTC)
    assert not older_than(date, 6, datetime(2026, 7, 15, 23, 59, tzinfo=UTC))
    assert older_than(date, 6, datetime(2026, 7, 16, 0, 0, tzinfo=UTC))


def test_what_could_not_be_checked_meets_nothing_and_is_not_refused_either():
    """A school's server that is down makes no diploma false, and none true."""
    demand = Demand(skill=SKILL, label="welding", required=True, minimum_strength=HARD)
    [without] = decide([demand], (), NOW)
    [open_] = decide([demand], (), NOW, unchecked={SKILL})
    [other] = decide([demand], (), NOW, unchecked={ESCO + "baking"})
    assert (without.answer, open_.answer, other.answer) == (NO, CANNOT_TELL, NO)
    assert [reason.code for reason in open_.reasons] == ["policy.not_checked"]


def test_what_is_met_stays_met_beside_something_unchecked(holder, school, trust, world):
    demand = Demand(skill=SKILL, label="welding", required=True, minimum_strength=SOFT)
    evidence = weigh(
        [world.verify(holder.issue(holder, [SKILL], genres=["self-report"]))], trust=trust, now=NOW
    )
    assert decide([demand], evidence, NOW, unchecked={SKILL}) == decide([demand], evidence, NOW)
