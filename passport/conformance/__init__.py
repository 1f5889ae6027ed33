"""The conformance profile: a door for the public test suites of the W3C. It checks proofs and no identities.

The suites sign credentials in the name of issuers that do not control the key, and with contexts of their
own. A verifier that accepted that in earnest would accept everybody as everybody. So this is a server of its
own, off by default (`passport conformance serve`), that says what it is wherever it answers; nothing in the
product imports it. `passport.verification` stays as strict as it is.
"""
