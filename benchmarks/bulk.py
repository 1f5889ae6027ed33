"""How fast are very many signed and verified: one process against all cores, the command line, HTTP?

    python benchmarks/bulk.py [--badges 2000] [--rounds 3] [--json]

Badges a second through `passport.workers`, warm, with one process and with one for each core, in turns, and
the ratio of each round; `passport verify` of a folder, from start to exit; items a second of
POST /api/verifications/batch.
"""

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import httpx
from poison import ROOT, verifier

from passport.cli.bench import realistic_badge
from passport.dids import create_did_key, key_method_id
from passport.json import dump
from passport.keys import generate_signer
from passport.workers import Pool, cores
from passport.workers.examination import Expected
from passport.workers.signing import Signature, sign_many
from passport.workers.verifying import verify_many


def unsigned(count, did):
    found = []
    for number in range(count):
        badge = realistic_badge(number)
        badge["issuer"]["id"] = did
        badge.pop("credentialStatus")
        found.append(dump(badge))
    return found


async def rate(outcomes, count):
    began = time.perf_counter()
    found = [outcome async for outcome in outcomes]
    assert len(found) == count
    return count / (time.perf_counter() - began), found


async def processes(badges, signature, rounds):
    expected = Expected(signature.created)
    found = []
    with Pool(1) as one, Pool(cores()) as all_of_them:
        for pool in (one, all_of_them):
            await rate(sign_many(badges[:256], pool=pool, signature=signature), min(256, len(badges)))
        for _ in range(rounds):
            line = {}
            for name, pool in (("one", one), ("all", all_of_them)):
                line[f"sign {name}"], signed = await rate(
                    sign_many(badges, pool=pool, signature=signature), len(badges)
                )
                line[f"verify {name}"], _ = await rate(
                    verify_many(signed, pool=pool, expected=expected, source=None), len(badges)
                )
            found.append(line)
    return found, signed


def command_line(folder, count):
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "passport", "verify", str(folder), "--offline"],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return count / (time.perf_counter() - began)


def over_http(signed, rounds):
    found = []
    with tempfile.TemporaryDirectory() as folder, verifier(Path(folder)) as (url, key):
        headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/x-ndjson"}
        for _ in range(rounds + 1):
            began = time.perf_counter()
            answer = httpx.post(
                f"{url}/api/verifications/batch", content=b"\n".join(signed), headers=headers, timeout=600
            )
            found.append(len(signed) / (time.perf_counter() - began))
            assert answer.text.count('"answer":"yes"') == len(signed)
    return found[1:]


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--badges", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true", help="for programs")
    asked = parser.parse_args()
    signer = generate_signer()
    did = create_did_key(signer.public_key)
    signature = Signature(signer, key_method_id(did), datetime.now(UTC), "eddsa-rdfc-2022")
    lines, signed = asyncio.run(processes(unsigned(asked.badges, did), signature, asked.rounds))
    with tempfile.TemporaryDirectory() as name:
        for number, badge in enumerate(signed):
            (Path(name) / f"{number:06}.json").write_bytes(badge)
        files = [command_line(name, len(signed)) for _ in range(asked.rounds)]
    http = over_http(signed, asked.rounds)
    if asked.json:
        print(
            json.dumps({"cores": cores(), "processes": lines, "commandLine": files, "http": http}, indent=2)
        )
        return
    print(f"{asked.badges} badges, {cores()} cores, {asked.rounds} rounds: median (min to max)")
    for operation in ("sign", "verify"):
        ratios = [line[f"{operation} all"] / line[f"{operation} one"] for line in lines]
        for name in ("one", "all"):
            show(f"{operation}, {name}", [line[f"{operation} {name}"] for line in lines], "/s")
        show(f"{operation}, all against one", ratios, "")
    show("passport verify FOLDER", files, "/s")
    show("POST /api/verifications/batch", http, "/s")


def show(what, figures, unit):
    digits = 0 if unit else 2
    low, middle, high = (f"{each:,.{digits}f}" for each in (min(figures), median(figures), max(figures)))
    print(f"  {what:32} {middle}{unit} ({low} to {high})")


if __name__ == "__main__":
    main()
