"""Refusals of JSON-LD documents: contexts, terms, structure, canonical form."""

from passport.errors.base import Invalid, TooLarge


class UnknownContext(Invalid):
    code = "unknown_context"
    sentence = "The document names a JSON-LD context that is not known here; contexts are never downloaded."


class UnsafeDocument(Invalid):
    """The signature would not cover the document as it is read, or not only that document."""

    code = "unsafe_document"
    sentence = "A part of the document would not be covered by its signature."


class MisplacedContext(UnsafeDocument):
    code = "misplaced_context"
    sentence = "A JSON-LD context is missing, in the wrong place or in the wrong order."


class KeywordNotAllowed(UnsafeDocument):
    code = "keyword_not_allowed"
    sentence = "The document uses a JSON-LD keyword or a full address as the name of a field."


class SecondSpelling(UnsafeDocument):
    code = "second_spelling"
    sentence = "The document writes a field or a type in another way than the one that is accepted."


class NestedArray(UnsafeDocument):
    code = "nested_array"
    sentence = "The document has a list within a list."


class EmptyValue(UnsafeDocument):
    code = "empty_value"
    sentence = "The document has an empty list or a null, which no signature covers."


class UndefinedTerm(UnsafeDocument):
    code = "undefined_term"
    sentence = "The document has a field or type that its contexts do not define, so no signature covers it."


class NotAnAbsoluteIri(UnsafeDocument):
    code = "not_an_absolute_iri"
    sentence = (
        "An identifier in the document is not a complete address, or has characters that are not allowed."
    )


class DescribedTwice(UnsafeDocument):
    code = "described_twice"
    sentence = "The document describes one and the same thing in two places, differently."


class TooManyItems(TooLarge):
    code = "too_many_items"
    sentence = "A list in the document has more items than are accepted."


class TooManyBlankNodes(TooLarge):
    code = "too_many_blank_nodes"
    sentence = "The document has more parts without an identifier than are accepted."


class PoisonGraph(TooLarge):
    code = "poison_graph"
    sentence = "The document is built so that bringing it into its canonical form would take too much work."


class MalformedNQuads(Invalid):
    code = "malformed_nquads"
    sentence = "This is not a valid N-Quads document."
