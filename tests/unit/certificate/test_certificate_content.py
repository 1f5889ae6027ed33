"""What a certificate says is what the credential says, in words that people read."""

import re

import pytest

from passport.baking import credentials_in
from passport.baking.svg_safe import check_drawing
from passport.certificate import certificate_of, draw_badge, write_page
from passport.certificate.drawing import about_as_wide
from passport.certificate.palette import palette_of
from passport.certificate.plain import one_line, several_lines
from passport.certificate.seal import SIDE, seal_of
from passport.errors import Invalid
from passport.texts import Language
from tests.simulators.badge_files import OLDER_BYTES, SUBJECT, signed
from tests.simulators.forms import SKILLS

FORMS = ("ldp_vc", "jwt_vc_json", "vc+sd-jwt")
RUBRIC = {
    "resultDescription": [
        {
            "id": "urn:uuid:0b8a1c1e-6a1e-4b1e-8e1e-0c0f5a3d2b12",
            "type": ["ResultDescription"],
            "name": "Zelfstandigheid",
            "resultType": "RubricCriterionLevel",
            "rubricCriterionLevel": [
                {
                    "id": "urn:uuid:0b8a1c1e-6a1e-4b1e-8e1e-0c0f5a3d2b13",
                    "type": ["RubricCriterionLevel"],
                    "name": "Werkt alleen",
                    "level": "3",
                }
            ],
        }
    ]
}
LEVEL = [
    {
        "type": ["Result"],
        "resultDescription": "urn:uuid:0b8a1c1e-6a1e-4b1e-8e1e-0c0f5a3d2b12",
        "achievedLevel": "urn:uuid:0b8a1c1e-6a1e-4b1e-8e1e-0c0f5a3d2b13",
    }
]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_the_same(form):
    found = certificate_of(signed(form), Language.NL)
    assert (found.title, found.kind, found.issuer, found.issuer_host) == (
        "Lasser",
        "Microcredential",
        "De Vakschool",
        "school.example",
    )
    assert [each.text for each in found.skills] == list(SKILLS.values())
    assert found.awarded == "20 november 2026"
    assert found.valid_until == "20 november 2031"
    assert [each.text for each in found.proven] == ["Examen"]
    assert found.proven[0].small == "Vier uur, twee beoordelaars."
    assert [each.text for each in found.results] == ["8"]
    assert found.holder == ""
    assert found.holder_id == SUBJECT


def test_english_has_english_words_around_what_was_signed():
    found = certificate_of(signed(valid_until=None), Language.EN)
    assert (found.awarded, found.valid_until, found.proven[0].text) == (
        "20 November 2026",
        "No end date",
        "Examination",
    )


def test_a_level_is_told_by_its_name():
    found = certificate_of(signed(achievement=RUBRIC, results=LEVEL), Language.NL)
    assert [(each.text, each.small) for each in found.results] == [("Werkt alleen", "Zelfstandigheid")]


def test_a_name_is_printed_as_signed_and_the_holders_own_only_without_one():
    named = {"type": "IdentityObject", "identityType": "name", "hashed": False, "identityHash": "Een werker"}
    hashed = named | {"hashed": True, "identityHash": "sha256$00"}
    from tests.simulators.forms import SchoolOfForms

    school = SchoolOfForms()
    unsigned = school.unsigned(SUBJECT)
    unsigned["credentialSubject"]["identifier"] = [hashed, named]
    assert (
        certificate_of(school.sign("ldp_vc", unsigned), Language.NL, holder="Iemand anders").holder
        == "Een werker"
    )
    unsigned["credentialSubject"]["identifier"] = [hashed]
    assert (
        certificate_of(school.sign("ldp_vc", unsigned), Language.NL, holder="Een werker").holder
        == "Een werker"
    )
    assert certificate_of(school.sign("ldp_vc", unsigned), Language.NL).holder == ""


def test_what_is_no_badge_makes_no_certificate():
    for source in (b"{}", OLDER_BYTES, b"hello"):
        with pytest.raises(Invalid):
            certificate_of(source, Language.NL)


def test_texts_are_put_on_a_line_and_bounded():
    assert one_line(" a\n\tb  c ") == "a b c"
    assert one_line("a\u202eb\uffff") == "a\ufffdb\ufffd"
    assert len(one_line("x" * 400)) == 300
    assert several_lines("a \r\n b\n") == "a\nb"
    assert len(several_lines("x" * 5_000)) == 4_000


def test_a_badge_is_a_drawing_of_the_same_colours_for_one_school():
    drawn = draw_badge("Lasser", "De Vakschool", "did:web:school.example")
    check_drawing(drawn)
    assert palette_of("did:web:school.example") == palette_of("did:web:school.example")
    assert palette_of("did:web:school.example").tone.encode() in drawn
    assert len({palette_of(f"did:web:school{n}.example").tone for n in range(40)}) > 4


@pytest.mark.parametrize(
    "title",
    [
        "Lasser",
        "",
        "Vakbekwaam constructielasser in de scheepsbouw, niveau 3 en hoger " * 4,
        "Donaudampfschifffahrtsgesellschaftskapitän" * 3,
        "电焊工" * 30,
    ],
)
def test_the_words_of_a_badge_stay_inside_it(title):
    seal = seal_of(
        title, "Een school met een heel lange naam in een stad aan zee " * 3, "did:web:s", about_as_wide
    )
    assert all(80 < each.y < SIDE - 80 for each in seal.words)
    assert all(about_as_wide(each.text, each.size, each.bold) <= 360 for each in seal.words)


def test_a_page_carries_the_credential_and_stands_alone():
    for form in FORMS:
        source = signed(form)
        page = write_page(certificate_of(source, Language.NL), draw_badge("a", "b", "c"))
        assert credentials_in(page)[0].source == source
        text = page.decode()
        assert "<script" not in text.replace('<script type="application/vc', "")
        assert not re.search(r"""(?:src|href)\s*=\s*["'](?!data:)""", text)
        assert "default-src 'none'" in text
        assert '<html lang="nl">' in text


def test_the_only_style_of_a_page_is_the_one_its_policy_names():
    import base64
    import hashlib

    text = write_page(certificate_of(signed(), Language.EN), draw_badge("a", "b", "c")).decode()
    style = text.partition("<style>")[2].partition("</style>")[0]
    named = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{named}'" in text
    assert "style=" not in text
