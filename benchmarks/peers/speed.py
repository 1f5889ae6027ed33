"""How fast are eddsa-rdfc-2022 proofs made and checked here, beside the libraries that the field uses?

    python benchmarks/peers/speed.py [--seconds 60] [--json]

The peers are installed first, in build/peers. Everybody has a turn in each round, on the same
badges; rates are per CPU second of the process; what counts is the ratio of each round. The peers get parsed
objects (their interface), we start from bytes.
"""

import argparse
import json
import time

import install
from badges import KEY, METHOD, NOW, SIGNER, documents, unsigned
from peer_process import NAMES, Peer

from passport.cli.rates import Spread
from passport.documents import DocumentCache
from passport.json import dump, parse_object
from passport.proofs import add_proof, method_source, verify_proofs

ROUNDS = 5
SUITE = "eddsa-rdfc-2022"


def signed(badge):
    return add_proof(badge, signer=SIGNER, verification_method=METHOD, created=NOW, cryptosuite=SUITE)


def ours(run, sources, seconds):
    start, runs = time.process_time(), 0
    while True:
        for source in sources:
            run(source)
        runs += len(sources)
        spent = time.process_time() - start
        if spent >= seconds:
            return runs / spent


def verify(source):
    document = parse_object(source)
    method_for = method_source(DocumentCache())
    return verify_proofs(document, method_for=method_for, expected_purpose="assertionMethod", now=NOW)


def rates(peers, badges, seconds):
    """Rates per CPU second, a figure a round, for each party and operation."""
    secured = [signed(badge) for badge in badges]
    texts = [dump(document) for document in secured]
    found = {}

    def note(party, operation, rate):
        found.setdefault((operation, party), []).append(rate)

    for _ in range(ROUNDS):
        note("ours", "verify", ours(verify, texts, seconds))
        note("ours", "sign", ours(lambda badge: dump(signed(badge)), badges, seconds))
        for peer in peers:
            spent = peer.ask("timeVerify", documents=secured, cryptosuite=SUITE, seconds=seconds)
            note(peer.name, "verify", spent["runs"] / spent["cpu"])
            spent = peer.ask("timeSign", documents=badges, cryptosuite=SUITE, seconds=seconds, key=KEY)
            note(peer.name, "sign", spent["runs"] / spent["cpu"])
    return found


def line(operation, party, found):
    ratios = Spread.of(a / b for a, b in zip(found[operation, "ours"], found[operation, party], strict=True))
    rate = Spread.of(found[operation, party])
    return {"operation": operation, "party": party, "perSecond": rate.median, "oursTimes": ratios}


def show(name, lines):
    print(f"\n{name}: {SUITE}, per CPU second; how many times as fast we are (min, median, max)")
    for each in lines:
        times = each["oursTimes"]
        print(
            f"  {each['operation']:7} {each['party']:18} {each['perSecond']:10,.0f}/s"
            f"  {times.min:8.1f} {times.median:8.1f} {times.max:8.1f}"
        )


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=60.0, help="about, for everything together")
    parser.add_argument("--json", action="store_true", help="for programs")
    asked = parser.parse_args()
    install.install()
    peers = [Peer(name, documents()) for name in NAMES]
    badges = ("basic", "realistic", "complete")
    seconds = asked.seconds / (len(badges) * ROUNDS * 2 * (len(peers) + 1))
    report = {}
    for name in badges:
        able = [peer for peer in peers if takes(peer, name)]
        found = rates(able, unsigned(name), seconds)
        parties = ["ours", *(peer.name for peer in able)]
        lines = [line(operation, party, found) for operation in ("verify", "sign") for party in parties]
        report[name] = lines
        if not asked.json:
            show(name, lines)
    if asked.json:
        print(
            json.dumps(
                report,
                default=lambda value: {"min": value.min, "median": value.median, "max": value.max},
                indent=2,
            )
        )
    for peer in peers:
        peer.close()


def takes(peer, name):
    """Whether a peer verifies this badge at all; if not, it is said and left out."""
    document = signed(unsigned(name, 1)[0])
    found = peer.ask("verify", document=document, cryptosuite=SUITE)
    if not found["verified"]:
        print(f"{peer.name} does not take {name}.json: {found['reason']}")
    return found["verified"]


if __name__ == "__main__":
    main()
