"""Which of the offered forms a wallet takes."""

import pytest

from passport.credentials import Form
from passport.openid4vc import CredentialConfiguration
from wallet.core.wanted import wanted

TYPES = ("VerifiableCredential", "OpenBadgeCredential")


def offered(form, *, name="Lassen", signing=(), identifier=None):
    types, vct = ((), "https://school.example/type") if form is Form.DC_SD_JWT else (TYPES, None)
    return CredentialConfiguration(
        identifier or f"{name}/{form}/{signing}",
        name,
        (),
        types,
        form=form,
        signing_algorithms=signing,
        vct=vct,
    )


PLAIN = offered(Form.LDP_VC, signing=("eddsa-rdfc-2022",))
BASE = offered(Form.LDP_VC, signing=("ecdsa-sd-2023",))
JWT, SD, DC = offered(Form.JWT_VC), offered(Form.VC_SD_JWT), offered(Form.DC_SD_JWT)


@pytest.mark.parametrize(
    ("there", "first", "helping"),
    [
        ((PLAIN, BASE, JWT, SD, DC), PLAIN, (BASE, SD)),
        ((DC, SD, JWT, BASE, PLAIN), PLAIN, (BASE, SD)),
        ((PLAIN,), PLAIN, ()),
        ((PLAIN, JWT), PLAIN, ()),
        ((PLAIN, DC), PLAIN, (DC,)),
        ((JWT, SD), JWT, (SD,)),
        ((SD, DC), SD, ()),
        ((DC,), DC, ()),
        ((BASE,), BASE, ()),
        ((BASE, JWT), JWT, (BASE,)),
        ((offered(Form.LDP_VC), BASE), offered(Form.LDP_VC), (BASE,)),
    ],
)
def test_one_form_to_read_and_those_that_help_to_show_less(there, first, helping):
    (one,) = wanted(there)
    assert (one.first, one.helping) == (first, helping)


def test_credentials_with_other_names_are_other_credentials():
    other = offered(Form.VC_SD_JWT, name="Snijden")
    assert [(one.first, one.helping) for one in wanted((PLAIN, other, SD))] == [(PLAIN, (SD,)), (other, ())]


def test_the_same_form_twice_is_two_credentials():
    second = offered(Form.LDP_VC, signing=("eddsa-rdfc-2022",), identifier="second")
    assert [one.first for one in wanted((PLAIN, second))] == [PLAIN, second]
