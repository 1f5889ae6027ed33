"""The files that are printed and passed on: what is on paper, in the picture, and inside."""

import io
import random

import pypdfium2
import pytest
from PIL import Image

from passport.baking import credentials_in
from passport.errors.baking import CredentialNotForPictures
from passport.paper import SaveAs, badge_picture, save_as
from passport.paper.fonts import SETTING, fonts_for, letters_of, main_font
from passport.qr_text import unpack
from passport.texts import Language
from tests.simulators.badge_files import SVG, png, signed
from tests.simulators.parties import ESCO
from tests.simulators.scanner import texts_in

MANY = {f"{ESCO}{n}": f"een vaardigheid met een lange naam, nummer {n}" for n in range(40)}
LETTERS = {
    f"{ESCO}1": "الوصل بالقوس",
    f"{ESCO}2": "वेल्डिंग",
    f"{ESCO}3": "Сварка труб",
    f"{ESCO}4": "Συγκόλληση",
}
CARRIERS = (SaveAs.PDF, SaveAs.PNG, SaveAs.SVG, SaveAs.HTML)


def saved(kind, source, language=Language.NL, **more):
    return save_as(kind, source, language, name="badge", **more)


@pytest.fixture(scope="module")
def simple():
    source = signed()
    return source, saved(SaveAs.PDF, source).data


def pages(data):
    document = pypdfium2.PdfDocument(data)
    try:
        return [document[number].get_textpage().get_text_bounded() for number in range(len(document))]
    finally:
        document.close()


def pixels(data, number, scale=4):
    document = pypdfium2.PdfDocument(data)
    try:
        return document[number].render(scale=scale).to_pil().convert("L")
    finally:
        document.close()


@pytest.mark.parametrize("kind", CARRIERS)
@pytest.mark.parametrize("form", ["ldp_vc", "jwt_vc_json"])
def test_every_file_carries_the_very_credential(kind, form):
    source = signed(form)
    file = saved(kind, source)
    assert file.name == f"badge.{kind}"
    assert credentials_in(file.data)[0].source == source


@pytest.mark.parametrize("kind", CARRIERS)
@pytest.mark.parametrize("form", ["ecdsa-sd-2023", "vc+sd-jwt"])
def test_what_is_for_the_holder_alone_goes_into_no_file_to_pass_on(kind, form):
    with pytest.raises(CredentialNotForPictures):
        saved(kind, signed(form))


def test_the_plain_forms_are_the_source_as_it_is():
    for kind, form in ((SaveAs.JSON, "ldp_vc"), (SaveAs.JWT, "jwt_vc_json"), (SaveAs.SD_JWT, "vc+sd-jwt")):
        source = signed(form)
        assert saved(kind, source).data == source


def test_paper_the_codes_are_read_back_from_the_pixels(simple):
    source, data = simple
    texts = texts_in(pixels(data, 0))
    assert unpack(texts) == source


def test_paper_codes_that_need_room_stand_on_a_sheet_of_their_own():
    source = signed(
        "jwt_vc_json", skills=MANY, achievement={"description": random.Random(1).randbytes(600).hex()}
    )
    data = saved(SaveAs.PDF, source).data
    last = len(pages(data)) - 1
    assert not texts_in(pixels(data, 0))
    texts = texts_in(pixels(data, last))
    assert len(texts) > 2
    assert unpack(texts) == source


def test_paper_says_who_can_do_what(simple):
    front, *details = pages(simple[1])
    for text in (
        "MICROCREDENTIAL",
        "Lasser",
        "De Vakschool",
        "school.example",
        "lassen",
        "tekeningen lezen",
        "20 november 2026",
        "Examen",
        "20 november 2031",
        "Naam (niet ondertekend)",
        "Zelf controleren",
    ):
        assert text in front
    for text in (
        "Een proefstuk van vier uur.",
        "Vier uur, twee beoordelaars.",
        "did:web:school.example",
        "credential.json",
    ):
        assert text in "".join(details)


def test_paper_a_name_of_the_holders_own_is_called_so():
    front = pages(saved(SaveAs.PDF, signed(), Language.EN, holder="Zoë Ødegård").data)[0]
    assert "Zoë Ødegård" in front
    assert "filled in by the holder" in front


def test_paper_letters_of_other_scripts_are_printed():
    text = "".join(pages(saved(SaveAs.PDF, signed(skills=LETTERS), holder="Čapek Łukasz").data))
    for word in ("Сварка труб", "Συγκόλληση", "Čapek Łukasz"):
        assert word in text
    assert not fonts_for("".join(LETTERS.values())).unknown


def test_paper_letters_that_no_font_has_are_said_to_be_missing():
    strange = "𓀀𓀁"
    assert fonts_for(strange).unknown
    text = "".join(pages(saved(SaveAs.PDF, signed(skills={f"{ESCO}1": strange})).data))
    assert "Niet alle letters konden hier worden gedrukt" in text


def test_more_fonts_can_be_named(monkeypatch, tmp_path):
    (tmp_path / "empty.ttf").write_bytes(b"no font")
    (tmp_path / "copy.ttf").write_bytes(main_font("").read_bytes())
    monkeypatch.setenv(SETTING, str(tmp_path))
    assert letters_of(tmp_path / "empty.ttf") == frozenset()
    assert ord("Ω") in letters_of(tmp_path / "copy.ttf")
    assert fonts_for("\U000130f0").unknown


def test_paper_long_texts_go_on_over_sheets_and_nothing_is_lost():
    story = " ".join(f"woord{n}" for n in range(260))
    data = saved(
        SaveAs.PDF, signed(achievement={"criteria": {"narrative": story}, "description": story}, skills=MANY)
    ).data
    text = "".join(pages(data)).split()
    assert {f"woord{n}" for n in range(260)} <= {word.strip("…") for word in text}
    for number in range(40):
        assert f"nummer {number}" in " ".join(text)


def test_paper_is_an_archival_pdf_with_its_attachment_named(simple):
    source, data = simple
    assert b"pdfaid" in data
    assert b"/AFRelationship /Data" in data
    document = pypdfium2.PdfDocument(data)
    assert document.count_attachments() == 1
    assert document.get_attachment(0).get_name() == "credential.json"
    assert bytes(document.get_attachment(0).get_data()) == source
    document.close()
    for active in (b"/JavaScript", b"/JS", b"/URI", b"/Launch", b"/AcroForm", b"/OpenAction /S"):
        assert active not in data


def test_the_picture_of_a_badge_is_small_and_square():
    data = badge_picture("Lasser", "De Vakschool", "did:web:school.example")
    picture = Image.open(io.BytesIO(data))
    assert picture.size == (512, 512)
    assert len(data) < 40_000
    assert badge_picture("مهارة اللحام", "Школа 学校", "did:web:a")


def test_an_organisations_own_picture_is_used_where_it_fits():
    source = signed()
    own = Image.new("RGB", (300, 200), "#884400")
    written = io.BytesIO()
    own.save(written, "PNG")
    baked = Image.open(io.BytesIO(saved(SaveAs.PNG, source, picture=written.getvalue()).data))
    assert baked.size == (300, 200)
    assert saved(SaveAs.SVG, source, picture=SVG).data.startswith(SVG[:40])
    assert Image.open(io.BytesIO(saved(SaveAs.PNG, source, picture=SVG).data)).size == (512, 512)
    assert b"data:image/png" in saved(SaveAs.HTML, source, picture=png()).data
    assert credentials_in(saved(SaveAs.PDF, source, picture=written.getvalue()).data)[0].source == source
