"""What a holder leaves out never makes a badge look better: hidden status, end, result, evidence, tag."""

import pytest

from passport.answers import Answer
from passport.evidence import weigh
from passport.json import dump, parse_object
from passport.proofs.selective import derive
from passport.sd_jwt import issue
from passport.sd_jwt.disclosable import mandatory_pointers
from passport.securing import Withheld
from passport.trust import Recognition
from passport.verification import verify_credential
from tests.simulators.every_form import SD, school, secure, unsigned
from tests.simulators.parties import ESCO, NOW, Party, World, recognise, status_entry

SKILL = f"{ESCO}a"
WORKER = Party("Worker")
SCHOOL = school()
LIST = "https://school.example/status/1"
END = NOW.replace(year=2031)


def badge(**members):
    return unsigned(
        SCHOOL,
        WORKER,
        [SKILL],
        **{
            "kind": "Diploma",
            "genres": ["examination"],
            "results": [{"status": "Completed", "value": "8"}],
            "status": [status_entry(LIST, 7)],
            "valid_until": END,
            **members,
        },
    )


def world():
    made = World()
    made.publish(SCHOOL.did_document())
    return made


def strict_list(made):
    by = Party("School", SCHOOL.signer, SCHOOL.did)
    object.__setattr__(
        by,
        "sign",
        lambda document, *, at=NOW, cryptosuite=None: SCHOOL.sign(
            document, at=at, cryptosuite="ecdsa-jcs-2019"
        ),
    )
    made.publish(by.status_list(LIST))
    return made


def sd_jwt(document, *hidden, disclose=False):
    """By an issuer that lets its holders leave anything out, as ours never does."""
    text = issue(
        {**document, "iss": SCHOOL.did},
        disclosable=hidden,
        signer=SCHOOL.signer,
        header={"typ": "vc+sd-jwt", "kid": SCHOOL.method},
    )
    return (text if disclose else text.split("~")[0] + "~").encode()


def report(source):
    return verify_credential(source, strict_list(world()).context)


def strength(found):
    trust = world().trusting(recognise(SCHOOL, Recognition.EDUCATOR))
    (skill,) = weigh([found.credential], trust=trust, now=NOW, holder=WORKER.did)
    return skill


def test_nothing_hidden_nothing_withheld():
    found = report(sd_jwt(badge()))
    assert found.credential.withheld == frozenset()
    assert (strength(found).strength, strength(found).answer) == ("hard", Answer.YES)


@pytest.mark.parametrize(
    ("hidden", "code"),
    [
        ("/validUntil", "end_may_be_withheld"),
        ("/credentialStatus", "status_may_be_withheld"),
        ("/credentialStatus/statusSize", "status_may_be_withheld"),
    ],
)
def test_a_hidden_end_or_status_is_cannot_tell(hidden, code):
    document = badge()
    if hidden.endswith("statusSize"):
        document["credentialStatus"]["statusSize"] = 1
    found = report(sd_jwt(document, hidden))
    assert found.credential is not None
    assert found.credential.standing is Answer.CANNOT_TELL
    assert code in [reason.code for reason in found.credential.standing_reasons]


@pytest.mark.parametrize(
    ("members", "hidden"),
    [
        ({"genres": ["derived"]}, "/evidence"),
        ({"genres": ["derived"]}, "/evidence/0"),
        ({"genres": ["derived"]}, "/evidence/0/genre"),
        ({"results": [{"status": "Failed", "value": "3"}]}, "/credentialSubject/result"),
        ({"results": [{"status": "Failed", "value": "3"}]}, "/credentialSubject/result/0"),
        ({"results": [{"status": "Failed", "value": "3"}]}, "/credentialSubject/result/0/status"),
        ({"source": {"id": WORKER.did}}, "/credentialSubject/source"),
        ({"achievement": {"tag": ["evidence-strength:soft"]}}, "/credentialSubject/achievement/tag"),
        ({"achievement": {"tag": ["evidence-strength:soft", "x"]}}, "/credentialSubject/achievement/tag/0"),
    ],
)
def test_hiding_what_lowers_the_strength_leaves_no_more_than_soft_for_certain(members, hidden):
    document = badge(**members)
    assert strength(report(sd_jwt(document))).strength == "soft"
    found = strength(report(sd_jwt(document, hidden)))
    assert found.strength == "soft" or found.answer is Answer.CANNOT_TELL
    assert found.strength_without == "soft"
    assert "evidence.parts_withheld" in [reason.code for reason in found.reasons]
    assert "evidence.raise.show_all" in [reason.code for reason in found.raise_by] or found.strength == "soft"


@pytest.mark.parametrize(
    "hidden",
    [
        "/relatedResource/0",
        "/relatedResource/0/mediaType",
        "/issuer/parentOrg",
        "/issuer/parentOrg/parentOrg",
    ],
)
def test_hiding_what_it_builds_on_or_whom_the_issuer_belongs_to_leaves_no_more_than_soft(hidden):
    """Without its media type a revoked claim would pass for a file; without its employer an issuer for free."""
    document = badge()
    document["relatedResource"][0]["mediaType"] = "application/vc"
    group = {"id": "https://group.example", "type": ["Profile"]}
    document["issuer"]["parentOrg"] = {**group, "id": "https://part.example", "parentOrg": group}
    found = report(sd_jwt(document, hidden))
    of_bases = {Withheld.BASES} if hidden.startswith("/relatedResource") else set()
    assert found.credential.withheld == {Withheld.STRENGTH} | of_bases
    assert strength(found).strength_without == "soft"


def test_a_hidden_value_of_a_result_that_says_how_it_ended_costs_nothing():
    found = report(sd_jwt(badge(), "/credentialSubject/result/0/value"))
    assert found.credential.withheld == frozenset()


def test_a_hidden_skill_costs_nothing():
    found = report(sd_jwt(badge(), "/credentialSubject/achievement/alignment/0"))
    assert found.credential.withheld == frozenset()


def test_what_is_disclosed_is_not_withheld():
    # an end or a status that comes out of a disclosure is refused: it could have been left out
    found = report(sd_jwt(badge(), "/credentialSubject/result", disclose=True))
    assert found.credential.withheld == frozenset()


def derived(document, mandatory, *selective):
    source = parse_object(secure(document, SD, SCHOOL, WORKER, mandatory=mandatory))
    return dump(derive(source, selective_pointers=selective))


def without(document, *left_out):
    return tuple(each for each in mandatory_pointers(document) if not each.startswith(left_out))


@pytest.mark.parametrize(
    ("left_out", "shown", "expected"),
    [
        ((), (), frozenset()),
        (("/validUntil",), (), {Withheld.END}),
        (("/validUntil",), ("/validUntil",), {Withheld.END}),
        (("/credentialStatus",), (), {Withheld.STATUS}),
        (("/credentialStatus",), ("/credentialStatus",), {Withheld.STATUS}),
        (("/evidence",), ("/evidence",), {Withheld.STRENGTH}),
        (
            ("/credentialSubject/result",),
            ("/credentialSubject/result/0/status",),
            {Withheld.STRENGTH},
        ),
    ],
)
def test_what_the_issuer_did_not_make_mandatory_could_have_been_left_out(left_out, shown, expected):
    document = badge()
    found = report(derived(document, without(document, *left_out), *shown))
    assert found.credential is not None, found.error
    assert found.credential.withheld == expected


def test_a_derived_proof_of_a_badge_without_an_end_cannot_tell_whether_it_has_one():
    document = badge(valid_until=None, status=[])
    found = report(derived(document, mandatory_pointers(document)))
    assert found.credential.withheld == {Withheld.END, Withheld.STATUS}
    assert found.credential.standing is Answer.CANNOT_TELL


def test_results_and_sources_in_other_shapes():
    document = badge()
    document["credentialSubject"]["result"] = document["credentialSubject"]["result"][0]
    assert report(sd_jwt(document, "/credentialSubject/result/status")).credential.withheld == {
        Withheld.STRENGTH
    }
    assert report(sd_jwt(document)).credential.withheld == frozenset()
