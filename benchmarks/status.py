"""How long do status lists of ten million entries take: revoke and publish one, check one?

    python benchmarks/status.py [--entries 10000000] [--rounds 7] [--json]

CPU time of one core, least and most over the rounds. Publishing goes from the bit to the bytes that are
served: set, compress, build, sign. Checking goes from a parsed entry to an answer, the list at hand.
"""

import argparse
import json
import random
import time
from datetime import UTC, datetime, timedelta

from passport.credentials import StatusEntry
from passport.dids import DidWebKey, build_document, did_web_url
from passport.documents import DocumentCache, Fetched
from passport.json import dump
from passport.keys import KeyType, generate_signer
from passport.proofs import add_proof, method_source
from passport.status import KeptLists, StatusLists, bitstring, build_status_list, check_status, token_list

DID = "did:web:school.example"
URL = "https://school.example/status/1"
TOKEN_URL = "https://school.example/token-status/1"
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SHARES = (0.0001, 0.001, 0.01)
"""Of the entries, how many are withdrawn."""
TURNS = 20_000


def cpu(operation, rounds, turns=1):
    """Seconds of one turn: least and most over the rounds. What a first call learns is not counted."""
    operation()
    found = []
    for _ in range(rounds):
        began = time.process_time()
        for _ in range(turns):
            operation()
        found.append((time.process_time() - began) / turns)
    return min(found), max(found)


class School:
    """An issuer with an Ed25519 and a P-256 key, and one list of each kind."""

    def __init__(self, entries, share):
        self.entries = entries
        self.ed25519, self.p256 = generate_signer(KeyType.ED25519), generate_signer(KeyType.P256)
        keys = [DidWebKey("key-1", self.ed25519.public_key), DidWebKey("p256-1", self.p256.public_key)]
        self.document = Fetched(did_web_url(DID), dump(build_document(DID, keys)), NOW)
        self.bits, self.statuses = bitstring.empty(entries), token_list.empty(entries, 2)
        self.chance = random.Random(1)
        for place in self.chance.sample(range(entries), int(entries * share)):
            bitstring.set_bit(self.bits, place, on=True)
            token_list.set_status(self.statuses, place, token_list.INVALID, size=2)

    def publish(self, cryptosuite):
        bitstring.set_bit(self.bits, self.chance.randrange(self.entries), on=True)
        unsigned = build_status_list(
            url=URL,
            issuer=DID,
            purpose="revocation",
            encoded_list=bitstring.encode(bytes(self.bits)),
            valid_from=NOW,
            valid_until=NOW + timedelta(days=1),
            ttl=timedelta(minutes=5),
        )
        method = f"{DID}#key-1"
        return dump(
            add_proof(
                unsigned,
                signer=self.ed25519,
                verification_method=method,
                created=NOW,
                cryptosuite=cryptosuite,
            )
        )

    def publish_token(self):
        place = self.chance.randrange(self.entries)
        token_list.set_status(self.statuses, place, token_list.INVALID, size=2)
        claims = token_list.build(
            bytes(self.statuses), size=2, uri=TOKEN_URL, issued_at=NOW, expires=NOW + timedelta(days=1)
        )
        token = token_list.sign(claims, signer=self.p256, verification_method=f"{DID}#p256-1")
        return token.encode()

    def checking(self, body, entry):
        """One whole check of a list, with a store that knows it and with one that does not."""
        cache = DocumentCache.of([self.document, Fetched(entry.status_list_credential, body, NOW)])

        def check(kept):
            lists = StatusLists(cache, now=NOW, method_for=method_source(cache), kept=kept)
            return check_status(entry, credential_issuer=DID, lists=lists)

        known = KeptLists()
        return lambda: check(known), lambda: check(KeptLists())


def measure(entries, share, rounds):
    school = School(entries, share)
    place = entries - 1
    body, token = school.publish("eddsa-rdfc-2022"), school.publish_token()
    known, first = school.checking(
        body, StatusEntry(None, "BitstringStatusListEntry", "revocation", place, URL)
    )
    token_known, token_first = school.checking(
        token, StatusEntry(None, "TokenStatusList", "", place, TOKEN_URL)
    )
    bits, statuses = bytes(school.bits), bytes(school.statuses)
    return {
        "revoke and publish, eddsa-rdfc-2022": cpu(lambda: school.publish("eddsa-rdfc-2022"), rounds),
        "revoke and publish, eddsa-jcs-2022": cpu(lambda: school.publish("eddsa-jcs-2022"), rounds),
        "revoke and publish, Token Status List, 2 bits": cpu(school.publish_token, rounds),
        "read a list for the first time": cpu(first, rounds),
        "read a token list for the first time": cpu(token_first, rounds),
        "whole check of a list that is known": cpu(known, rounds, TURNS // 10),
        "whole check of a token list that is known": cpu(token_known, rounds, TURNS // 10),
        "the bit": cpu(lambda: bitstring.bit(bits, place), rounds, TURNS),
        "the status of a token list": cpu(
            lambda: token_list.status_at(statuses, place, size=2), rounds, TURNS
        ),
    }, {"bitstring": len(body), "token": len(token)}


def shown(seconds):
    return f"{seconds * 1e3:9.2f} ms" if seconds >= 1e-4 else f"{seconds * 1e6:9.2f} µs"


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--entries", type=int, default=10_000_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--json", action="store_true", help="for programs")
    asked = parser.parse_args()
    found = []
    for share in SHARES:
        figures, sizes = measure(asked.entries, share, asked.rounds)
        found.append({"withdrawn": share, "bytes": sizes, "seconds": figures})
        if not asked.json:
            print(
                f"{asked.entries:,} entries, {share:.2%} withdrawn; "
                f"{sizes['bitstring']:,} bytes as a credential, {sizes['token']:,} as a token"
            )
            for name, (least, most) in figures.items():
                print(f"  {name:48}{shown(least)}   to {shown(most).strip()}")
    if asked.json:
        print(json.dumps({"entries": asked.entries, "rounds": asked.rounds, "lists": found}, indent=2))


if __name__ == "__main__":
    main()
