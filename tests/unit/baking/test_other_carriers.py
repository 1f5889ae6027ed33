"""Pages, PDF files, lists and archives: what they carry, and what they don't."""

import io
import json
import zipfile
import zlib

import pytest

from passport.baking import FileKind, Version, bake, credentials_in, files_in, kind_of_file
from passport.baking.html import for_a_page
from passport.errors import MalformedJson
from passport.errors.baking import (
    EncryptedPdf,
    LockedWalletFile,
    NoCredentialInside,
    TwoCredentialsInside,
)
from passport.json import parse_object
from tests.simulators.badge_files import OLDER, OLDER_BYTES, SVG, png, signed

JSON, JWT = signed(), signed("jwt_vc_json")
KEY = {"type": "Ed25519VerificationKey2020", "privateKeyMultibase": "zSECRET"}


def page(*blocks):
    inside = "".join(f'<script type="{kind}">{text}</script>' for kind, text in blocks)
    return f"<!DOCTYPE html><html><head><title>x</title>{inside}</head><body></body></html>".encode()


def pdf(*streams, encrypted=False):
    """The parts of a PDF file that matter here: streams with their dictionaries."""
    body = b"%PDF-1.7\n"
    for number, (dictionary, data) in enumerate(streams, 1):
        body += b"%d 0 obj\n<< %b /Length %d >>\nstream\n%b\nendstream\nendobj\n" % (
            number,
            dictionary,
            len(data),
            data,
        )
    locked = b" /Encrypt 9 0 R" if encrypted else b""
    return body + b"trailer << /Names << /EmbeddedFiles 8 0 R >>" + locked + b" >>\n%%EOF"


EMBEDDED = b"/Type /EmbeddedFile /Subtype /application#2Fvc"


def archive(**files):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, data in files.items():
            opened.writestr(name, data)
    return written.getvalue()


def test_a_file_is_what_its_first_bytes_say():
    kinds = {
        png(): FileKind.PNG,
        SVG: FileKind.SVG,
        b"<?xml version='1.0'?>" + SVG: FileKind.SVG,
        page(): FileKind.HTML,
        b"\xef\xbb\xbf\n <html>": FileKind.HTML,
        pdf(): FileKind.PDF,
        archive(a=b"b"): FileKind.ZIP,
        b"\xff\xd8\xff\xe0": FileKind.PHOTO,
        b"GIF89a": FileKind.PHOTO,
        b"RIFF1234WEBP": FileKind.PHOTO,
        JSON: FileKind.TEXT,
        JWT: FileKind.TEXT,
        b"": FileKind.TEXT,
    }
    for data, kind in kinds.items():
        assert kind_of_file(data) is kind


@pytest.mark.parametrize(
    "text", [JSON, JWT, signed("vc+sd-jwt"), b" \n" + JSON + b"\n", b"\xef\xbb\xbf" + JSON]
)
def test_a_text_is_its_own_carrier(text):
    (inside,) = credentials_in(text)
    assert inside.source == text.removeprefix(b"\xef\xbb\xbf").strip()


def test_a_page_carries_its_credential_beside_what_search_engines_read():
    business = json.dumps({"@context": "https://schema.org", "@type": "Organization"})
    (inside,) = credentials_in(
        page(("application/ld+json", business), ("application/vc+json", JSON.decode()))
    )
    assert inside.source == JSON
    (inside,) = credentials_in(page(("application/vc+jwt", JWT.decode())))
    assert inside.source == JWT
    (inside,) = credentials_in(
        page(("text/javascript", JWT.decode()), ("application/ld+json", JSON.decode()))
    )
    assert inside.source == JSON


def test_a_credential_with_markup_in_it_ends_no_data_block():
    credential = signed(name="</script><script>alert(1)</script><!--")
    written = for_a_page(credential)
    assert "<" not in written
    (inside,) = credentials_in(page(("application/vc+json", written)))
    assert parse_object(inside.source) == parse_object(credential)


@pytest.mark.parametrize(
    ("blocks", "error"),
    [
        ([], NoCredentialInside),
        ([("text/javascript", JSON.decode())], NoCredentialInside),
        ([("application/vc+json", "{")], NoCredentialInside),
        ([("application/vc+jwt", "no token")], NoCredentialInside),
        (
            [("application/vc+json", JSON.decode()), ("application/vc+jwt", JWT.decode())],
            TwoCredentialsInside,
        ),
    ],
)
def test_a_page_with_none_or_with_two_is_refused(blocks, error):
    with pytest.raises(error):
        credentials_in(page(*blocks))


def test_the_same_credential_twice_on_a_page_is_one():
    block = ("application/vc+json", JSON.decode())
    assert credentials_in(page(block, block))[0].source == JSON


@pytest.mark.parametrize("text", [JSON, JWT])
def test_a_pdf_carries_what_is_attached_packed_or_not(text):
    for stream in ((EMBEDDED, text), (EMBEDDED + b" /Filter /FlateDecode", zlib.compress(text))):
        (inside,) = credentials_in(pdf((b"", b"BT ET"), stream, (EMBEDDED, b"a,b\n1,2")))
        assert inside.source == text


def test_a_pdf_may_say_the_length_of_a_stream_elsewhere():
    file = pdf((EMBEDDED, JSON)).replace(b"/Length %d" % len(JSON), b"/Length 12 0 R")
    assert credentials_in(file)[0].source == JSON


@pytest.mark.parametrize(
    ("file", "error"),
    [
        (pdf(), NoCredentialInside),
        (pdf((b"", JSON)), NoCredentialInside),
        (pdf((EMBEDDED, b"hello")), NoCredentialInside),
        (pdf((EMBEDDED + b" /Filter /LZWDecode", JSON)), NoCredentialInside),
        (pdf((EMBEDDED + b" /Filter /FlateDecode", JSON)), NoCredentialInside),
        (pdf((EMBEDDED + b" /Filter /FlateDecode", zlib.compress(JSON)[:-9])), NoCredentialInside),
        (pdf((EMBEDDED, b"\x01" * 64), encrypted=True), EncryptedPdf),
        (pdf((EMBEDDED, JSON), (EMBEDDED, JWT)), TwoCredentialsInside),
        (b"%PDF-1.7 /Type /EmbeddedFile >> endobj stream\n" + JSON, NoCredentialInside),
        (b"%PDF-1.7 /Type /EmbeddedFile", NoCredentialInside),
    ],
)
def test_a_pdf_without_one_readable_credential_is_refused(file, error):
    with pytest.raises(error):
        credentials_in(file)


def wallet(*contents, **members):
    return {
        "@context": ["https://w3id.org/wallet/v1"],
        "type": "UniversalWallet2020",
        "status": "UNLOCKED",
        "contents": list(contents),
        **members,
    }


def test_a_backup_of_learner_credential_wallet_gives_its_credentials_and_no_key():
    backup = json.dumps([wallet(parse_object(JSON), {"id": "did:key:z6Mk"}, KEY, OLDER)], indent=2).encode()
    found = credentials_in(backup)
    assert [inside.version for inside in found] == [Version.OB3, Version.OB2]
    assert parse_object(found[0].source) == parse_object(JSON)
    assert not any(b"SECRET" in inside.source for inside in found)


def test_a_locked_backup_says_what_to_do():
    locked = {"type": ["VerifiableCredential", "EncryptedWallet"], "credentialSubject": {"jwe": {}}}
    with pytest.raises(LockedWalletFile):
        credentials_in(json.dumps(locked).encode())
    with pytest.raises(LockedWalletFile):
        credentials_in(json.dumps([locked]).encode())


@pytest.mark.parametrize(
    "collection",
    [
        [OLDER, JWT.decode()],
        {"results": [OLDER, JWT.decode()]},
        {"badges": [{"assertion": OLDER}, {"assertion": JWT.decode()}]},
        {"credentials": [{"credential": JWT.decode()}], "assertions": [OLDER]},
    ],
)
def test_lists_of_other_services_are_read(collection):
    found = credentials_in(json.dumps(collection).encode())
    assert sorted(inside.version for inside in found) == [Version.OB2, Version.OB3]


def test_a_presentation_stays_one_document():
    shown = json.dumps(
        {"type": "VerifiablePresentation", "verifiableCredential": [parse_object(JSON)]}
    ).encode()
    assert [inside.source for inside in credentials_in(shown)] == [shown]


@pytest.mark.parametrize(
    "text", [b"{}", b"[]", b"[1, null]", b'{"contents": 1}', b'"text"', b'[[[[[{"type":"Assertion"}]]]]]']
)
def test_json_without_a_credential_has_none(text):
    with pytest.raises(NoCredentialInside):
        credentials_in(text)


def test_other_text_is_no_json():
    with pytest.raises(MalformedJson):
        credentials_in(b"hello")


def test_a_signed_older_badge_is_known_by_its_payload():
    token = (
        b"eyJhbGciOiJSUzI1NiJ9." + __import__("base64").urlsafe_b64encode(OLDER_BYTES).rstrip(b"=") + b".c2ln"
    )
    assert credentials_in(token)[0].version is Version.OB2


def test_an_archive_gives_its_files_one_by_one():
    packed = archive(**{"badges/one.png": bake(png(), JSON), "../two.json": JWT, "__MACOSX/._one.png": b"x"})
    assert [name for name, _ in files_in("all.zip", packed)] == ["one.png", "two.json"]
    assert [credentials_in(data)[0].source for _, data in files_in("all.zip", packed)] == [JSON, JWT]
    assert files_in("one.json", JSON) == (("one.json", JSON),)
    with pytest.raises(NoCredentialInside):
        credentials_in(packed)
