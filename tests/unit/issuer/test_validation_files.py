"""Files of a case: what they say they are, their seals, and the limits at n and n+1."""

import io
import zipfile

import pytest

from issuer.secrets import MasterSecret
from issuer.validation.envelope import Envelope, new_key
from issuer.validation.errors import CaseHistoryFull, FileNotOfItsType, TooManyCaseFiles
from issuer.validation.intake import FileBody, _decoded, _files
from issuer.validation.limits import CASE
from issuer.validation.media import MEDIA_TYPES, check_media
from issuer.validation.phases import Move
from issuer.validation.records import Case, HistoryEntry
from passport.credentials import parse_credential
from passport.encoding import base64url_encode
from passport.errors.storage import SealBroken
from tests.simulators.parties import NOW
from tests.simulators.validating import BREAD, Worker, sent_file

GOOD = {
    "application/pdf": b"%PDF-1.7\n",
    "image/png": b"\x89PNG\r\n\x1a\nrest",
    "image/jpeg": b"\xff\xd8\xff\xe0",
    "image/webp": b"RIFF\x04\x00\x00\x00WEBPVP8 ",
    "text/plain": "überall\n".encode(),
    "text/csv": b"date,hours\n2026-01-01,8\n",
    "application/json": b'{"a": 1}',
    "application/ld+json": b'{"@context": []}',
}


def archive():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as made:
        made.writestr("junk", bytes(1_000))
    return data.getvalue()


def test_every_type_has_an_example():
    assert set(GOOD) == set(MEDIA_TYPES)


@pytest.mark.parametrize("media_type", GOOD)
def test_a_file_that_is_what_it_says_is_taken(media_type):
    check_media(GOOD[media_type], media_type, "files/0/mediaType")


@pytest.mark.parametrize("media_type", GOOD)
def test_an_archive_under_another_name_is_refused(media_type):
    with pytest.raises(FileNotOfItsType) as caught:
        check_media(archive(), media_type, "files/3/mediaType")
    assert caught.value.details == {"field": "files/3/mediaType"}


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"", "text/plain"),
        (b"a\x00b", "text/csv"),
        (b"\xff\xfe", "text/plain"),
        (b"{", "application/json"),
        (b"<script>", "text/html"),
        (b"MZ", "application/octet-stream"),
    ],
)
def test_what_is_not_of_its_type_is_refused(data, media_type):
    with pytest.raises(FileNotOfItsType):
        check_media(data, media_type, "file")


def test_a_file_may_have_a_mebibyte_and_not_a_byte_more():
    assert len(_decoded(base64url_encode(bytes(CASE.file)), "f")) == CASE.file
    with pytest.raises(TooManyCaseFiles):
        _decoded(base64url_encode(bytes(CASE.file + 1)), "f")


def test_a_seal_opens_in_its_place_and_case_only():
    master = MasterSecret("a master secret of a test, long enough")
    key = new_key(master, "evc", "case")
    envelope = Envelope(master, "evc", "case", key)
    sealed = envelope.seal(b"a note", "note")
    assert envelope.open(sealed, "note") == b"a note"
    other = Envelope(master, "evc", "other", new_key(master, "evc", "other"))
    for opening in (
        lambda: envelope.open(sealed, "content"),
        lambda: other.open(sealed, "note"),
        lambda: Envelope(master, "evc", "other", key),
        lambda: Envelope(master, "else", "case", key),
        lambda: Envelope(master, "evc", "case", None),
    ):
        with pytest.raises(SealBroken):
            opening()
    assert "note" not in repr(envelope)


def test_sixteen_of_the_files_may_have_four_mebibytes_and_not_a_byte_more():
    sizes = [CASE.file] * 4
    worker = Worker()
    taken = _files(*sent(worker, sizes))
    assert sum(len(each.data) for each in taken) == CASE.files_bytes
    with pytest.raises(TooManyCaseFiles):
        _files(*sent(worker, [*sizes, 1]))


def sent(worker, sizes):
    """Claims that bind files of these sizes, and the files."""
    contents = [b"a" * size for size in sizes]
    claims = [worker.claim(BREAD, sheet=data, media_type="text/plain") for data in contents]
    files = [
        FileBody.model_validate(sent_file(claim, data, mediaType="text/plain"))
        for claim, data in zip(claims, contents, strict=True)
    ]
    return files, [parse_credential(claim) for claim in claims]


@pytest.mark.parametrize("move", [Move.NOTE, Move.SEND_BACK, Move.SUPPLEMENT])
def test_a_full_history_takes_no_more_notes_and_still_ends(move):
    entry = HistoryEntry(
        at=NOW, role="coordinator", who="a", move="note", origin="assessment", target="assessment", skills=[]
    )

    def case(entries):
        return Case.model_construct(history=[entry] * entries)

    case(CASE.history - 1).check_room(move)
    case(CASE.history).check_room(Move.WITHDRAW)
    case(CASE.history).check_room(Move.CERTIFY)
    with pytest.raises(CaseHistoryFull):
        case(CASE.history).check_room(move)
