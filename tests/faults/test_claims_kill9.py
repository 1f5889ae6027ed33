"""Whatever stops the wallet while a claim is made: the claim and its files are all there, or none of them.

`PASSPORT_KILL_ROUNDS=500` runs the long form.
"""

import os
import random
import signal
import time

from matching.bundle import load_bundle
from passport.encoding import check_digest_multibase
from tests.simulators.wallets import QuickSodium
from wallet.core.claims_made import ClaimDraft, claims_made, make_claim, withdraw_claim
from wallet.core.evidence_files import own_file
from wallet.core.finding import find_skills
from wallet.core.forget import forget
from wallet.core.wallet import Kind
from wallet.desktop.keeper import Keeper

ROUNDS = int(os.environ.get("PASSPORT_KILL_ROUNDS", "12"))
PASSPHRASE = "een korte zin van mij"
TAXONOMY = load_bundle()
SKILLS = tuple(skill for skill, _ in find_skills(TAXONOMY, "welding", "en"))[:2]


def claim_for_ever(keeper, told):
    """Make claims with two files each, withdraw and forget some; tell of each claim once it is written."""
    wallet = keeper.unlock(PASSPHRASE)
    while True:
        files = tuple(
            own_file(wallet.random, f"{number}.txt", b"%d " % number * random.randint(1, 40_000))
            for number in range(2)
        )
        made = make_claim(wallet, ClaimDraft(SKILLS, files=files), TAXONOMY, language="en")
        os.write(told, made.id.encode())
        if len(claims_made(wallet)) > 3:
            withdraw_claim(wallet, made.id)
            forget(wallet, made.id)


def run_and_kill(keeper, moment):
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reader)
            claim_for_ever(keeper, writer)
        finally:
            os._exit(1)
    os.close(writer)
    told = os.read(reader, 32)
    time.sleep(moment)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while piece := os.read(reader, 65_536):
        told += piece
    os.close(reader)
    return len(told) // 32


def test_kill_9_while_claims_are_made_never_parts_a_claim_from_its_files(tmp_path):
    keeper = Keeper(tmp_path / "wallet", crypto=QuickSodium())
    keeper.create(PASSPHRASE)
    written = 0
    for _ in range(ROUNDS):
        written += run_and_kill(keeper, random.uniform(0, 0.05))
        wallet = keeper.unlock(PASSPHRASE)
        files, bound = wallet.vault.of_kind(Kind.FILE), {}
        for claim in claims_made(wallet):
            for resource in claim.kept.report.parsed.related_resources:
                bound[resource.id] = resource.digest_multibase
        assert files.keys() == bound.keys()
        for evidence, data in files.items():
            check_digest_multibase(data, bound[evidence])
        assert set(wallet.vault.of_kind(Kind.WITHDRAWN)) <= {claim.id for claim in claims_made(wallet)}
    assert written >= ROUNDS
