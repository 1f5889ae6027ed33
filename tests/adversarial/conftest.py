"""One employer for attacks on confirmations, one school for those on permission: starting them costs.

What starts it is imported when it is asked for: some of the attacks here run in a browser's Python as well.
"""

import pytest


@pytest.fixture(scope="session")
def employer_process(tmp_path_factory):
    from tests.simulators.issuing import issuer_process

    with issuer_process(tmp_path_factory.mktemp("employer")) as started:
        yield started


@pytest.fixture(scope="session")
def employer(employer_process):
    from tests.simulators.confirming import SUPERVISOR, allow
    from tests.simulators.issuing import open_office

    made = open_office(employer_process, "bakery")
    allow(made, SUPERVISOR, "trusted.example")
    return made


@pytest.fixture(scope="session")
def employer_outbox(employer_process):
    from tests.simulators.confirming import Outbox

    return Outbox.of(employer_process)


@pytest.fixture
def employer_console(employer):
    import httpx

    headers = {"Origin": employer.url, "Accept": "text/html"}
    limits = httpx.Limits(max_keepalive_connections=0)
    with httpx.Client(base_url=employer.url, headers=headers, timeout=60, limits=limits) as client:
        client.post("/console/session", data={"api_key": employer.api_key})
        yield client


@pytest.fixture(scope="session")
def school_process(tmp_path_factory):
    from tests.simulators.issuing import issuer_process

    with issuer_process(tmp_path_factory.mktemp("learners")) as started:
        yield started


@pytest.fixture(scope="session")
def learner_school(school_process):
    from tests.simulators.issuing import open_office

    return open_office(school_process, "welding-school")


@pytest.fixture(scope="session")
def strict_school(school_process):
    """It asks of wallets what HAIP 1.0 asks."""
    from tests.simulators.issuing import open_office

    made = open_office(school_process, "strict-school")
    assert made.ask("PUT", "/api/authorization", json={"haip": True}).is_success
    return made


@pytest.fixture(scope="session")
def school_outbox(school_process):
    from tests.simulators.confirming import Outbox

    return Outbox.of(school_process)
