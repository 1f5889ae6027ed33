"""Files of a credential on a phone: the browser draws, and Python puts the credential in."""

import pytest

from passport.baking import credentials_in
from passport.baking.kinds import SaveAs
from passport.texts import Language
from tests.simulators.badge_files import png, signed
from tests.simulators.phone_host import BrowserHost
from wallet.errors_device import NotOnThisDevice, PdfNotOnThisDevice
from wallet.phone.host import Bridge
from wallet.phone.papers import PhonePapers

NL = Language.NL


def test_a_picture_that_the_browser_drew_has_the_credential_in_it():
    host, badge = BrowserHost(pictures=[png()]), signed()
    saved = PhonePapers(Bridge(host)).save_as(SaveAs.PNG, badge, NL, name="badge")
    assert (saved.name, saved.media_type) == ("badge.png", "image/png")
    assert [each.source for each in credentials_in(saved.data)] == [badge]
    [(_, asked)] = host.asked
    assert asked == {"side": 512}
    assert host.drawn[0].startswith(b'<svg width="512" height="512" ')


def test_where_the_browser_draws_none_it_says_that_a_computer_does():
    with pytest.raises(NotOnThisDevice):
        PhonePapers(Bridge(BrowserHost())).save_as(SaveAs.PNG, signed(), NL, name="badge")


def test_who_wants_paper_is_told_to_print_the_page():
    with pytest.raises(PdfNotOnThisDevice):
        PhonePapers(Bridge(BrowserHost())).save_as(SaveAs.PDF, signed(), NL, name="badge")
