"""Where do we and the libraries that the field uses disagree about what is genuine?

    python benchmarks/peers/disagreements.py [--count 600] [--seed 1] [--json]

Half of the credentials are honest, half were changed after signing. Everybody says yes or no; every kind of
change on which somebody disagrees with us is printed with one example of each reason. docs/conformance.md
explains them.
"""

import argparse
import json
from collections import Counter, defaultdict

import install
from badges import NOW, documents
from mutations import cases
from peer_process import NAMES, Peer

from passport.documents import DocumentCache
from passport.errors import PassportError
from passport.json import dump
from passport.verification import Context, verify_credential


def ours(document):
    try:
        source = dump(document)
    except PassportError as error:
        return False, error.code
    report = verify_credential(source, Context(DocumentCache(), NOW))
    return report.credential is not None, report.error.code if report.error else ""


def compare(count, seed):
    peers = [Peer(name, documents()) for name in NAMES]
    table = defaultdict(Counter)
    examples = {}
    for kind, document in cases(count, seed):
        genuine, code = ours(document)
        table[kind]["all", ""] += 1
        table[kind]["ours yes", ""] += genuine
        for peer in peers:
            found = peer.ask("verify", document=document, cryptosuite="eddsa-rdfc-2022")
            if found["verified"] == genuine:
                table[kind]["agree", peer.name] += 1
                continue
            said = (
                f"ours {'yes' if genuine else 'no'} ({code}), theirs {'yes' if found['verified'] else 'no'}"
            )
            table[kind][said, peer.name] += 1
            examples.setdefault((kind, said, peer.name), found["reason"])
    for peer in peers:
        peer.close()
    return table, examples


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=600, help="credentials")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="for programs")
    asked = parser.parse_args()
    install.install()
    table, examples = compare(asked.count, asked.seed)
    found = [
        {
            "kind": kind,
            "what": what,
            "peer": peer,
            "count": count,
            "reason": examples.get((kind, what, peer), ""),
        }
        for kind, counts in sorted(table.items())
        for (what, peer), count in sorted(counts.items())
    ]
    if asked.json:
        print(json.dumps(found, indent=2))
        return
    for line in found:
        print(
            f"{line['kind']:26} {line['peer']:18} {line['count']:5}  {line['what']}  {line['reason'][:110]}"
        )


if __name__ == "__main__":
    main()
