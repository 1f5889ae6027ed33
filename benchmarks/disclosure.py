"""How long does the smallest disclosure take, up to which size is it exact, and how much smaller than greed?

    python benchmarks/disclosure.py [--wallets 7] [--json]

Real badges and endorsements, signed and verified. A wallet of each size and kind is laid out (weighed) and
asked for the smallest disclosure of so many demands. Realistic: credentials of 1 to 6 skills that lie close
together, as those of one trade do, a third of them claims that are confirmed, a fifth of them validated on
top of that; half of all can be shown in part. Adversarial: every credential names up to 12 skills at random,
nothing can be left out, and one in three rests on another. Milliseconds are of the processor, so that a busy
machine does not count.
"""

import argparse
import json
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from passport.evidence import Demand, Strength
from passport.evidence.board import NO_REFUSALS, Board
from passport.evidence.cover_greedy import greedy_cover
from passport.evidence.disclosure import least
from passport.evidence.held import Separable
from passport.verification import verify_endorsement
from tests.simulators.chains import Trade, claim, confirm, validate
from tests.simulators.parties import ESCO, NOW

SIZES, DEMANDS = (5, 20, 64, 100, 200), (5, 16, 64)
SKILLS = [f"{ESCO}{number:03}" for number in range(120)]
ALIGNMENT = ("credentialSubject", "achievement", "alignment")


def near(chooser, most):
    start = chooser.randrange(len(SKILLS))
    return [SKILLS[(start + step) % len(SKILLS)] for step in range(chooser.randint(1, most))]


def realistic(trade, chooser, size):
    badges, endorsements = [], []
    while len(badges) + len(endorsements) < size:
        name, skills = f"urn:x:{len(badges):03}", near(chooser, 6)
        kind = chooser.random()
        if kind < 1 / 3 and size - len(badges) - len(endorsements) > 2:
            claimed = claim(trade.holder, skills, credential_id=name)
            confirmed = confirm(trade.employer, claimed, credential_id=f"{name}/confirmed")
            badges.append(claimed)
            endorsements.append(confirmed)
            if chooser.random() < 0.6:
                source = trade.assessor.profile
                badges.append(
                    validate(
                        trade.validator,
                        trade.holder,
                        skills,
                        [confirmed],
                        assessor=source,
                        credential_id=f"{name}/validated",
                    )
                )
        elif kind < 2 / 3:
            badges.append(trade.school.issue(trade.holder, skills, kind="Diploma", credential_id=name))
        else:
            badges.append(
                trade.employer.issue(trade.holder, skills, genres=["work-record"], credential_id=name)
            )
    return badges, endorsements, {each["id"] for each in badges if chooser.random() < 0.5}


def adversarial(trade, chooser, size):
    badges = []
    for number in range(size):
        skills = chooser.sample(SKILLS[:64], chooser.randint(1, 12))
        name = f"urn:x:{number:03}"
        if badges and chooser.random() < 1 / 3:
            on = [chooser.choice(badges)]
            source = trade.assessor.profile
            badges.append(
                validate(trade.validator, trade.holder, skills, on, assessor=source, credential_id=name)
            )
        else:
            badges.append(trade.school.issue(trade.holder, skills, kind="Diploma", credential_id=name))
    return badges, [], set()


def separable(verified, named):
    return {
        each.credential.id: Separable(
            frozenset(
                (*ALIGNMENT, str(place))
                for place in range(len(each.credential.subject.achievement.alignments))
            )
        )
        for each in verified
        if each.credential.id in named
    }


def milliseconds(action):
    start = time.process_time()
    found = action()
    return found, 1_000 * (time.process_time() - start)


def percentile(values, share):
    return sorted(values)[round(share * (len(values) - 1))]


def measure(make, size, count, wallets):
    """One row: some wallets of a size, asked for some demands."""
    laying, choosing, exact, chosen, greedy = [], [], 0, [], []
    for number in range(wallets):
        chooser = random.Random(1_000 * size + number)
        trade = Trade()
        badges, endorsements, divisible = make(trade, chooser, size)
        verified = [trade.world.verify(each) for each in badges]
        confirming = [verify_endorsement(each, trade.world.context).require() for each in endorsements]
        pool = SKILLS if make is realistic else SKILLS[:64]
        demands = [
            Demand(skill, "a skill", minimum_strength=chooser.choice(list(Strength)))
            for skill in chooser.sample(pool, count)
        ]
        board, spent = milliseconds(
            lambda demands=demands, verified=verified, confirming=confirming, trade=trade, named=divisible: (
                Board(
                    demands,
                    verified,
                    trust=trade.trust,
                    now=NOW,
                    files={},
                    shown_files=None,
                    holder=trade.holder.did,
                    separable=separable(verified, named),
                    endorsements=confirming,
                )
            )
        )
        laying.append(spent)
        found, spent = milliseconds(lambda board=board: least(board, NO_REFUSALS, most=size))
        choosing.append(spent)
        exact += found.exact
        chosen.append(len(found.documents))
        greedy.append(greedy_cover(board.problem()).bit_count())
    return {
        "wallet": make.__name__,
        "documents": size,
        "demands": count,
        "wallets": wallets,
        "exact": exact,
        "layP50": percentile(laying, 0.5),
        "layP95": percentile(laying, 0.95),
        "chooseP50": percentile(choosing, 0.5),
        "chooseP95": percentile(choosing, 0.95),
        "shown": sum(chosen) / wallets,
        "greedy": sum(greedy) / wallets,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--wallets", type=int, default=7, help="of each kind and size")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    rows = []
    if not options.json:
        print("| wallet | documents | demands | exact | laid out p50/p95 | chosen p50/p95 | shown | greedy |")
        print("|---|---|---|---|---|---|---|---|")
    for make in (realistic, adversarial):
        for size in SIZES:
            for count in DEMANDS:
                row = measure(make, size, count, options.wallets)
                rows.append(row)
                if not options.json:
                    print(
                        f"| {row['wallet']} | {size} | {count} | {row['exact']} of {options.wallets}"
                        f" | {row['layP50']:.0f} / {row['layP95']:.0f} ms"
                        f" | {row['chooseP50']:.0f} / {row['chooseP95']:.0f} ms"
                        f" | {row['shown']:.1f} | {row['greedy']:.1f} |",
                        flush=True,
                    )
    if options.json:
        print(json.dumps(rows, indent=2))


if __name__ == "__main__":
    main()
