"""The documents of the search: formats, meetings, outcomes, persons, states and topics, in all languages."""

from collections.abc import Iterable, Iterator
from functools import cache

import msgspec

from suhbat.formats.state_names import recorded, register
from suhbat.formats.topics import TOPICS
from suhbat.formats.vocabulary import LEVELS, OUTCOME_KINDS
from suhbat.ground.language import LANGUAGES, reading_in
from suhbat.public.read_model.fact_types import Format, Meeting, Outcome, Person
from suhbat.public.search.entity_tokens import entity_token


class SearchDocument(msgspec.Struct, frozen=True):
    """A document of the index. It is replaced and deleted with its `owner`, such as the meeting of an outcome."""

    key: str
    owner: str
    kind: str
    title: str
    names: str
    text: str
    entity_tokens: tuple[str, ...]
    """Tokens of the states and topics it is about; a query finds them by any name in any language."""
    day: str = ""
    """The day of the event; newer documents are found first."""


def states_and_topics() -> Iterator[SearchDocument]:
    """The documents of states and topics, which never change."""
    for code in recorded():
        names = state_words(code)
        yield SearchDocument(f"state:{code}", "fixed", "state", names, names, "", ())
    for code in TOPICS:
        yield SearchDocument(f"topic:{code}", "fixed", "topic", topic_words(code), "", code, ())


def of_format(format_: Format) -> SearchDocument:
    """The document of a format, with its names in all languages."""
    names = " ".join([format_.name, format_.short_name, *format_.native_names.values()])
    text = f"{format_.summary} {' '.join(format_.notes)}"
    return SearchDocument(
        f"format:{format_.id}",
        format_.id,
        "format",
        format_.name,
        names,
        text,
        _state_tokens(m.state for m in format_.members),
    )


def of_person(person: Person) -> SearchDocument:
    """The document of a person, with all spellings of the name."""
    names = " ".join([person.name, *person.variants])
    offices = " ".join(office["office"] for office in person.offices)
    return SearchDocument(
        f"person:{person.id}", "people", "person", person.name, names, offices, _state_tokens([person.state])
    )


def of_meeting(meeting: Meeting) -> Iterator[SearchDocument]:
    """The documents of a meeting and of its outcomes."""
    people = [d.name for d in meeting.delegations if d.name]
    people += [str(o.get("name")) for d in meeting.delegations for o in d.others if o.get("name")]
    names = " ".join([meeting.city or "", *people])
    tokens = (
        *_state_tokens(d.state for d in meeting.delegations),
        *(entity_token("topic", code, topic_words) for code in meeting.topics),
        entity_token("level", meeting.level, level_words),
    )
    text = " ".join([
        meeting.notes or "", *(d["title"] for d in meeting.documents), *(str(i["title"]) for i in meeting.agenda),
        meeting.starts[:4],
    ])  # fmt: skip
    yield SearchDocument(
        f"meeting:{meeting.id}", meeting.id, "meeting", meeting.title, names, text, tokens, meeting.starts
    )
    for outcome in meeting.outcomes:
        yield of_outcome(outcome)


def of_outcome(outcome: Outcome) -> SearchDocument:
    """The document of an outcome, with its deliveries."""
    delivery_texts = " ".join(d.summary for d in outcome.deliveries)
    tokens = (
        *_state_tokens([*outcome.by, *outcome.to]),
        entity_token("topic", outcome.topic, topic_words),
        entity_token("kind", outcome.kind, kind_words),
    )
    title = outcome.title or outcome.summary
    text = f"{outcome.summary} {delivery_texts} {outcome.day[:4]}"
    return SearchDocument(f"outcome:{outcome.id}", outcome.meeting, "outcome", title, "", text, tokens, outcome.day)


def learn_entity_tokens() -> None:
    """Register every entity token with its names, so that queries work with an index that another process filled."""
    for code in register():
        entity_token("state", code, state_words)
    for kind, codes, words in (
        ("topic", TOPICS, topic_words),
        ("kind", OUTCOME_KINDS, kind_words),
        ("level", LEVELS, level_words),
    ):
        for code in codes:
            entity_token(kind, code, words)


def _state_tokens(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(entity_token("state", code, state_words) for code in dict.fromkeys(codes))


@cache
def state_words(code: str) -> str:
    """A state's names in all languages for which one is known."""
    names = {code}
    for forms in register().get(code, {}).get("names", {}).values():
        names.update(str(name) for name in forms.values())
    return " ".join(sorted(name for name in names if name))


def _in_all_languages(words: Iterable[object]) -> str:
    texts: set[str] = set()
    for word in words:
        for language in LANGUAGES:
            with reading_in(language):
                texts.add(str(word))
    return " ".join(sorted(texts))


@cache
def topic_words(code: str) -> str:
    """A topic's names in every language of the application."""
    return _in_all_languages([TOPICS.get(code, code)])


@cache
def kind_words(code: str) -> str:
    """An outcome kind's names in every language of the application."""
    return _in_all_languages([OUTCOME_KINDS.get(code, code)])


@cache
def level_words(code: str) -> str:
    """A level's names in every language of the application."""
    return _in_all_languages([LEVELS.get(code, code)])
