"""What was said stays sealed in the store after it was sent and signed, and is gone after its time."""

import base64

from tests.simulators.at_rest import at_rest, stands_in
from tests.simulators.confirming import ConfirmedWorker, SupervisorBrowser


def test_what_a_supervisor_said_is_sealed_after_it_was_signed_too(
    employer_process, employer, employer_outbox
):
    worker = ConfirmedWorker()
    claim = worker.claim(narrative="A reticent narrative")
    to = {"email": "reticent@trusted.example"}
    assert worker.ask(employer, claim, supervisor=to, message="A reticent message").status_code == 201
    number = worker.url.rpartition("/")[2]
    supervisor = SupervisorBrowser(employer_outbox.link(number), employer_outbox)
    supervisor.prove()
    words = {"text": "A reticent text", "role": "reticent role", "remark-0": "A reticent remark"}
    supervisor.send(supervisor.fill_in("work-record", "observation", **words))
    told = worker.told()
    assert len(told["credentials"]) == 2
    assert "reticent remark" in str(told["credentials"])
    store = at_rest(employer_process.folder / "data")
    assert stands_in(store, number.encode())
    assert not stands_in(store, b"reticent")


def test_a_word_is_found_wherever_it_begins():
    for before in range(4):
        for after in range(4):
            text = b"x" * before + b"reticent" + b"y" * after
            assert stands_in(base64.b64encode(text), b"reticent")
            assert not stands_in(base64.b64encode(text), b"retixent")
