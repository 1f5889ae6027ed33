"""openvc-core and openbadgeslib behind the protocol that peer_process.py speaks: a JSON object a line.

Run by the environment that install.py makes: `python peer.py openvc|openbadgeslib`.
"""

import copy
import json
import sys
import time

CONTEXTS = {}


class OpenVc:
    def __init__(self):
        from openvc.proof.data_integrity import DataIntegrityProofSuite

        self.suite = DataIntegrityProofSuite()
        self.extra = None

    def contexts(self, documents):
        self.extra = {url: document for url, document in documents.items() if "credentials/v2" not in url}

    def verify(self, document):
        found = self.suite.verify(document, extra_contexts=self.extra)
        method = found.proof["verificationMethod"]
        if method.partition("#")[0] != found.issuer:
            message = "the key is not the issuer's"
            raise ValueError(message)

    def signer(self, key):
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from openvc.keys import Ed25519SigningKey

        private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(key["seed"]))
        signing = Ed25519SigningKey(private, key["id"])
        return lambda document: self.suite.add_proof(
            document, signing_key=signing, verification_method=key["id"], extra_contexts=self.extra
        )


class OpenBadgesLib:
    def __init__(self):
        from openbadgeslib.ob3.ldp import OB3LdpVerifier

        self.verifier = OB3LdpVerifier()

    def contexts(self, documents):
        """It brings its own."""

    def verify(self, document):
        self.verifier.verify(document)

    def signer(self, key):
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
        from openbadgeslib.ob3.ldp import add_data_integrity_proof

        private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(key["seed"]))
        pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        return lambda document: add_data_integrity_proof(document, pem, key["id"])


def timed(run, documents, seconds):
    start = time.process_time()
    runs = 0
    while True:
        for document in documents:
            run(copy.deepcopy(document))
            runs += 1
        cpu = time.process_time() - start
        if cpu >= seconds:
            return {"runs": runs, "cpu": cpu}


def answer(peer, asked):
    operation = asked["operation"]
    if operation == "contexts":
        peer.contexts(asked["documents"])
        return {}
    if operation == "verify":
        try:
            peer.verify(asked["document"])
        except Exception as error:  # noqa: BLE001  # whatever a peer raises is its "no"
            return {"verified": False, "reason": f"{type(error).__name__}: {error}"[:200]}
        return {"verified": True, "reason": ""}
    if operation == "timeVerify":
        return timed(peer.verify, asked["documents"], asked["seconds"])
    return timed(peer.signer(asked["key"]), asked["documents"], asked["seconds"])


def main():
    peer = {"openvc": OpenVc, "openbadgeslib": OpenBadgesLib}[sys.argv[1]]()
    for line in sys.stdin:
        try:
            found = answer(peer, json.loads(line))
        except Exception as error:  # noqa: BLE001  # said to the one who asked, who decides
            found = {"failed": f"{type(error).__name__}: {error}"[:200]}
        print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main()
