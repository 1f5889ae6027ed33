"""Standard Webhooks 1.0.0: what is signed, and what a receiver refuses: changed, old, replayed, of somebody else."""

import base64
import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from passport.webhooks.manage import new_secret
from passport.webhooks.signature import (
    TOLERANCE,
    KeptHere,
    KeptInFile,
    Receiver,
    Standing,
    WebhookRefused,
    key_of,
    open_message,
    sign,
)

NOW = 1_800_000_000
BODY = json.dumps(
    {"type": "credential.issued", "timestamp": "2027-01-15T08:00:00Z", "data": {"id": "1"}}
).encode()
SECRET, OTHER = new_secret(), new_secret()


def headers(body=BODY, *, secrets=(SECRET,), sent=NOW, message_id="msg_1", **changed):
    made = {
        "Webhook-Id": message_id,
        "Webhook-Timestamp": str(sent),
        "Webhook-Signature": sign(secrets, message_id=message_id, timestamp=sent, body=body),
    }
    return {name: value for name, value in (made | changed).items() if value is not None}


def opened(given, body=BODY, *, secrets=(SECRET,), now=NOW):
    return open_message(given, body, secrets, now=now)


def refused(given, body=BODY, **arguments):
    with pytest.raises(WebhookRefused) as refusal:
        opened(given, body, **arguments)
    return refusal.value.reason


def test_the_example_of_the_reference_libraries():
    signature = sign(
        ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
        message_id="msg_p5jXN8AQM9LWM0D4loKWxJek",
        timestamp=1614265330,
        body=b'{"test": 2432232314}',
    )
    assert signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_signed_message_is_opened():
    message = opened(headers())
    assert (message.id, message.type, dict(message.data)) == ("msg_1", "credential.issued", {"id": "1"})
    assert "data" not in repr(message)


@pytest.mark.parametrize("place", range(0, len(BODY), 7))
def test_a_tampered_body_is_refused(place):
    changed = bytearray(BODY)
    changed[place] ^= 1
    assert refused(headers(), bytes(changed)) == "wrong_signature"


def test_a_message_under_another_id_or_time_is_refused():
    assert refused(headers(**{"Webhook-Id": "msg_2"})) == "wrong_signature"
    assert refused(headers(**{"Webhook-Timestamp": str(NOW + 1)})) == "wrong_signature"


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        (NOW - TOLERANCE, None),
        (NOW - TOLERANCE - 1, "too_old"),
        (NOW + TOLERANCE, None),
        (NOW + TOLERANCE + 1, "too_new"),
    ],
)
def test_an_old_timestamp_is_refused(sent, reason):
    if reason is None:
        assert opened(headers(sent=sent)).id == "msg_1"
    else:
        assert refused(headers(sent=sent)) == reason


@pytest.mark.parametrize("name", ["Webhook-Id", "Webhook-Timestamp", "Webhook-Signature"])
def test_a_missing_header_is_refused(name):
    assert refused(headers(**{name: None})) == "missing"


@pytest.mark.parametrize(
    "changed",
    [
        {"Webhook-Timestamp": ""}, {"Webhook-Timestamp": "-1"}, {"Webhook-Timestamp": "1e9"},
        {"Webhook-Timestamp": "١٨٠٠٠٠٠٠٠٠"}, {"Webhook-Timestamp": "9" * 13}, {"Webhook-Id": ""},
        {"Webhook-Id": "a.b"}, {"Webhook-Id": "a" * 65}, {"Webhook-Signature": " ".join(["v1,AA=="] * 9)},
    ],
)  # fmt: skip
def test_a_malformed_header_is_refused(changed):
    assert refused(headers(**changed)) == "malformed"


@pytest.mark.parametrize(
    "signature", ["", "v1", "v1,", "v1,!", "v2,AA==", "v1a,AA==", "v1,AA==", ",", "v1 ,x"]
)
def test_a_signature_that_is_none_is_refused(signature):
    assert refused(headers(**{"Webhook-Signature": signature})) == "wrong_signature"


def test_the_signature_of_somebody_else_is_refused():
    assert refused(headers(secrets=(OTHER,))) == "wrong_signature"
    assert refused(headers(), secrets=()) == "wrong_signature"


def test_both_secrets_open_while_one_replaces_the_other():
    both = headers(secrets=(OTHER, SECRET))
    assert opened(both, secrets=(SECRET,)).id == opened(both, secrets=(OTHER,)).id == "msg_1"
    assert opened(headers(), secrets=(OTHER, SECRET)).id == "msg_1"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"x",
        b"[]",
        b"{}",
        b'{"type":1,"timestamp":"a","data":{}}',
        b'{"type":"a","timestamp":"b","data":[]}',
        b"[" * 100_000,
        b"\xff",
    ],
)
def test_a_signed_body_of_another_shape_is_refused(body):
    assert refused(headers(body), body) == "not_json"


@pytest.mark.parametrize(
    "secret",
    [
        "",
        "whsec_",
        "whsec_!",
        base64.b64encode(b"x" * 32).decode(),
        "whsec_" + base64.b64encode(b"x" * 23).decode(),
        "whsec_" + base64.b64encode(b"x" * 65).decode(),
    ],
)
def test_a_secret_of_another_form_is_refused_without_showing_it(secret):
    with pytest.raises(ValueError, match="starts with whsec_") as refusal:
        Receiver([secret])
    assert len(secret) < 10 or secret not in str(refusal.value)


def test_secrets_have_256_bits_and_differ():
    assert len(key_of(SECRET)) == 32
    assert SECRET != OTHER


def test_a_replayed_delivery_is_taken_once_by_the_receiver():
    receiver = Receiver([SECRET], clock=lambda: NOW)
    taken = []
    for _ in range(3):
        message = receiver.open(headers(), BODY)
        with receiver.taking(message) as first:
            taken.append(first)
    assert taken == [True, False, False]
    assert SECRET not in repr(receiver)


def test_work_that_fails_lets_the_next_try_in():
    receiver = Receiver([SECRET], clock=lambda: NOW)
    message = receiver.open(headers(), BODY)
    with pytest.raises(OSError, match="the disk"), receiver.taking(message):
        raise OSError("the disk is full")
    with receiver.taking(message) as first:
        assert first


@pytest.mark.parametrize("kind", [KeptHere, KeptInFile])
def test_whatever_remembers_keeps_to_one_contract(kind, tmp_path):
    passed = [0.0]
    more = {"path": tmp_path / "taken", "clock": lambda: NOW + passed[0]} if kind is KeptInFile else {}
    kept = kind(**more)
    other = kind(**more) if more else kept  # of another process
    with ThreadPoolExecutor(4) as threads:
        begun = list(threads.map(kept.begin, ["msg_1"] * 8))
    assert sorted(each.name for each in begun) == ["FIRST", *["UNDER_WAY"] * 7]
    assert other.begin("msg_1") is Standing.UNDER_WAY
    assert other.begin("msg_2") is Standing.FIRST
    other.give_up("msg_1")
    assert kept.begin("msg_1") is Standing.FIRST
    kept.done("msg_1")
    assert (other.begin("msg_1"), kept.begin("msg_1")) == (Standing.TAKEN, Standing.TAKEN)
    if more:
        passed[0] = 301.0
        assert kept.begin("msg_2") is Standing.FIRST, "its process died"
        assert kept.begin("msg_1") is Standing.TAKEN
        passed[0] = 32 * 86_400.0
        assert kept.begin("msg_1") is Standing.FIRST, "after a month nothing is sent again"


def test_a_receiver_with_several_processes_loses_nothing_that_one_of_them_fails_at(tmp_path):
    receivers = [Receiver([SECRET], kept=KeptInFile(tmp_path / "taken"), clock=lambda: NOW) for _ in range(2)]
    message = receivers[0].open(headers(), BODY)
    with pytest.raises(OSError, match="the disk"), receivers[0].taking(message):  # noqa: PT012 - while it works
        with pytest.raises(WebhookRefused, match="under_way"), receivers[1].taking(message):
            pass
        raise OSError("the disk is full")
    for expected in (True, False):
        with receivers[1].taking(message) as first:
            assert first is expected


def test_a_message_that_is_being_worked_on_is_not_called_taken():
    """A retry during the work would be answered with 2xx; when the work fails then, nobody sends it again."""
    receiver = Receiver([SECRET], clock=lambda: NOW)
    message = receiver.open(headers(), BODY)
    with pytest.raises(OSError, match="the disk"), receiver.taking(message):  # noqa: PT012 - while it works
        with pytest.raises(WebhookRefused, match="under_way"), receiver.taking(message):
            pass
        raise OSError("the disk is full")
    with receiver.taking(message) as first:
        assert first
    with receiver.taking(message) as first:
        assert not first
