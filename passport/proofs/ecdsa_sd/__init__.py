"""The machinery of ecdsa-sd-2023 (Data Integrity ECDSA Cryptosuites 1.0, sections 3.4 to 3.6).

The issuer signs what must always be shown as a whole, and every other statement on its own with a key that
is made for this one credential; the issuer's signature covers that key. What the holder leaves out of a
derived proof is left out with its signature. Blank nodes are labelled with an HMAC, so that the labels don't
tell what was left out.

values (the two proof values) <- cbor; pointers (parts of a document); statements (labelled, and grouped by
pointers); base (made, and checked by the holder); derived (made by the holder, checked by who is shown it).
"""
