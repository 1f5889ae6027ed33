"""Cards of forms that are for their holder (way E): with skills left out, never whole, and what fits a code."""

import zlib

import pypdfium2
import pytest

from passport.encoding import base64url_decode
from passport.errors.baking import CredentialNotForPictures
from passport.errors.paper import CardTooLarge
from passport.paper import card_of, write_cards
from passport.qr_text import unpack
from passport.sd_jwt import parse, processed
from passport.texts import Language
from tests.simulators.badge_files import signed
from tests.simulators.forms import SKILLS
from tests.simulators.scanner import texts_in
from tests.simulators.vp_answering import Asked
from wallet.core.present import leaving_of
from wallet.core.shelf import kept
from wallet.desk.cards import card
from wallet.desktop.tools import Papers

NL = Language.NL
FIRST, *OTHERS = SKILLS


def held(form, **members):
    asked = Asked()
    asked.take(form, **members)
    (one,) = kept(asked.wallet)
    return asked.wallet, one


def scanned(file):
    with pypdfium2.PdfDocument(file.data) as document:
        picture = document[0].render(scale=300 / 72).to_pil().convert("L")
        words = document[0].get_textpage().get_text_bounded()
    (code,) = texts_in(picture)
    return unpack([code]), " ".join(words.split())


@pytest.mark.parametrize("form", ["vc+sd-jwt", "dc+sd-jwt"])
def test_a_card_shows_the_skills_that_were_chosen_and_its_code_holds_nothing_of_the_others(form):
    wallet, one = held(form)
    with pytest.raises(CredentialNotForPictures):
        card(Papers(), wallet, one.id, NL)
    source, _ = scanned(card(Papers(), wallet, one.id, NL, skills=[FIRST]))
    found = processed(parse(source.decode()))["credentialSubject"]["achievement"]["alignment"]
    assert [each["targetName"] for each in found] == [SKILLS[FIRST]]
    assert all(SKILLS[each].encode() not in source for each in OTHERS)
    assert source.endswith(b"~")  # nobody signed that it is shown


def test_a_card_on_which_the_chosen_skills_do_not_fit_says_what_to_do():
    skills = {f"http://data.europa.eu/esco/skill/{n:036}": f"een vaardigheid, nummer {n}" for n in range(12)}
    wallet, one = held("vc+sd-jwt", skills=skills)
    with pytest.raises(CardTooLarge, match="Leave out skills"):
        card(Papers(), wallet, one.id, NL, skills=[*skills][:11])


def test_one_skill_of_ecdsa_sd_2023_fits_no_card_and_the_sd_jwt_beside_it_does():
    """The bound that docs/sharing.md states: what its proof is made of, nothing compresses."""
    wallet, one = held("ecdsa-sd-2023")
    with pytest.raises(CardTooLarge):
        card(Papers(), wallet, one.id, NL, skills=[FIRST])
    (part,) = leaving_of(wallet, [one.id], {one.id: [FIRST]})
    proof = base64url_decode(part.document["proof"]["proofValue"][1:])
    assert len(zlib.compress(proof, 9)) > 0.9 * len(proof) > 500
    asked = Asked()
    asked.take("ldp_vc", "ecdsa-sd-2023", "vc+sd-jwt")
    (one,) = kept(asked.wallet)
    source, _ = scanned(card(Papers(), asked.wallet, one.id, NL, skills=[FIRST]))
    assert source.endswith(b"~")


def test_a_name_that_nobody_signed_is_said_to_be_that_and_the_end_stands_on_the_card():
    for holder, said in (("Zoë Ødegård", True), ("", False)):
        made = card_of([signed()], NL, holder=holder)
        with pypdfium2.PdfDocument(write_cards([made], NL)) as document:
            words = " ".join(document[0].get_textpage().get_text_bounded().split())
        assert ("Deze naam is niet ondertekend" in words) is said
        assert "Geldig t/m 20 november 2031" in words
