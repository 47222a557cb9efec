"""What can be searched: every format, meeting, outcome, person, state and topic, in every language it has words in."""

from collections.abc import Iterable, Iterator
from functools import cache

import msgspec

from suhbat.formats.state_names import register
from suhbat.formats.topics import TOPICS
from suhbat.ground.language import LANGUAGES, reading_in
from suhbat.public.presentation.code_labels import KINDS, LEVELS
from suhbat.public.read_model.facts import Format, Meeting, Outcome, Person
from suhbat.public.search.entity_tokens import mark


class Paper(msgspec.Struct, frozen=True):
    """One thing that can be found. `owner` is what it stands and falls with, such as the meeting of an outcome."""

    key: str
    owner: str
    kind: str
    title: str
    names: str
    text: str
    marks: tuple[str, ...]
    """Of what it is about: states and topics, by whatever name and in whatever language they are looked for."""
    day: str = ""
    """When it was; what is newer is found before what is older."""


def fixed() -> Iterator[Paper]:
    """States and topics."""
    for code in register():
        names = state_words(code)
        yield Paper(f"state:{code}", "fixed", "state", names, names, "", ())
    for code in TOPICS:
        yield Paper(f"topic:{code}", "fixed", "topic", topic_words(code), "", code, ())


def of_format(each: Format) -> Paper:
    """A format under its names in all languages."""
    names = " ".join([each.name, each.short_name, *each.native_names.values()])
    text = f"{each.summary} {' '.join(each.notes)}"
    return Paper(f"format:{each.id}", each.id, "format", each.name, names, text, _states(m.state for m in each.members))


def of_person(each: Person) -> Paper:
    """A person under all spellings."""
    names = " ".join([each.name, *each.variants])
    offices = " ".join(office["office"] for office in each.offices)
    return Paper(f"person:{each.id}", "people", "person", each.name, names, offices, _states([each.state]))


def of_meeting(each: Meeting) -> Iterator[Paper]:
    """A meeting, and each of its outcomes."""
    people = [d.name for d in each.delegations if d.name]
    people += [str(o.get("name")) for d in each.delegations for o in d.others if o.get("name")]
    names = " ".join([each.city or "", *people])
    about = (*_states(d.state for d in each.delegations), *(mark("topic", code, topic_words) for code in each.topics))
    text = " ".join([
        each.notes or "", *(d["title"] for d in each.documents), *(str(i["title"]) for i in each.agenda),
        each.starts[:4],
    ])  # fmt: skip
    marks = (*about, mark("level", each.level, level_words))
    yield Paper(f"meeting:{each.id}", each.id, "meeting", each.title, names, text, marks, each.starts)
    for outcome in each.outcomes:
        yield of_outcome(outcome)


def of_outcome(each: Outcome) -> Paper:
    """An outcome with what became of it."""
    said = " ".join(d.summary for d in each.deliveries)
    about = (mark("topic", each.topic, topic_words), mark("kind", each.kind, kind_words))
    marks = (*_states([*each.by, *each.to]), *about)
    title = each.title or each.summary
    text = f"{each.summary} {said} {each.day[:4]}"
    return Paper(f"outcome:{each.id}", each.meeting, "outcome", title, "", text, marks, each.day)


def know_marks() -> None:
    """Learn every mark with its names, so that questions can be asked of an index that another process filled."""
    for code in register():
        mark("state", code, state_words)
    for kind, codes, words in (
        ("topic", TOPICS, topic_words),
        ("kind", KINDS, kind_words),
        ("level", LEVELS, level_words),
    ):
        for code in codes:
            mark(kind, code, words)


def _states(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(mark("state", code, state_words) for code in dict.fromkeys(codes))


@cache
def state_words(code: str) -> str:
    """A state's names in every language we know one in."""
    names = {code}
    for forms in register().get(code, {}).get("names", {}).values():
        names.update(str(name) for name in forms.values())
    return " ".join(sorted(name for name in names if name))


def _in_all(words: Iterable[object]) -> str:
    found: set[str] = set()
    for each in words:
        for language in LANGUAGES:
            with reading_in(language):
                found.add(str(each))
    return " ".join(sorted(found))


@cache
def topic_words(code: str) -> str:
    """A topic's names in every language of the house."""
    return _in_all([TOPICS.get(code, code)])


@cache
def kind_words(code: str) -> str:
    """A kind's names in every language of the house."""
    return _in_all([KINDS.get(code, code)])


@cache
def level_words(code: str) -> str:
    """A level's names in every language of the house."""
    return _in_all([LEVELS.get(code, code)])
