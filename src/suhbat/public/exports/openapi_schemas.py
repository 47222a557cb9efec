"""What the answers for programs hold, field by field: the types behind them and the small shapes around those."""

from typing import Any

import msgspec

from suhbat.public.read_model.facts import Delivery, Format, Meeting, Outcome, Person, Source

TEXT, NUMBER, YES = {"type": "string"}, {"type": "integer"}, {"type": "boolean"}
SUMS = {"type": "object", "additionalProperties": NUMBER, "description": "Whole units by currency; never added up."}
COUNTS = {"type": "object", "additionalProperties": NUMBER}
FAULTS = {"type": "object", "additionalProperties": TEXT, "description": "What of the question was not understood."}
OBJECT: dict[str, Any] = {"type": "object"}


def ref(name: str) -> dict[str, Any]:
    """A named shape."""
    return {"$ref": f"#/components/schemas/{name}"}


def maybe(shape: dict[str, Any]) -> dict[str, Any]:
    """A shape, or null where there is nothing: unknown is not zero, and not no."""
    return {"anyOf": [shape, {"type": "null"}]}


def many(shape: dict[str, Any]) -> dict[str, Any]:
    """A list of a shape."""
    return {"type": "array", "items": shape}


def record(about: str = "", /, **fields: dict[str, Any]) -> dict[str, Any]:
    """An object with these fields, all of them always there."""
    made = {"type": "object", "properties": fields, "required": list(fields)}
    return made | ({"description": about} if about else {})


TOLD = {
    "outcome": ref("Outcome"), "path": TEXT, "traced": SUMS, "handed_over": SUMS, "bar": maybe(ref("Bar")),
    "parts": many(ref("Part")), "states_without_part": many(TEXT), "whole": maybe(ref("Outcome")),
    "follows": maybe(ref("Outcome")), "followers": many(ref("Outcome")), "fulfilled_by": maybe(OBJECT),
}  # fmt: skip
PAGED = {
    "found": NUMBER | {"description": "how many there are in all"}, "page": NUMBER,
    "pages": NUMBER | {"description": "the last page that may be asked for"},
}  # fmt: skip
PICTURE = record("Marks on a line of years", years=many(OBJECT), today={}, rows=many(OBJECT))
SHAPES: dict[str, dict[str, Any]] = {
    "Told": record("An outcome with its money and what became of it", **TOLD),
    "Bar": record(
        "How a promised sum divides, in whole units and per mille", currency=TEXT, kept=NUMBER, bound=NUMBER,
        open=NUMBER, kept_width=NUMBER, bound_width=NUMBER,
    ),
    "Part": record(
        "One part of a promise", outcome=ref("Outcome"), path=TEXT, likely=YES, traced=SUMS,
        bound=many(ref("Delivery")), arrived=many(ref("Delivery")),
    ),
    "MoneyRow": record(
        "What one promiser promised in one currency", by=many(TEXT), currency=TEXT, pledges=NUMBER, promised=NUMBER,
        traced=SUMS, handed_over=SUMS, bar=maybe(ref("Bar")),
    ),
    "Step": record(
        "One step in the life of an outcome", date=maybe(TEXT), what=TEXT, outcome=ref("Outcome"), state=TEXT,
        amount=maybe(OBJECT), summary=TEXT, delivery=maybe(ref("Delivery")),
    ),
}  # fmt: skip
MONEY = many(ref("MoneyRow"))
ANSWERS: dict[str, dict[str, Any]] = {
    "/index.json": record(
        today=TEXT, picture=PICTURE, formats=NUMBER, sentence=TEXT, upcoming=many(OBJECT),
        promised_meetings=many(record(outcome=ref("Outcome"), path=TEXT)), money=MONEY, latest=many(OBJECT),
        counts=COUNTS,
    ),
    "/formats.json": record(formats=many(OBJECT)),
    "/formats/{format}.json": record(
        format=ref("Format"), path=TEXT, picture=PICTURE, rhythm=many(OBJECT), levels=many(OBJECT), count=NUMBER,
        money=MONEY, pledges=many(ref("Told")), kinds=COUNTS, fates=COUNTS, documents=many(OBJECT),
        disagreements=many(OBJECT),
    ),
    "/meetings/{format}/{meeting}.json": record(
        meeting=ref("Meeting"), path=TEXT, format=ref("Format"), delegations=many(OBJECT), money=many(ref("Told")),
        others=many(ref("Told")), promised_before=many(OBJECT), company=many(OBJECT), company_more=NUMBER,
        previous=maybe(OBJECT), next=maybe(OBJECT), spoken=many(OBJECT),
        agreed_by_all=YES, texts=many(OBJECT), citation=TEXT, rests_on=many(NUMBER), held_by=maybe(NUMBER),
    ),
    "/outcomes/{format}/{meeting}/{name}.json": record(
        **TOLD, meeting=OBJECT, format=maybe(ref("Format")), life=many(ref("Step")), silence=TEXT, last=TEXT,
        part_lives=many(OBJECT), chain=many(ref("Outcome")),
        sources=many(record(meeting=TEXT, path=TEXT, sources=many(ref("Source")))), citation=TEXT,
    ),
    "/ledger.json": record(
        asked=OBJECT, **PAGED, rows=many(ref("Told")), money=MONEY, converted=maybe(OBJECT), sentence=TEXT,
        faults=FAULTS,
    ),
    "/states/{code}.json": record(
        code=TEXT, formats=many(OBJECT), received=many(OBJECT), given=many(ref("Told")), given_money=MONEY,
        delegations=many(OBJECT), delegations_count=NUMBER, people=many(OBJECT), sentence=TEXT, counts=COUNTS,
    ),
    "/people/{person}.json": record(person=ref("Person"), path=TEXT, meetings=many(OBJECT)),
    "/topics/{topic}.json": record(
        topic=TEXT, path=TEXT, picture=PICTURE, sentence=TEXT, outcomes=many(ref("Told")), count=NUMBER, fates=COUNTS,
        money=MONEY,
    ),
    "/compare.json": record(formats=many(OBJECT), pictures=OBJECT, money=MONEY, unknown=many(TEXT)),
    "/search.json": record(
        q=TEXT, **PAGED, read_as={"type": "object", "additionalProperties": TEXT}, faults=FAULTS, results=many(OBJECT)
    ),
    "/changes.json": record(changes=many(OBJECT), format=TEXT, **PAGED, faults=FAULTS),
    "/data.json": record(
        files=many(TEXT), tables={"type": "object", "additionalProperties": many(TEXT)}, counts=COUNTS,
        years=many(NUMBER), as_of_entry=NUMBER,
    ),
    "/terms.json": record(
        languages=many(record(
            "A language and who has read it", language=TEXT, name=TEXT, readings=many(OBJECT), said=TEXT, terms=NUMBER,
            to_confirm=NUMBER,
        )),
        terms=many(record(
            "An English term with its words by language", english=TEXT,
            words={"type": "object", "additionalProperties": record(
                word=TEXT, source=TEXT, to_confirm=YES, choice=many(TEXT), also=TEXT, note=TEXT
            )},
        )),
    ),
    "/editors.json": record(
        reports=many(record(id=TEXT, page=TEXT, fact=TEXT, says=TEXT, source=TEXT, time=TEXT, answer=TEXT,
                            answered=TEXT, correct=TEXT)),
    ),
}  # fmt: skip
"""What each page answers as JSON."""


def shapes() -> dict[str, Any]:
    """All named shapes: those of the facts from their types, and the small ones around them."""
    kinds = (Meeting, Outcome, Delivery, Format, Person, Source)
    _refs, made = msgspec.json.schema_components(kinds, ref_template="#/components/schemas/{name}")
    return {**made, **SHAPES}
