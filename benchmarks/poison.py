"""Does a stream of poison documents hold up anybody else?

    python benchmarks/poison.py [--requests 400] [--rounds 5] [--poisoners 2] [--json]

A verifier (`passport verifier serve`) over real HTTP on this machine. A client sends good presentations one
after another and notes how long each took: in turns while nobody else asks, and while processes of their own
send documents that are built to take as much work as they can. Printed are the p50 and p99 of both, and their
ratio in each round. Whatever else runs on the machine shows in the p99 of both.
"""

import argparse
import contextlib
import json
import multiprocessing
import os
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles

import httpx

from passport.cli.bench import realistic_badge
from passport.credentials.build import presentation
from passport.dids import create_did_key, key_method_id
from passport.json import dump
from passport.keys import generate_signer
from passport.proofs import add_proof

ROOT = Path(__file__).resolve().parents[1]
MEDIA_TYPE = {"Content-Type": "application/vp"}


class Person:
    def __init__(self):
        self.signer = generate_signer()
        self.did = create_did_key(self.signer.public_key)
        self.method = key_method_id(self.did)

    def badge(self, holder, number):
        badge = realistic_badge(number)
        badge["issuer"]["id"] = self.did
        badge["credentialSubject"]["id"] = holder.did
        badge.pop("credentialStatus")
        return add_proof(
            badge, signer=self.signer, verification_method=self.method, created=datetime.now(UTC)
        )

    def show(self, badge):
        now = datetime.now(UTC)
        return add_proof(
            presentation(holder=self.did, credentials=[badge], presentation_id=f"urn:uuid:{uuid.uuid4()}"),
            signer=self.signer,
            verification_method=self.method,
            created=now,
            proof_purpose="authentication",
            expires=now + timedelta(seconds=110),
        )


def alike(breadth, depth):
    """A tree of profiles without ids, all alike: to tell them apart takes permutations."""
    if not depth:
        return {"type": ["Profile"]}
    return {"type": ["Profile"], "parentOrg": [alike(breadth, depth - 1) for _ in range(breadth)]}


def poisons(school, worker):
    """Presentations with a copied signature: what is wrong with each shows only after much work."""
    shown = worker.show(school.badge(worker, 1))
    badge = school.badge(worker, 2)
    tree = {**badge, "issuer": {**badge["issuer"], "parentOrg": alike(3, 4)}}
    evidence = [{"type": ["Evidence"], "name": f"{n}", "narrative": "x" * 200} for n in range(30)]
    wide = {**badge, "evidence": evidence}
    return [
        dump({**shown, "verifiableCredential": [tree]}),
        dump({**shown, "verifiableCredential": [tree] * 16}),
        dump({**shown, "verifiableCredential": [wide] * 7}),
    ]


def poison(url, key, bodies, begin, end):
    """A process that sends poison as fast as it is answered, while it is asked to."""
    headers = {"Authorization": f"Bearer {key}", **MEDIA_TYPE}
    with httpx.Client(base_url=url, headers=headers, timeout=120) as client:
        number = os.getpid()
        while not end.is_set():
            if not begin.wait(0.1):
                continue
            number += 1
            with contextlib.suppress(httpx.HTTPError):
                client.post("/api/presentations", content=bodies[number % len(bodies)])


def latencies(client, bodies):
    found = []
    for body in bodies:
        began = time.perf_counter()
        answer = client.post("/api/presentations", content=body, headers=MEDIA_TYPE)
        found.append(time.perf_counter() - began)
        assert answer.status_code == 201, answer.text
        assert answer.json()["genuine"] == "yes", answer.text
    return found


@contextlib.contextmanager
def verifier(folder):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    url = f"http://localhost:{port}"
    environment = {
        **os.environ,
        "PASSPORT_VERIFIER_BASE_URL": url,
        "PASSPORT_VERIFIER_DATA_DIRECTORY": str(folder),
        "PYTHONPATH": str(ROOT),
    }
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "passport", "verifier", "serve", "--port", str(port)],
            env=environment,
            stdout=log,
            stderr=log,
        )
    try:
        for _ in range(400):
            with contextlib.suppress(httpx.HTTPError):
                if httpx.get(f"{url}/healthz").is_success:
                    break
            time.sleep(0.05)
        secret = (folder / "bootstrap.secret").read_text().strip()
        made = httpx.post(
            f"{url}/api/employers",
            json={"slug": "bench", "name": "Bench"},
            headers={"Authorization": f"Bearer {secret}"},
        )
        yield url, made.raise_for_status().json()["apiKey"]
    finally:
        process.terminate()
        process.wait(20)


def p99(figures):
    return quantiles(figures, n=100)[98]


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--requests", type=int, default=400, help="good ones, in each half of a round")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--poisoners", type=int, default=2, help="processes that send poison")
    parser.add_argument("--json", action="store_true", help="for programs")
    asked = parser.parse_args()
    school, worker = Person(), Person()
    badge = school.badge(worker, 0)
    processes = multiprocessing.get_context("spawn")
    begin, end = processes.Event(), processes.Event()
    rounds = []
    with tempfile.TemporaryDirectory() as folder, verifier(Path(folder)) as (url, key):
        bodies = poisons(school, worker)
        senders = [
            processes.Process(target=poison, args=(url, key, bodies, begin, end), daemon=True)
            for _ in range(asked.poisoners)
        ]
        for sender in senders:
            sender.start()
        with httpx.Client(base_url=url, headers={"Authorization": f"Bearer {key}"}, timeout=60) as client:
            latencies(client, [dump(worker.show(badge)) for _ in range(50)])  # shapes are met and learned
            for _ in range(asked.rounds):
                begin.clear()
                time.sleep(1.0)
                idle = latencies(client, [dump(worker.show(badge)) for _ in range(asked.requests)])
                good = [dump(worker.show(badge)) for _ in range(asked.requests)]
                begin.set()
                time.sleep(0.5)
                rounds.append((idle, latencies(client, good)))
        end.set()
        for sender in senders:
            sender.kill()
    figures = [
        {
            "idle": {"p50": median(idle), "p99": p99(idle)},
            "poison": {"p50": median(under), "p99": p99(under)},
            "ratio": {"p50": median(under) / median(idle), "p99": p99(under) / p99(idle)},
        }
        for idle, under in rounds
    ]
    if asked.json:
        print(
            json.dumps(
                {"rounds": figures, "requests": asked.requests, "poisoners": asked.poisoners}, indent=2
            )
        )
        return
    print(f"{asked.requests} good presentations a round, {asked.poisoners} processes sending poison; in ms")
    for each in figures:
        idle, under, ratio = each["idle"], each["poison"], each["ratio"]
        print(
            f"  idle p50 {idle['p50'] * 1e3:6.2f}  p99 {idle['p99'] * 1e3:6.2f}"
            f"   poison p50 {under['p50'] * 1e3:6.2f}  p99 {under['p99'] * 1e3:6.2f}"
            f"   ratio p50 {ratio['p50']:.2f}  p99 {ratio['p99']:.2f}"
        )
    every = sorted(each["ratio"]["p99"] for each in figures)
    print(
        f"p99 under poison against idle: median {median(every):.2f} (min {every[0]:.2f}, max {every[-1]:.2f})"
    )


if __name__ == "__main__":
    main()
