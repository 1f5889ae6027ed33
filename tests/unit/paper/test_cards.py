"""Cards: one credential in one code, read back from the pixels of the printed sheet (way E)."""

import io
import random

import pypdfium2
import pytest
from PIL import Image, ImageEnhance, ImageFilter

from passport.errors.paper import CardTooLarge
from passport.paper import card_of, write_cards
from passport.paper.card import MOST
from passport.pictures import qr
from passport.qr_text import unpack
from passport.texts import Language
from tests.simulators.badge_files import signed
from tests.simulators.parties import ESCO
from tests.simulators.scanner import texts_in

NL = Language.NL
VERSION_20 = 97
SHORT = signed()
FULL = signed(skills={f"{ESCO}{n}": f"een vaardigheid met een naam, nummer {n}" for n in range(3)})
LARGE = signed(achievement={"description": random.Random(1).randbytes(600).hex()})


def sheets(data, dots):
    document = pypdfium2.PdfDocument(data)
    return [page.render(scale=dots / 72).to_pil().convert("L") for page in document]


@pytest.fixture(scope="module")
def one():
    return write_cards([card_of([FULL], NL)], NL)


def test_the_code_on_a_card_is_no_denser_than_version_20():
    for source in (SHORT, FULL):
        made = card_of([source], NL)
        assert unpack([made.text]) == source
        assert len(qr.matrix(made.text)) - 8 <= VERSION_20
    assert len(qr.matrix("A" * MOST)) - 8 == VERSION_20
    assert len(qr.matrix("A" * (MOST + 1))) - 8 > VERSION_20


def test_it_is_read_from_the_pixels_at_print_resolution(one):
    (sheet,) = sheets(one, 300)
    assert [unpack([text]) for text in texts_in(sheet)] == [FULL]


def test_it_is_read_from_a_poor_photo(one):
    """Small, turned, blurred, dim, and squeezed by a phone's JPEG."""
    (sheet,) = sheets(one, 300)
    card = sheet.crop((200, 130, 1290, 830)).resize((760, 488), Image.Resampling.BILINEAR)
    photo = card.rotate(7, fillcolor=190, expand=True).filter(ImageFilter.GaussianBlur(0.6))
    photo = ImageEnhance.Contrast(photo).enhance(0.6)
    squeezed = io.BytesIO()
    photo.save(squeezed, "JPEG", quality=55)
    assert [unpack([text]) for text in qr.read_image(squeezed.getvalue())] == [FULL]


def test_eleven_cards_are_on_two_sheets_and_each_is_read():
    badges = [signed(credential_id=f"urn:uuid:00000000-0000-4000-8000-0000000000{n:02}") for n in range(11)]
    pages = sheets(write_cards([card_of([each], NL) for each in badges], NL), 250)
    assert len(pages) == 2
    found = {unpack([text]) for page in pages for text in texts_in(page)}
    assert found == set(badges)


def test_the_smallest_form_is_printed():
    token = signed("jwt_vc_json")
    assert unpack([card_of([token, SHORT], NL).text]) == SHORT
    assert unpack([card_of([SHORT, token], NL).text]) == SHORT


def test_what_does_not_fit_is_said_and_not_cut():
    with pytest.raises(CardTooLarge, match="PDF certificate, or share it by a link"):
        card_of([LARGE], NL)
    with pytest.raises(CardTooLarge):
        card_of([], NL)


@pytest.mark.parametrize("language", list(Language))
def test_the_card_says_that_identity_must_be_checked(language):
    document = pypdfium2.PdfDocument(write_cards([card_of([FULL], language)], language))
    words = " ".join(document[0].get_textpage().get_text_range().split())
    assert {"nl": "bewijst niet wie hem heeft", "en": "does not prove whose it is"}[language] in words
    assert "Lasser" in words


def test_long_names_stay_on_their_card():
    """The words of a stranger are cut at the edge of the card, never over the code."""
    long = signed(achievement={"name": "Onderhoudsmonteur " * 12})
    (sheet,) = sheets(write_cards([card_of([long], NL, holder="M" * 80)] * 2, NL), 300)
    assert [unpack([text]) for text in texts_in(sheet)] == [long, long]
