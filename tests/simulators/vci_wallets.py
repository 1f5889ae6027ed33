"""A wallet at an issuer, step by step, for tests of what must stop it."""

import pytest

from passport.texts import Language
from wallet.core.wallet import Kind
from wallet.desk.claiming import claim
from wallet.desk.offering import open_offer
from wallet.desk.receiving import keep_claimed
from wallet.desk.signing_in import begin_sign_in, read_sign_in

BACK = "http://127.0.0.1:49152/signed-in/a-place-of-this-sign-in"


def sign_in(desk, link):
    opened = desk.outside.run(open_offer(link, desk.outside))
    return desk.outside.run(begin_sign_in(opened, desk.channel(), redirect_uri=BACK))


def finish(desk, wallet, begun, url):
    signed_in = read_sign_in(begun, url)
    claimed = desk.outside.run(claim(begun.opened, wallet, begun.channel, signed_in=signed_in))
    return keep_claimed(desk, wallet, claimed)


def nothing_kept(wallet, renderer, error):
    for kind in (Kind.CREDENTIAL, Kind.RECEIPT, Kind.FILE, Kind.FORM, Kind.WAITING):
        assert wallet.vault.of_kind(kind) == {}
    for language in Language:
        said = renderer.error(error, language)
        assert said
        assert said != error.code


def refused(desk, wallet, renderer, work, code):
    with pytest.raises(code) as caught:
        work()
    nothing_kept(wallet, renderer, caught.value)


def paths(issuer):
    return [path for path, _, _ in issuer.seen]
