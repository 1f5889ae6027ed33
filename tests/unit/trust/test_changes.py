"""Two versions of a list, compared in plain words."""

from dataclasses import replace
from datetime import timedelta

import pytest

from passport.errors.trust import DifferentTrustLists
from passport.texts import Language, render_reason, shared
from passport.trust import Recognition, RecognitionClass, Revocation, parse_trust_list
from passport.trust.changes import ChangeCode, compare_trust_lists
from tests.simulators.parties import NOW, Party, World, recognise

DAY = timedelta(days=1)
WORLD = World()
SCHOOL, OTHER = Party("School"), Party("Other")
EDUCATOR, VALIDATOR = Recognition.EDUCATOR, Recognition.VALIDATOR
DATES = {"valid_from": NOW - 100 * DAY, "valid_until": NOW + 100 * DAY}
NAMES = {"en": "Reintegration guide", "nl": "Re-integratiebegeleider"}
GUIDE = RecognitionClass("guide", Recognition.ADVISER, NAMES)
A, B, C = (f"https://skills.example/{name}" for name in "abc")


def school(*words, **members):
    return recognise(SCHOOL, *(words or (EDUCATOR,)), **{**DATES, **members})


def compared(old, new, old_list=None, new_list=None):
    before = parse_trust_list(WORLD.trust_list(*old, **{"version": 1, **(old_list or {})}))
    after = parse_trust_list(WORLD.trust_list(*new, **{"version": 2, **(new_list or {})}))
    return compare_trust_lists(before, after)


ONE = [
    ({}, {}, []),
    ({}, {"valid_until": NOW - 40 * DAY}, ["trust.ended"]),
    ({}, {"valid_until": NOW + DAY}, ["trust.narrowed.until"]),
    ({}, {"valid_until": NOW + 101 * DAY}, ["trust.widened.until"]),
    ({}, {"valid_until": None}, ["trust.widened.no_end"]),
    ({"valid_until": None}, {}, ["trust.narrowed.until"]),
    ({"valid_until": None}, {"valid_until": None, "name": "New"}, ["trust.renamed"]),
    ({}, {"valid_from": NOW - 101 * DAY}, ["trust.widened.since"]),
    ({}, {"valid_from": NOW - 99 * DAY}, ["trust.narrowed.since"]),
    ({}, {"skills": frozenset({A})}, ["trust.narrowed.some_skills"]),
    ({"skills": frozenset({A})}, {}, ["trust.widened.all_skills"]),
    ({"skills": frozenset({A})}, {"skills": frozenset({A, B})}, ["trust.widened.skills"]),
    ({"skills": frozenset({A, B})}, {"skills": frozenset({A})}, ["trust.narrowed.skills"]),
    (
        {"skills": frozenset({A, B})},
        {"skills": frozenset({A, C})},
        ["trust.widened.skills", "trust.narrowed.skills"],
    ),
    ({}, {"achievements": frozenset({A})}, ["trust.narrowed.some_achievements"]),
    (
        {"achievements": frozenset({A})},
        {"achievements": frozenset({B})},
        ["trust.widened.achievements", "trust.narrowed.achievements"],
    ),
    ({"achievements": frozenset({A})}, {}, ["trust.widened.all_achievements"]),
    ({}, {"also_known_as": frozenset({OTHER.did})}, ["trust.widened.identifiers"]),
    ({"also_known_as": frozenset({OTHER.did})}, {}, ["trust.narrowed.identifiers"]),
    ({}, {"revoked": Revocation(NOW, "Closed.")}, ["trust.revoked"]),
    ({"revoked": Revocation(NOW, "Closed.")}, {"revoked": Revocation(NOW, "Fraud.")}, ["trust.revoked"]),
    ({"revoked": Revocation(NOW, "Closed.")}, {}, ["trust.restored"]),
    ({}, {"may_recognise": frozenset({EDUCATOR}), "list_id": A}, ["trust.widened.delegation"]),
    ({"may_recognise": frozenset({EDUCATOR}), "list_id": A}, {}, ["trust.narrowed.delegation"]),
    (
        {"may_recognise": frozenset({EDUCATOR}), "list_id": A},
        {"may_recognise": frozenset({EDUCATOR}), "list_id": B},
        ["trust.moved_list"],
    ),
]


@pytest.mark.parametrize(("old", "new", "codes"), ONE)
def test_one_entry(old, new, codes):
    members = {name: value for name, value in new.items() if name != "name"}
    entry = school(**members)
    if "name" in new:
        entry = recognise(Party(new["name"], SCHOOL.signer), EDUCATOR, **{**DATES, **members})
    changes = compared([school(**old)], [entry])
    assert [change.code for change in changes] == codes
    assert {change.party for change in changes} <= {SCHOOL.did}


def test_words_come_and_go():
    changes = compared([school(EDUCATOR)], [school(VALIDATOR)])
    assert [(change.code, change.reason.values["words"]) for change in changes] == [
        ("trust.widened.words", "validator"),
        ("trust.narrowed.words", "educator"),
    ]


def test_parties_come_and_go():
    delegate = recognise(OTHER, may_recognise=frozenset({EDUCATOR}), list_id=A)
    changes = compared([school()], [delegate])
    assert [(change.code, change.party) for change in changes] == [
        ("trust.removed", SCHOOL.did),
        ("trust.added", OTHER.did),
        ("trust.widened.delegation", OTHER.did),
    ]
    assert render_reason(changes[2].reason, Language.NL) == "Other mag anderen erkennen als: educator."


def test_a_second_entry_of_one_party():
    second = school(VALIDATOR, skills=frozenset({A}))
    assert [change.code for change in compared([school()], [school(), second])] == ["trust.added"]
    assert [change.code for change in compared([school(), second], [second])] == ["trust.removed"]


def test_the_list_itself():
    gone = Revocation(NOW, "Made by mistake.")
    codes = [each.code for each in compared([], [], None, {"revoked": gone, "valid_until": NOW + DAY})]
    assert codes == ["trust.list_revoked", "trust.list_dates"]
    assert [each.code for each in compared([], [], {"revoked": gone})] == ["trust.list_restored"]
    assert [each.code for each in compared([], [], {"revoked": gone}, {"revoked": gone})] == []
    codes = [each.code for each in compared([], [], {"version": 3}, {"publisher": OTHER})]
    assert codes == ["trust.not_newer", "trust.publisher_changed"]


def test_classes_come_and_go():
    given, taken = compared([], [school(GUIDE)]), compared([school(GUIDE)], [school()])
    assert [(each.code, each.party) for each in given] == [
        ("trust.class_added", None),
        ("trust.added", SCHOOL.did),
    ]
    assert given[1].reason.values["words"] == "guide"
    assert [each.code for each in taken] == [
        "trust.class_removed",
        "trust.widened.words",
        "trust.narrowed.words",
    ]
    assert render_reason(taken[0].reason, Language.NL) == (
        "De soort “Re-integratiebegeleider” staat niet meer op de lijst."
    )


def test_a_class_that_counts_as_more_is_told_with_how_many_it_is_about():
    now = replace(GUIDE, counts_as=VALIDATOR)
    delegate = recognise(OTHER, may_recognise=frozenset({now}), list_id=A)
    before = replace(delegate, may_recognise=frozenset({GUIDE}))
    [change] = compared([school(GUIDE), school(), before], [school(now), school(), delegate])
    assert (change.code, change.party) == ("trust.class_counts", None)
    assert change.reason.values["count"] == 2
    assert "now counts as validator, and no longer as adviser" in render_reason(change.reason, Language.EN)


def test_a_class_that_is_called_otherwise_is_told_once():
    now = replace(GUIDE, name={"nl": "Loopbaanbegeleider"})
    [change] = compared([school(GUIDE)], [school(now)])
    assert render_reason(change.reason, Language.NL) == (
        "De soort “Re-integratiebegeleider” heet nu “Loopbaanbegeleider”."
    )
    assert "“Loopbaanbegeleider”" in render_reason(change.reason, Language.EN)


def test_two_different_lists_are_not_compared():
    with pytest.raises(DifferentTrustLists):
        compared([], [], None, {"list_id": "https://registrar.example/2"})


@pytest.mark.parametrize("language", Language)
def test_every_change_has_a_sentence_and_every_sentence_a_change(language):
    assert {code for code in shared().codes(language) if code.startswith("trust.")} == set(ChangeCode)
