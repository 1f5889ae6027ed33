"""The one report on proof: the same members everywhere, as docs/reports.md tells, a sentence for each reason."""

import json
import re
from pathlib import Path

import pytest

from passport.answers import Reason
from passport.evidence import Demand, Strength, decide, weigh
from passport.evidence.report import _recognitions, write_demands, write_skills
from passport.evidence.sentences import with_sentences
from passport.texts import Language, shared
from passport.trust import Recognition, RecognitionClass
from passport.verification import verify_endorsement
from tests.simulators.chains import claim, confirm, validate
from tests.simulators.parties import ESCO, NOW, Party, World, recognise
from verifier.rendering import with_sentences as at_the_verifier

ROOT = Path(__file__).resolve().parents[3]
SKILL, OTHER = f"{ESCO}forklift", f"{ESCO}pallets"
SHELTERED = RecognitionClass(
    "sheltered-workplace", Recognition.EMPLOYER, {"en": "Sheltered workplace", "nl": "Sociale werkplaats"}
)


@pytest.fixture(scope="module")
def chain():
    """What three signers say, weighed: everything that a report can tell of."""
    world, worker = World(), Party("A worker")
    employer, office = Party("An employer"), Party("An assessment centre")
    claimed = claim(worker, {SKILL: "operate a forklift", OTHER: "stack pallets"}, activity_end=NOW)
    confirmed = confirm(employer, claimed, SKILL)
    validated = validate(office, worker, [SKILL], [claimed, confirmed], assessor=Party("Somebody").profile)
    trust = world.trusting(recognise(employer, SHELTERED), recognise(office, Recognition.VALIDATOR))
    return weigh(
        [world.verify(claimed), world.verify(validated)],
        trust=trust,
        now=NOW,
        holder=worker.did,
        endorsements=[verify_endorsement(confirmed, world.context).require()],
    )


def members(value, prefix=""):
    """The paths of all members, lists looked into."""
    if isinstance(value, list):
        return {path for each in value for path in members(each, prefix)}
    if not isinstance(value, dict) or prefix.endswith("values"):
        return set()
    found = set()
    for name, each in value.items():
        path = f"{prefix}.{name}" if prefix else name
        found |= {path} | members(each, path)
    return found


def documented(title):
    """The members in the table under a heading of docs/reports.md."""
    text = (ROOT / "docs/reports.md").read_text(encoding="utf-8")
    section = text.partition(f"## {title}\n")[2].partition("\n## ")[0]
    return set(re.findall(r"^\| `([\w.]+)` \|", section, re.MULTILINE))


def test_the_document_tells_every_member_of_a_skill_and_no_other(chain):
    found = members(write_skills(chain))
    through = {f"links.recognisedBy.through.{name}" for name in ("publisher", "listAgeDays")}
    assert documented("A skill") == found | through


def test_the_document_tells_every_member_of_a_demand_and_no_other(chain):
    demands = [Demand(SKILL, "operate a forklift", minimum_strength=Strength.HARD)]
    assert documented("A demand") == members(write_demands(decide(demands, chain, NOW)))


def test_it_is_plain_json(chain):
    report = write_skills(chain)
    assert json.loads(json.dumps(report)) == report


def test_the_path_leads_from_the_claim_up_with_who_what_and_when(chain):
    [skill, _] = write_skills(chain)
    path = skill["links"][0]["path"]
    assert [(step["act"], step["issuer"], step["answer"]) for step in path] == [
        ("credential", "A worker", "yes"),
        ("endorsement", "An employer", "yes"),
        ("credential", "An assessment centre", "yes"),
    ]
    assert skill["links"][0]["recognisedBy"] == [
        {
            "as": "validator",
            "class": None,
            "publisher": "Registrar",
            "listAgeDays": 30,
            "fresh": True,
            "through": None,
        }
    ]


def test_a_class_of_the_list_is_named_beside_the_word_that_it_counts_as(chain):
    [skill, _] = write_skills(chain)
    [recognised] = skill["links"][1]["recognisedBy"]
    assert recognised["as"] == "employer"
    assert recognised["class"] == {"id": "sheltered-workplace", "name": dict(SHELTERED.name)}
    told = with_sentences([skill], Language.NL)
    assert "Registrar noemt dit “Sociale werkplaats”. Dat telt als werkgever." in str(told)


@pytest.mark.parametrize("language", Language)
def test_every_reason_gets_its_sentence_in_the_language_that_is_read(chain, language):
    told = with_sentences(write_skills(chain), language)
    texts = re.findall(r'"sentence": "([^"]*)"', json.dumps(told, ensure_ascii=False))
    assert texts
    assert not [text for text in texts if text in shared().codes(Language.EN)]


def test_a_service_says_its_own_sentences_beside_the_shared_ones():
    told = with_sentences([{"code": "mine", "answer": "no"}], lambda reason: f"About {reason.code}")
    assert told == [{"code": "mine", "answer": "no", "about": "About mine"}]


def test_the_verifier_tells_the_same(chain):
    class _Pages:
        @staticmethod
        def reason(reason: Reason, language: Language) -> str:
            return shared().say(reason.code, language, reason.values)

    report = write_skills(chain)
    assert at_the_verifier(report, _Pages(), Language.NL) == with_sentences(report, Language.NL)


def test_a_recognition_by_a_delegate_names_on_whose_behalf_and_an_old_list_is_said():
    values = {"issuer": "A school", "publisher": "A sector", "days": 3}
    reasons = [
        Reason("evidence.recognised.educator", values),
        Reason("evidence.recognised_through", {"publisher": "A sector", "delegator": "A state", "days": 40}),
        Reason("evidence.list_stale", {"publisher": "A state", "days": 40}),
    ]
    assert _recognitions(reasons) == [
        {
            "as": "educator",
            "class": None,
            "publisher": "A sector",
            "listAgeDays": 3,
            "fresh": False,
            "through": {"publisher": "A state", "listAgeDays": 40},
        }
    ]
