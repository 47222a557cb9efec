"""JSON Schemas of the answers for programs: the types of the facts, and the objects around them."""

from typing import Any

import msgspec

from suhbat.public.read_model.fact_types import Delivery, Format, Meeting, Outcome, Person, Source

TEXT, NUMBER, YES = {"type": "string"}, {"type": "integer"}, {"type": "boolean"}
SUMS = {"type": "object", "additionalProperties": NUMBER, "description": "Whole units by currency; never added up."}
COUNTS = {"type": "object", "additionalProperties": NUMBER}
FAULTS = {"type": "object", "additionalProperties": TEXT, "description": "By parameter, why it was not understood."}
OBJECT: dict[str, Any] = {"type": "object"}


def ref(name: str) -> dict[str, Any]:
    """A reference to a named schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def maybe(shape: dict[str, Any]) -> dict[str, Any]:
    """A schema that also allows null, for values that are not known."""
    return {"anyOf": [shape, {"type": "null"}]}


def many(shape: dict[str, Any]) -> dict[str, Any]:
    """The schema of a list."""
    return {"type": "array", "items": shape}


def struct(about: str = "", /, **fields: dict[str, Any]) -> dict[str, Any]:
    """The schema of an object with these fields, all of them required."""
    schema = {"type": "object", "properties": fields, "required": list(fields)}
    return schema | ({"description": about} if about else {})


OUTCOME_VIEW = {
    "outcome": ref("Outcome"), "path": TEXT, "traced": SUMS, "handed_over": SUMS, "bar": maybe(ref("Bar")),
    "parts": many(ref("Part")), "states_without_part": many(TEXT), "whole": maybe(ref("Outcome")),
    "follows": maybe(ref("Outcome")), "followers": many(ref("Outcome")), "fulfilled_by": maybe(OBJECT),
}  # fmt: skip
PAGED = {
    "found": NUMBER | {"description": "how many there are in all"}, "page": NUMBER,
    "pages": NUMBER | {"description": "the last page that may be asked for"},
}  # fmt: skip
PICTURE = struct("Marks on a line of years", years=many(OBJECT), today={}, rows=many(OBJECT))
SHAPES: dict[str, dict[str, Any]] = {
    "Told": struct("An outcome with its money and what became of it", **OUTCOME_VIEW),
    "Bar": struct(
        "How a promised sum divides, in whole units and per mille", currency=TEXT, kept=NUMBER, bound=NUMBER,
        open=NUMBER, kept_width=NUMBER, bound_width=NUMBER,
    ),
    "Part": struct(
        "One part of a promise", outcome=ref("Outcome"), path=TEXT, likely=YES, traced=SUMS,
        bound=many(ref("Delivery")), arrived=many(ref("Delivery")),
    ),
    "MoneyRow": struct(
        "What one promiser promised in one currency", by=many(TEXT), currency=TEXT, pledges=NUMBER, promised=NUMBER,
        traced=SUMS, handed_over=SUMS, bar=maybe(ref("Bar")),
    ),
    "Step": struct(
        "One step in the life of an outcome", date=maybe(TEXT), what=TEXT, outcome=ref("Outcome"), state=TEXT,
        amount=maybe(OBJECT), summary=TEXT, delivery=maybe(ref("Delivery")),
    ),
}  # fmt: skip
MONEY = many(ref("MoneyRow"))
ANSWERS: dict[str, dict[str, Any]] = {
    "/index.json": struct(
        today=TEXT, picture=PICTURE, formats=NUMBER, sentence=TEXT, upcoming=many(OBJECT),
        promised_meetings=many(struct(outcome=ref("Outcome"), path=TEXT)), money=MONEY, latest=many(OBJECT),
        counts=COUNTS,
    ),
    "/formats.json": struct(formats=many(OBJECT)),
    "/formats/{format}.json": struct(
        format=ref("Format"), path=TEXT, picture=PICTURE, rhythm=many(OBJECT), levels=many(OBJECT), count=NUMBER,
        money=MONEY, pledges=many(ref("Told")), kinds=COUNTS, fates=COUNTS, documents=many(OBJECT),
        disagreements=many(OBJECT),
    ),
    "/meetings/{format}/{meeting}.json": struct(
        meeting=ref("Meeting"), path=TEXT, format=ref("Format"), delegations=many(OBJECT), money=many(ref("Told")),
        others=many(ref("Told")), promised_before=many(OBJECT), company=many(OBJECT), company_more=NUMBER,
        previous=maybe(OBJECT), next=maybe(OBJECT), spoken=many(OBJECT),
        agreed_by_all=YES, texts=many(OBJECT), citation=TEXT, rests_on=many(NUMBER), held_by=maybe(NUMBER),
    ),
    "/outcomes/{format}/{meeting}/{name}.json": struct(
        **OUTCOME_VIEW, meeting=OBJECT, format=maybe(ref("Format")), life=many(ref("Step")), silence=TEXT, last=TEXT,
        part_lives=many(OBJECT), chain=many(ref("Outcome")),
        sources=many(struct(meeting=TEXT, path=TEXT, sources=many(ref("Source")))), citation=TEXT,
    ),
    "/ledger.json": struct(
        asked=OBJECT, **PAGED, rows=many(ref("Told")), money=MONEY, converted=maybe(OBJECT), sentence=TEXT,
        faults=FAULTS,
    ),
    "/states/{code}.json": struct(
        code=TEXT, formats=many(OBJECT), received=many(OBJECT), given=many(ref("Told")), given_money=MONEY,
        delegations=many(OBJECT), delegations_count=NUMBER, people=many(OBJECT), sentence=TEXT, counts=COUNTS,
    ),
    "/people/{person}.json": struct(person=ref("Person"), path=TEXT, meetings=many(OBJECT)),
    "/topics/{topic}.json": struct(
        topic=TEXT, path=TEXT, picture=PICTURE, sentence=TEXT, outcomes=many(ref("Told")), count=NUMBER, fates=COUNTS,
        money=MONEY,
    ),
    "/compare.json": struct(formats=many(OBJECT), pictures=OBJECT, money=MONEY, unknown=many(TEXT)),
    "/search.json": struct(
        q=TEXT, **PAGED, read_as={"type": "object", "additionalProperties": TEXT}, faults=FAULTS, results=many(OBJECT)
    ),
    "/changes.json": struct(changes=many(OBJECT), format=TEXT, **PAGED, faults=FAULTS),
    "/data.json": struct(
        files=many(TEXT), tables={"type": "object", "additionalProperties": many(TEXT)}, counts=COUNTS,
        years=many(NUMBER), as_of_entry=NUMBER,
    ),
    "/terms.json": struct(
        languages=many(struct(
            "A language and who has read it", language=TEXT, name=TEXT, readings=many(OBJECT), said=TEXT, terms=NUMBER,
            to_confirm=NUMBER,
        )),
        terms=many(struct(
            "An English term with its words by language", english=TEXT,
            words={"type": "object", "additionalProperties": struct(
                word=TEXT, source=TEXT, to_confirm=YES, choice=many(TEXT), also=TEXT, note=TEXT
            )},
        )),
    ),
    "/editors.json": struct(
        reports=many(struct(id=TEXT, page=TEXT, fact=TEXT, says=TEXT, source=TEXT, time=TEXT, answer=TEXT,
                            answered=TEXT, correct=TEXT)),
    ),
}  # fmt: skip
"""The schema of the JSON answer of each page."""


def all_schemas() -> dict[str, Any]:
    """All named schemas: those of the facts, from their types, and those of the objects around them."""
    types = (Meeting, Outcome, Delivery, Format, Person, Source)
    _references, fact_schemas = msgspec.json.schema_components(types, ref_template="#/components/schemas/{name}")
    return {**fact_schemas, **SHAPES}
