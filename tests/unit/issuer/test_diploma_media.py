"""A European credential that a derived claim binds may be sent to an assessor, as what the wallet calls it."""

import pytest

from issuer.validation.errors import FileNotOfItsType
from issuer.validation.media import check_media
from passport.json import dump
from tests.simulators.european import around, european_credential
from wallet.core.imported import EUROPEAN_MEDIA_TYPE


@pytest.mark.parametrize("data", [dump(european_credential()), around(european_credential())])
def test_it_is_taken_by_its_media_type(data):
    check_media(data, EUROPEAN_MEDIA_TYPE, "files/0")


def test_what_is_no_json_is_not():
    with pytest.raises(FileNotOfItsType):
        check_media(b"%PDF-1.7", EUROPEAN_MEDIA_TYPE, "files/0")
