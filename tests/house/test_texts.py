"""Everything that is said to people is said in Dutch and in English, with the same values."""

import ast
import string
import tomllib
from pathlib import Path

import pytest

from passport.answers import Reason
from passport.evidence import LOWERINGS, RULES, EvidenceCode, PolicyCode, RaiseCode, Strength
from passport.texts import Language, render_reason, shared
from passport.trust import Recognition
from wallet.core.wallet import Kind

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("passport", "issuer", "wallet", "verifier", "matching")
FAMILIES = {PolicyCode.STRENGTH_TOO_LOW, PolicyCode.STRENGTH_OWN, PolicyCode.STRENGTH_UNCERTAIN}


def catalogues():
    """Every subject with its two files, over all packages."""
    english = [path for package in PACKAGES for path in (ROOT / package).rglob("texts/*.en.toml")]
    dutch = [path for package in PACKAGES for path in (ROOT / package).rglob("texts/*.nl.toml")]
    subjects = {path.with_name(path.name.split(".")[0]) for path in (*english, *dutch)}
    return sorted(subject.relative_to(ROOT) for subject in subjects)


def read(subject, language):
    path = ROOT / subject.with_name(f"{subject.name}.{language}.toml")
    assert path.is_file(), f"{path.relative_to(ROOT)} is missing"
    return flat(tomllib.loads(path.read_text(encoding="utf-8")))


def flat(table, prefix=""):
    found = {}
    for key, value in table.items():
        found |= flat(value, f"{prefix}{key}.") if isinstance(value, dict) else {prefix + key: value}
    return found


def placeholders(sentence):
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def literal_reasons(package):
    """The codes of all `Reason("…")` in the source."""
    for path in (ROOT / package).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Reason":
                first = node.args[0] if node.args else None
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield first.value, path.relative_to(ROOT)


def evidence_codes():
    yield from EvidenceCode
    yield from RaiseCode
    yield from (code for code in PolicyCode if code not in FAMILIES)
    yield from (rule.reason for rule in RULES)
    yield from (lowering.reason for lowering in LOWERINGS)
    yield from (f"evidence.recognised.{recognition}" for recognition in Recognition)
    yield from (f"evidence.recognised_class.{recognition}" for recognition in Recognition)
    yield from (f"{PolicyCode.STRENGTH_UNCERTAIN}.{strength}" for strength in Strength)
    yield from (
        f"{family}.{strength}"
        for family in (PolicyCode.STRENGTH_TOO_LOW, PolicyCode.STRENGTH_OWN)
        for strength in Strength
        if strength > Strength.SOFT
    )


@pytest.mark.parametrize("subject", catalogues(), ids=str)
def test_both_languages_have_the_same_codes_and_values(subject):
    english, dutch = read(subject, "en"), read(subject, "nl")
    assert english.keys() == dutch.keys()
    for code in english:
        assert isinstance(english[code], str)
        assert isinstance(dutch[code], str)
        assert english[code].strip(), code
        assert dutch[code].strip(), code
        assert placeholders(english[code]) == placeholders(dutch[code]), code


def test_no_code_has_two_sentences():
    seen = {}
    for subject in catalogues():
        package = subject.parts[0]
        for code in read(subject, "en"):
            if (package, code) in seen:
                assert read(seen[package, code], "en")[code] == read(subject, "en")[code], code
            seen[package, code] = subject


@pytest.mark.parametrize("language", Language)
def test_every_evidence_and_policy_code_has_a_sentence(language):
    missing = [code for code in evidence_codes() if code not in shared().codes(language)]
    assert missing == []


@pytest.mark.parametrize("language", Language)
def test_no_sentence_of_evidence_and_policy_is_without_a_code(language):
    said = {code for code in shared().codes(language) if code.startswith(("evidence.", "policy."))}
    assert said == set(evidence_codes())


@pytest.mark.parametrize("package", PACKAGES)
def test_every_reason_in_the_source_has_a_sentence(package):
    known = shared().codes(Language.EN)
    for subject in catalogues():
        if subject.parts[0] == package:
            known |= read(subject, "en").keys()
    missing = sorted({(code, str(path)) for code, path in literal_reasons(package) if code not in known})
    assert missing == []


def test_sentences_of_evidence_and_policy_are_short():
    """B1: at most 22 words in a sentence, on average at most 12."""
    for language in Language:
        lengths = [
            len(sentence.split())
            for code in evidence_codes()
            for sentence in render_reason(Reason(code), language).replace(":", ".").split(".")
            if sentence.strip()
        ]
        assert max(lengths) <= 22
        assert sum(lengths) / len(lengths) <= 12


@pytest.mark.parametrize("language", list(Language))
def test_whatever_a_wallet_keeps_has_a_name_for_its_page(language):
    names = read(Path("wallet/texts/leaving"), language)
    kinds = [kind for name, kind in vars(Kind).items() if name.isupper()]
    assert kinds
    assert not [kind for kind in kinds if f"kind-{kind}" not in names]
