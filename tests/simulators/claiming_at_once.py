"""Offers that are claimed, from many threads at one moment too, and the protocol's refusals."""

import threading
from concurrent.futures import ThreadPoolExecutor

AT_ONCE = 50


def offered(office, achievement, **more):
    return office.post("/api/offers", {"achievement": achievement} | more)


def all_at_once(calls):
    """Run the calls from as many threads, each with its connection open, let go at one moment."""
    gate = threading.Barrier(len(calls))

    def run(call):
        gate.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result() for future in [pool.submit(run, call) for call in calls]]


def refused_with(response, error, status=400):
    assert (response.status_code, response.json()["error"]) == (status, error)
    assert response.headers["cache-control"] == "no-store"
