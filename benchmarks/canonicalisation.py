"""What does canonicalisation cost: by expansion, by a compiled shape, and when a shape is new?

    python benchmarks/canonicalisation.py

Microseconds of processor time on one core, the least of several rounds; what a new shape costs is given in
expansions of the same document. Memory is what a kept shape adds.
"""

import argparse
import copy
import json
import time
import tracemalloc
from dataclasses import replace
from pathlib import Path

from rich.table import Table

import contexts
from passport import limits
from passport.cli.bench import realistic_badge
from passport.cli.proof_operations import ISSUER
from passport.errors.jsonld import UndefinedTerm
from passport.jsonld.canonical import canonicalize, canonicalize_by_expansion
from passport.jsonld.compiled.shapes import Shapes
from passport.terminal import console

SAMPLES = Path(__file__).resolve().parents[2] / "shared" / "samples"
ROUNDS = 9


def documents():
    for name in ("basic", "realistic", "complete"):
        document = json.loads((SAMPLES / f"{name}.json").read_text())
        document.pop("proof", None)
        yield f"{name}.json", document
    yield "passport bench", realistic_badge(1)
    yield (
        "its proof options",
        {
            "@context": realistic_badge(1)["@context"],
            "type": "DataIntegrityProof",
            "cryptosuite": "eddsa-rdfc-2022",
            "created": "2026-01-15T09:00:00Z",
            "verificationMethod": f"{ISSUER}#{ISSUER.removeprefix('did:key:')}",
            "proofPurpose": "assertionMethod",
        },
    )


def least(run, times):
    """Microseconds."""
    found = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for _ in range(times):
            run()
        found.append((time.process_time() - start) / times)
    return min(found) * 1e6


def new_shape(document):
    """Microseconds of the first and of the second sight of a shape, without a compiled one before."""
    first, second = [], []
    for _ in range(ROUNDS):
        known = Shapes(contexts.shipped())
        for found in (first, second):
            start = time.process_time()
            assert known.canonicalize(document, "sha256") is None
            known.saw(document, "sha256", canonicalize_by_expansion(document))
            found.append(time.process_time() - start)
        assert len(known) == 1
    return min(first) * 1e6, min(second) * 1e6


def memory(document, shapes=9):
    """Kilobytes of one more shape."""
    known = Shapes(contexts.shipped())
    variants = []
    for number in range(shapes):
        variant = copy.deepcopy(document)
        variant["@context"] = [*variant["@context"]]
        variant["type"] = [*([variant["type"]] if isinstance(variant["type"], str) else variant["type"])]
        variant["name"] = [f"{n}" for n in range(number + 1)]
        variants.append(variant)
    for number, variant in enumerate(variants):
        try:
            text = canonicalize_by_expansion(variant)
        except UndefinedTerm:  # a proof configuration has no name
            return float("nan")
        for _ in range(2):
            known.saw(variant, "sha256", text)
        if not number:
            tracemalloc.start()
            before = tracemalloc.get_traced_memory()[0]
    after = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return (after - before) / (shapes - 1) / 1_000


def main():
    argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    ).parse_args()
    limits.COMPILED = replace(limits.COMPILED, shapes_of_issuer=limits.COMPILED.shapes)
    table = Table(box=None)
    for heading in ("", "quads", "expanded", "compiled", "times", "first", "second", "kB"):
        table.add_column(heading, justify="left" if not heading else "right")
    for name, document in documents():
        quads = canonicalize_by_expansion(document).count("\n")
        for _ in range(3):
            canonicalize(document)
        slow = least(lambda document=document: canonicalize_by_expansion(document), 10)
        quick = least(lambda document=document: canonicalize(document), 1_000)
        first, second = new_shape(document)
        table.add_row(
            name,
            str(quads),
            f"{slow:,.0f}",
            f"{quick:.1f}",
            f"{slow / quick:.0f}",
            f"{first / slow:.2f}",
            f"{second / slow:.2f}",
            f"{memory(document):.0f}",
        )
    console.print(table)


if __name__ == "__main__":
    main()
