"""Every limit, named, with its reason. docs/limits.md is made from this file.

Longer than most: one table, so that nobody has to look for a second one.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class JsonLimits:
    """Bounds on a JSON document before anything reads it."""

    size: int = 262_144
    """Bytes. The largest honest badge with an embedded image we met is 40 kB."""
    depth: int = 32
    """Levels of nesting. The Open Badges specification's complete example has 9."""
    array: int = 256
    """Items in one array, members of one object. No list of an honest badge comes near."""
    string: int = 65_536
    """Characters in one string. Narratives are long; so is a proof with a signature for every statement."""
    integer_digits: int = 17
    """Digits of an integer; JCS is exact up to 2^53 - 1 only."""
    float_characters: int = 32
    """Characters of a number with a fraction or an exponent; 17 digits say all that a double can hold."""


CREDENTIAL = JsonLimits()
PRESENTATION = JsonLimits(size=1_048_576, string=262_144)
"""Up to 16 credentials and 32 endorsements travel together; one that comes as a token is one string."""
PUBLISHED = JsonLimits(size=8_388_608, array=65_536, string=2_097_152)
"""Documents that we fetch and that their publisher signs: status lists, trust lists, profiles."""

ELM_JSON = JsonLimits(size=4_194_304, array=1_024, string=2_097_152)
"""European Digital Credentials: the Commission's samples have 110 kB, pictures of pages among them, and a
JAdES seal holds the whole document as one string."""


@dataclass(frozen=True, slots=True)
class ElmLimits:
    """Bounds on what is read of a European Digital Credential."""

    items: int = 256
    """Of one list: learning outcomes of a diploma, skills of an outcome."""
    claims: int = 128
    """Claims with their parts: a transcript of a long study has some eighty courses."""
    depth: int = 8
    """Parts within parts: programme, year, module, unit."""
    skills: int = 1_024
    """Named in one document, the same ones again included."""
    text: int = 2_048
    """Characters that are read of one text."""
    identifier: int = 2_048
    """Characters."""


ELM = ElmLimits()


@dataclass(frozen=True, slots=True)
class SkillMapLimits:
    """Bounds on a map from qualifications to skills: one that maps everything to everything is refused."""

    entries: int = 4_096
    """Qualifications: all of Dutch vocational education are about 500."""
    skills: int = 64
    """Of one qualification: as many as one self-made claim lists."""
    codes: int = 8
    """Further names of one qualification: its dossier, its crebo numbers."""


SKILL_MAP = SkillMapLimits()


@dataclass(frozen=True, slots=True)
class DocumentLimits:
    """Bounds on the structure of a credential or presentation."""

    contexts: int = 4
    """A badge names two or three: VC 2.0, Open Badges, extensions."""
    types: int = 8
    """Of one object. Badges use one or two; every type costs an expansion with its own scoped context."""
    tags: int = 64
    """Words for searching in one achievement."""
    evidence: int = 32
    """Pieces of evidence in one credential: a year of monthly records, and as much again."""
    proofs: int = 4
    """Signatures under one document: each costs an Ed25519 verification and perhaps a DID to resolve."""
    credentials: int = 16
    """In one presentation: what an employer can still read, and what fits in a loop of QR codes."""
    endorsements: int = 32
    """Beside them, in one presentation: a claim of a dozen skills, each confirmed by itself, and then some.
    In an envelope they count as credentials."""
    languages: int = 32
    """Of one name or description: the official languages of the European Union are 24."""
    statuses: int = 8
    """Status entries of one credential: revocation and suspension are two, each may cost a fetch."""
    nodes: int = 256
    """JSON objects in one credential. The Open Badges specification's complete example has 86."""
    values: int = 2_048
    """Strings, numbers and booleans in one credential: expanding each costs some microseconds."""
    blank_nodes: int = 128
    """Honest badges have at most 40; poison graphs need few, see hash_n_degree."""
    hash_n_degree: int = 100
    """Calls of RDFC-1.0 Hash N-Degree Quads. Honest input needs 18 at most; a clique of 7 would take 14 s."""


DOCUMENT = DocumentLimits()


@dataclass(frozen=True, slots=True)
class EndorsementLimits:
    """Bounds on the structure of one endorsement: less than a badge, since more of them come together."""

    nodes: int = 128
    """JSON objects: 32 records, each named as evidence and by its digest, and as much again."""
    values: int = 1_024
    """Strings, numbers and booleans."""
    blank_nodes: int = 64
    """One or two in honest ones: records have names."""
    hash_n_degree: int = 25
    """A quarter of a badge's: 32 of them cost what eight badges may."""


ENDORSEMENT = EndorsementLimits()


@dataclass(frozen=True, slots=True)
class CompiledLimits:
    """Bounds on what is kept so that documents of a known shape are canonicalised quickly."""

    shapes: int = 256
    """Shapes kept. A platform writes badges in two or three; each costs 30 kB, the largest 150."""
    shapes_of_issuer: int = 16
    """Shapes that one issuer's documents may take of these places."""
    parts: int = 512
    """Values, objects and arrays in a document of a kept shape. The Open Badges specification's complete
    example has 390."""
    seen: int = 4_096
    """Shapes remembered because they came once, or can't be compiled: some bytes each."""
    hints: int = 4_096
    """Issuers whose last shape is tried first."""


COMPILED = CompiledLimits()


@dataclass(frozen=True, slots=True)
class SelectiveLimits:
    """Bounds on a proof of which parts can be shown (ecdsa-sd-2023)."""

    statements: int = 512
    """Signatures, one for each statement that can be left out: the Open Badges specification's complete
    example makes 356. Checking 512 takes some forty milliseconds."""
    pointers: int = 256
    """To parts of one document: as many as a list may have items."""
    pointer: int = 1_024
    """Characters of one: names of members, at most 32 levels deep."""
    proof_value: int = 65_536
    """Characters: 512 signatures need 45,000. See CREDENTIAL's string."""


SELECTIVE = SelectiveLimits()

BASE58_LENGTH = 144
"""Characters: base58 is quadratic; signatures of P-384 need 132, keys and other signatures 90 at most."""
DID_LENGTH = 1_024
"""Characters of a DID: a did:jwk of P-384 has 220, a did:web at most 253 for the host and a short path."""
DIDS_KEPT = 1_024
"""DIDs that are their own key, and ids of methods, that a process remembers: at most 2 MB of text."""
DID_BODIES_KEPT = 64
"""DID documents of organisations that a process keeps as read, beside their text: 16 MB at most."""
DATES_KEPT = 1_024
"""Dates as they were last read, 20 characters each: those of one class of learners are mostly the same."""
DID_METHODS = 64
"""Keys, or entries of one relationship, in a DID document: a school that rotates yearly needs one a year."""
BASE64URL_LENGTH = 2_097_152
"""Characters: a status list of 1 MiB compressed fits."""


JOSE_HEADER = JsonLimits(size=1_024, depth=4, array=32)
"""Of a signed token: its algorithm, its type and the name of its key, which has 230 characters at most."""
JOSE_HEADER_CERTIFICATES = JsonLimits(size=16_384, depth=4, array=32)
"""Of a token whose maker shows certificates: a chain of three takes some 6 kB in base64."""


@dataclass(frozen=True, slots=True)
class X5cLimits:
    """Bounds on the certificates in a token's header (RFC 7515, section 4.1.6)."""

    certificates: int = 4
    """Of one chain: leaf, two between, root."""
    certificate: int = 8_192
    """Characters of one certificate in base64."""


X5C = X5cLimits()
JWT_PAYLOAD = JsonLimits(size=65_536)
"""A credential in a token: the largest honest badge that we met is 40 kB."""


@dataclass(frozen=True, slots=True)
class SdJwtLimits:
    """Bounds on an SD-JWT (RFC 9901)."""

    size: int = 262_144
    """Characters, with disclosures: as a badge in JSON, see CREDENTIAL."""
    disclosures: int = 256
    """A badge discloses a skill at a time; no honest one has as many skills."""
    depth: int = 32
    """Levels of nesting once all is disclosed: disclosures nest, so no single text shows it."""
    decoys: int = 32
    """Digests of nothing in one place, when issuing: enough to hide how many there are."""


SD_JWT = SdJwtLimits()


@dataclass(frozen=True, slots=True)
class StatusLimits:
    compressed: int = 1_048_576
    """Bytes. A list of ten million entries in which one of a hundred is withdrawn fits."""
    expanded: int = 8_388_608
    """2^26 entries. 256 MiB of zeros are 261 kB compressed, so the inflate itself is bounded."""
    minimum_expanded: int = 16_384
    """Herd privacy: Bitstring Status List asks for at least 131,072 entries."""
    token: int = 1_572_864
    """Bytes of the payload of a Status List Token: one of 2 MiB, the most that is fetched, holds no more."""
    remembered: int = 16_384
    """Lists whose newest moment a verifier has at hand, by address and issuer; else it asks its store."""
    kept: int = 67_108_864
    """Bytes of verified lists that one process keeps, texts and bits: fifty lists of ten million entries."""


STATUS = StatusLimits()


@dataclass(frozen=True, slots=True)
class FetchLimits:
    seconds: float = 5.0
    """For a whole exchange, from the look-up of the name to the last byte: a person waits for it."""
    size: int = 2_097_152
    """Bytes of a body, which is asked for without compression: a status list of 1 MiB as base64url fits."""
    redirects: int = 0
    """A redirect moves the question to a host that nobody checked."""
    rounds: int = 4
    """Rounds of fetching for one verification: DID document, status list, DID document of its issuer."""
    documents: int = 64
    """Documents fetched for one verification."""


FETCH = FetchLimits()


@dataclass(frozen=True, slots=True)
class TimeLimits:
    clock_skew: int = 60
    """Seconds that two honest clocks may differ."""
    presentation_lifetime: int = 120
    """Seconds that a presentation without a challenge (way A) may be shown."""
    challenge_lifetime: int = 300
    """Seconds: time to read a request, choose and approve; a challenge is answered once."""
    offer_lifetime: int = 604_800
    """Seconds: a classroom claims its badges within a week."""
    did_document_kept: int = 86_400
    """Seconds that an issuer's last seen DID document stands in for one that can't be reached: keys change
    seldom, and without it an issuer's outage would hide who signed. Status lists have no such grace."""
    status_list_fresh: int = 86_400
    """Seconds after which a status list that was fetched, or is valid from then, is stale. A list without
    validUntil may name less in its ttl."""


TIME = TimeLimits()


@dataclass(frozen=True, slots=True)
class ChainLimits:
    """Bounds on acts that build on each other: a claim, what confirms it, what was validated on it."""

    depth: int = 8
    """A claim, and confirmations above each other: the supervisor's, the employer's, both renewed: five."""
    embedded: int = 8
    """Endorsements inside one credential that are verified: each may cost a DID and a list to fetch."""
    embedded_depth: int = 2
    """Levels of them: one inside the profile of an endorser is looked at, one inside that is not."""
    embedded_in_all: int = 32
    """Endorsements inside all credentials of one presentation: two in each, or all of four."""
    path: int = 16
    """Acts in what is told of the way to one, as many as are shown together. All of them are looked at."""


CHAIN = ChainLimits()


@dataclass(frozen=True, slots=True)
class TrustLimits:
    delegations: int = 64
    """Parties that one trust list lets recognise others. Each has a list to fetch: sectors, not schools."""
    lists: int = 256
    """Trust lists that a service or a wallet holds: those it chose, and those of their delegates."""
    versions: int = 10_000
    """Versions of one list or profile in a published folder: one a day for 27 years."""
    classes: int = 64
    """Classes of its own on one trust list: kinds of experts, not experts."""
    recognitions: int = 16
    """What one entry names: words and classes together. Each is a sentence for whoever reads the report."""
    profiles: int = 1_000
    """Function profiles in a published folder: one for each kind of job of a large employer."""


TRUST = TrustLimits()


@dataclass(frozen=True, slots=True)
class QrTextLimits:
    """Bounds on a document that travels as the text of QR codes."""

    frames: int = 99
    """At eight pictures a second a loop of 99 takes twelve; more is not shown to a person at a counter."""
    frame: int = 4_296
    """Characters: the largest QR code (version 40-L, alphanumeric) holds no more."""
    least_frame: int = 64
    """Characters: below this a frame is mostly its own header."""
    document: int = 1_048_576
    """Bytes after inflating: a presentation is no larger, see PRESENTATION."""


QR_TEXT = QrTextLimits()


@dataclass(frozen=True, slots=True)
class WorkLimits:
    """Bounds on work that is done in processes of its own."""

    cpu_seconds: float = 2.0
    """Of processor time for one item: the slowest honest document needs a tenth of a second."""
    chunk: int = 32
    """Items that travel to a worker together: enough to make the way there cheap, few enough to share out."""
    chunk_bytes: int = 1_048_576
    """Bytes that travel together, or one item: with a few chunks a worker under way, memory stays bounded."""
    under_way: int = 3
    """Chunks for each worker that are out, or back and waiting for an earlier one."""
    documents: int = 1_000
    """Documents fetched for one run over many items; each is fetched once, whoever asks for it."""
    documents_bytes: int = 67_108_864
    """Bytes of all documents that one run holds."""
    waiting: int = 32
    """Documents of unfamiliar shape that wait for the slow lane; who comes then is asked to come again."""
    objects_at_once: int = 512
    """Objects in a document that a service looks through itself, in a millisecond: sixteen usual badges."""
    learned_at_once: int = 32
    """Shapes that a service learns as they come; after that, in a share of its time."""
    learning: float = 0.005
    """That share: learning a shape takes up to 20 ms, in which others wait: at most one in four seconds."""
    batch_items: int = 10_000
    """Items of one request to verify many: a large employer's applicants of a year."""
    batch_bytes: int = 67_108_864
    """Bytes of one such request, which is worked on while it arrives."""
    batches: int = 4
    """Such requests that one service works on at once."""


WORK = WorkLimits()

REQUEST_BODY = 262_144
"""Bytes of a request to a service; routes that take presentations or files name their own."""
