"""One employer for all attacks on confirmations: starting it costs more than most of them."""

import httpx
import pytest

from tests.simulators.confirming import SUPERVISOR, Outbox, allow
from tests.simulators.issuing import issuer_process, open_office


@pytest.fixture(scope="session")
def employer_process(tmp_path_factory):
    with issuer_process(tmp_path_factory.mktemp("employer")) as started:
        yield started


@pytest.fixture(scope="session")
def employer(employer_process):
    made = open_office(employer_process, "bakery")
    allow(made, SUPERVISOR, "trusted.example")
    return made


@pytest.fixture(scope="session")
def employer_outbox(employer_process):
    return Outbox.of(employer_process)


@pytest.fixture
def employer_console(employer):
    headers = {"Origin": employer.url, "Accept": "text/html"}
    limits = httpx.Limits(max_keepalive_connections=0)
    with httpx.Client(base_url=employer.url, headers=headers, timeout=60, limits=limits) as client:
        client.post("/console/session", data={"api_key": employer.api_key})
        yield client
