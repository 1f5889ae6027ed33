"""What somebody may hand to the wallet as text, file or picture, and what is kept of it."""

import pytest

from passport.answers import Answer
from passport.clock import utc_now
from passport.credentials.build import presentation
from passport.errors import PassportError
from passport.json import dump
from passport.pictures.qr import draw_loop, draw_png
from passport.qr_text import pack
from tests.simulators.parties import ESCO, Party
from tests.simulators.wallets import QuickSodium
from wallet.core.forget import forget
from wallet.core.shelf import kept, kept_one
from wallet.core.wallet import Kind
from wallet.desk.receiving import receive_file, receive_text
from wallet.desktop.desk import Desk
from wallet.desktop.keeper import Keeper
from wallet.desktop.settings import WalletSettings
from wallet.errors import (
    CredentialNotGenuine,
    NotForThisHolder,
    NothingReceived,
    UnknownRecord,
    VaultExists,
    VaultInUse,
    WalletLocked,
)

WELD, CUT = f"{ESCO}weld", f"{ESCO}cut"
RECORD = b"%PDF-1.7 a time sheet \xff\xfe"


@pytest.fixture
def desk(tmp_path):
    folder = tmp_path / "wallet"
    made = Desk(WalletSettings(folder), keeper=Keeper(folder, crypto=QuickSodium()))
    made.create("een korte zin van mij")
    yield made
    made.close()


@pytest.fixture
def wallet(desk):
    with desk.wallet() as opened:
        yield opened


@pytest.fixture
def school():
    return Party("De Vakschool")


def badge(school, wallet, *skills, **members):
    return school.issue(
        wallet.did, list(skills), genres=["work-record"], files=[RECORD], at=utc_now(), **members
    )


def test_the_same_credential_in_every_form_is_one_credential(desk, wallet, school):
    source = dump(badge(school, wallet, WELD))
    frames = pack(source)
    for give in (
        lambda: receive_file(desk, wallet, source),
        lambda: receive_text(desk, wallet, source.decode()),
        lambda: receive_text(desk, wallet, "\n".join(frames)),
        lambda: receive_file(desk, wallet, "\r\n".join(frames).encode()),
        lambda: receive_file(desk, wallet, draw_loop(frames)),
    ):
        (one,) = give().credentials
        assert one.answer is Answer.YES
        assert len(kept(wallet)) == 1
    assert kept_one(wallet, one.id).source == source


def test_a_file_with_several_credentials_gives_each(desk, wallet, school):
    together = presentation(
        holder=wallet.did,
        credentials=[badge(school, wallet, WELD), badge(school, wallet, CUT)],
        presentation_id="urn:uuid:0b8a1c1e-6a1e-4b1e-8e1e-0c0f5a3d2b11",
    )
    assert len(receive_file(desk, wallet, dump(together)).credentials) == 2
    assert len(kept(wallet)) == 2


def test_one_wrong_credential_among_several_keeps_nothing(desk, wallet, school):
    for wrong, error in (
        (badge(school, type("Other", (), {"did": Party("X").did}), CUT), NotForThisHolder),
        ({**badge(school, wallet, CUT), "name": "changed"}, CredentialNotGenuine),
    ):
        together = presentation(
            holder=wallet.did,
            credentials=[badge(school, wallet, WELD), wrong],
            presentation_id="urn:uuid:0b8a1c1e-6a1e-4b1e-8e1e-0c0f5a3d2b11",
        )
        with pytest.raises(error):
            receive_file(desk, wallet, dump(together))
        assert kept(wallet) == ()


def test_an_evidence_file_finds_the_credential_that_names_it(desk, wallet, school):
    with pytest.raises(NothingReceived):
        receive_file(desk, wallet, RECORD)
    document = badge(school, wallet, WELD)
    receive_file(desk, wallet, dump(document))
    received = receive_file(desk, wallet, RECORD)
    assert received.evidence == document["evidence"][0]["id"]
    assert wallet.vault.of_kind(Kind.FILE) == {received.evidence: RECORD}
    with pytest.raises(NothingReceived):
        receive_file(desk, wallet, RECORD + b" changed")


def test_a_picture_may_be_evidence_too(desk, wallet, school):
    picture = draw_png("a work order")
    document = school.issue(wallet.did, [WELD], genres=["work-record"], files=[picture], at=utc_now())
    receive_file(desk, wallet, dump(document))
    assert receive_file(desk, wallet, picture).evidence


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b'"text"', b"\x89PNG\r\n", b"SP1/", b"\xff" * 99, b"hello", b"{}"]
)
def test_what_is_nothing_of_ours_is_refused(desk, wallet, data):
    with pytest.raises(PassportError):
        receive_file(desk, wallet, data)
    assert kept(wallet) == ()


def test_a_credential_can_be_removed(desk, wallet, school):
    (one,) = receive_file(desk, wallet, dump(badge(school, wallet, WELD))).credentials
    forget(wallet, one.id)
    assert kept(wallet) == ()
    for again in (forget, kept_one):
        with pytest.raises(UnknownRecord):
            again(wallet, one.id)


def test_two_programs_can_not_make_or_open_one_wallet(tmp_path):
    folder = tmp_path / "wallet"
    first, second = (
        Desk(WalletSettings(folder), keeper=Keeper(folder, crypto=QuickSodium())) for _ in range(2)
    )
    first.create("een korte zin van mij")
    with pytest.raises(VaultInUse):
        second.create("een andere zin van mij")
    with pytest.raises(VaultInUse):
        second.unlock("een korte zin van mij")
    first.close()
    with pytest.raises(VaultExists):
        second.create("een andere zin van mij")
    second.unlock("een korte zin van mij")
    second.lock()
    with pytest.raises(WalletLocked), second.wallet():
        pass
    second.close()
