"""Files of credentials and pictures of badges over real HTTP: the console's and the programs'."""

import io
import time

import httpx
import pypdfium2
import pytest
from PIL import Image

from passport.baking import credentials_in
from passport.json import parse_object
from passport.qr_text import unpack
from tests.simulators.badge_files import SVG, png, text_chunk
from tests.simulators.issuing import HolderWallet, issuer_process, open_office
from tests.simulators.scanner import texts_in

KINDS = ("pdf", "png", "svg", "html")


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    with issuer_process(tmp_path_factory.mktemp("files")) as process:
        yield open_office(process)


@pytest.fixture(scope="module")
def issued(office):
    body = {"achievement": office.achievement(), "subject": HolderWallet().did}
    return office.post("/api/credentials", body)


@pytest.fixture(scope="module")
def browser(office):
    headers = {"Origin": office.url, "Accept": "text/html", "Accept-Language": "nl"}
    with httpx.Client(base_url=office.url, headers=headers, timeout=60) as client:
        assert client.post("/console/session", data={"api_key": office.api_key}).status_code == 303
        yield client


def file(office, issued, kind, **query):
    return office.ask("GET", f"/api/credentials/{issued['id']}/files/{kind}", params=query)


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_carries_the_credential_that_was_issued(office, issued, kind):
    found = file(office, issued, kind)
    assert found.status_code == 200
    assert found.headers["content-disposition"].startswith("attachment;")
    (inside,) = credentials_in(found.content)
    assert parse_object(inside.source) == issued["credential"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_may_carry_the_token_instead(office, issued, kind):
    token = file(office, issued, "jwt").content
    (inside,) = credentials_in(file(office, issued, kind, signed="jwt_vc_json").content)
    assert inside.source == token


def test_the_plain_forms_are_given_as_they_are_signed(office, issued):
    assert file(office, issued, "json").json() == issued["credential"]
    assert file(office, issued, "jwt").content.count(b".") == 2
    assert b"~" in file(office, issued, "sdjwt").content


def test_what_is_for_the_holder_alone_is_in_no_file_to_pass_on(office, issued):
    for form in ("ecdsa-sd-2023", "vc+sd-jwt", "dc+sd-jwt"):
        refused = file(office, issued, "pdf", signed=form)
        assert refused.status_code == 400
        assert refused.json()["code"] == "credential_not_for_pictures"


def test_somebody_elses_credential_is_not_given(office, issued):
    assert httpx.get(f"{office.url}/api/credentials/{issued['id']}/files/pdf").status_code == 401
    assert office.ask("GET", f"/api/credentials/{'0' * 32}/files/pdf").status_code == 404
    assert office.ask("GET", f"/api/credentials/{issued['id']}/files/exe").status_code in {400, 404, 422}


def test_the_console_offers_them_all_in_the_readers_language(browser, issued):
    page = browser.get(f"/console/credentials/{issued['id']}")
    assert "Om uit te reiken" in page.text
    for kind in KINDS:
        address = f"/console/credentials/{issued['id']}/save/{kind}"
        assert address in page.text
        assert browser.get(address).status_code == 200
    assert "Zelf controleren" in browser.get(f"/console/credentials/{issued['id']}/save/html").text


def put(office, achievement, data, media_type="image/png"):
    return office.ask(
        "PUT", f"/api/achievements/{achievement}/picture", content=data, headers={"content-type": media_type}
    )


def shown(office, issued):
    return httpx.get(f"{office.issuer}/achievements/{issued['achievement']}/picture")


def drawing(width=300, height=200):
    written = io.BytesIO()
    Image.new("RGB", (width, height), "#884400").save(written, "PNG")
    return written.getvalue()


def test_a_badge_has_a_drawn_picture_until_one_is_chosen(office, issued):
    drawn = shown(office, issued)
    assert drawn.headers["content-type"] == "image/png"
    assert Image.open(io.BytesIO(drawn.content)).size == (512, 512)
    assert put(office, issued["achievement"], drawing()).status_code == 200
    assert Image.open(io.BytesIO(shown(office, issued).content)).size == (300, 200)
    assert Image.open(io.BytesIO(file(office, issued, "png").content)).size == (300, 200)
    assert put(office, issued["achievement"], SVG, "image/svg+xml").status_code == 200
    assert shown(office, issued).content == SVG
    assert "default-src 'none'" in shown(office, issued).headers["content-security-policy"]
    assert office.ask("DELETE", f"/api/achievements/{issued['achievement']}/picture").status_code == 204
    assert shown(office, issued).content == drawn.content


@pytest.mark.parametrize(
    ("data", "media_type", "code"),
    [
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
            "image/svg+xml",
            "unsafe_svg",
        ),
        (
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><g/></svg>",
            "image/svg+xml",
            "unsafe_svg",
        ),
        (
            b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg xmlns='http://www.w3.org/2000/svg'>&a;</svg>",
            "image/svg+xml",
            "entities_in_svg",
        ),
        (b"<html><script>alert(1)</script></html>", "image/svg+xml", "not_a_picture"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 64, "image/png", "damaged_png"),
        (png(width=2**31 - 1), "image/png", "picture_size_refused"),
        (png(width=4_096, height=4_096), "image/png", "damaged_png"),
        (b"GIF89a", "image/png", "not_a_picture"),
        (b"\xff\xd8\xff\xe0", "image/png", "not_a_picture"),
        (drawing(), "image/jpeg", "unsupported_media_type"),
    ],
)
def test_hostile_pictures_are_refused(office, issued, data, media_type, code):
    refused = put(office, issued["achievement"], data, media_type)
    assert (refused.status_code // 100, refused.json()["code"]) == (4, code)


def test_polyglot_what_else_a_picture_holds_is_left_behind(office, issued):
    hidden = b"<script>alert(1)</script>"
    picture = drawing()
    with_more = picture[:33] + text_chunk(hidden, b"Comment").written() + picture[33:] + hidden
    assert put(office, issued["achievement"], with_more).status_code == 200
    assert hidden not in shown(office, issued).content
    assert Image.open(io.BytesIO(shown(office, issued).content)).size == (300, 200)
    office.ask("DELETE", f"/api/achievements/{issued['achievement']}/picture")


def test_a_picture_is_chosen_in_the_console_and_dropped_again(browser, issued):
    address = f"/console/achievements/{issued['achievement']}/picture"
    assert "getekend" in browser.get(address).text
    assert browser.post(address, files={"file": ("a.png", drawing())}).status_code == 303
    assert "Door u gekozen" in browser.get(address).text
    assert "Afbeelding gewijzigd" in browser.get("/console/audit").text
    refused = browser.post(address, files={"file": ("a.svg", b"<svg onload='x'/>")})
    assert refused.status_code == 400
    assert browser.post(address, data={"drawn": "yes"}).status_code == 303
    assert "getekend" in browser.get(address).text
    assert address in browser.get("/console/achievements").text


def cards(data):
    with pypdfium2.PdfDocument(data) as document:
        pictures = [page.render(scale=300 / 72).to_pil().convert("L") for page in document]
    texts = [text for picture in pictures for text in texts_in(picture)]
    return [parse_object(unpack([text])) for text in texts]


def test_a_card_has_the_credential_in_its_code(browser, issued):
    found = browser.get(f"/console/credentials/{issued['id']}/card")
    assert found.headers["content-type"] == "application/pdf"
    assert cards(found.content) == [issued["credential"]]


def test_a_batch_is_printed_as_cards(office, browser):
    subjects = [HolderWallet().did for _ in range(3)]
    rows = "reference,subject\n" + "".join(f"r{n},{did}\n" for n, did in enumerate(subjects))
    taken = office.ask(
        "POST",
        "/api/batches",
        params={"achievement": office.achievement()},
        content=rows.encode(),
        headers={"Content-Type": "text/csv", "Idempotency-Key": "cards"},
    )
    assert taken.is_success, taken.text
    batch = taken.json()["id"]
    until = time.monotonic() + 30
    while office.ask("GET", f"/api/batches/{batch}").json()["state"] != "done" and time.monotonic() < until:
        time.sleep(0.1)
    assert browser.get(f"/console/batches/{batch}/rows").is_success
    assert f"/console/batches/{batch}/cards?part=1" in browser.get(f"/console/batches/{batch}").text
    found = cards(browser.get(f"/console/batches/{batch}/cards").content)
    assert {each["credentialSubject"]["id"] for each in found} == set(subjects)
    assert browser.get(f"/console/batches/{batch}/cards", params={"part": 2}).status_code == 413
