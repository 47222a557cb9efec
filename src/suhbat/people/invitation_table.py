"""Invitations as a table: its columns, and each row as the seat that it offers, with what is wrong with it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from babel import Locale
from sqlalchemy.orm import Session

from suhbat.acts.inputs import read_input
from suhbat.acts.place_finders import Place
from suhbat.acts.roles_and_seats import ROLE_NAMES, Role
from suhbat.ground.language import LANGUAGES, Lazy, lazy, reading_in
from suhbat.ground.refusals import Refused
from suhbat.ground.sheets.sheet_headings import FieldRow, HeadedTable, SheetField, in_every_language, plain_key
from suhbat.people.invitation_letter import looks_like_mail
from suhbat.people.invited_twice import KnownSeats, known_seats
from suhbat.people.queries import holders_of, seats_at
from suhbat.people.seat_inputs import tidy
from suhbat.people.seat_managers import Standing
from suhbat.people.seats import SOLE, Offer, refuse_misplaced

FIELDS = (
    SheetField(
        "name",
        lazy("Name", context="a person's"),
        (
            "Full name", "Name and surname", "ФИО", "Имя и фамилия", "Фамилия, имя, отчество", "氏名", "お名前",
            "Аты-жөні", "Аты-жөнү", "Ному насаб", "Ady we familiýasy", "F.I.Sh.", "F.I.O.", "Ism va familiya",
        ),
    ),
    SheetField(
        "office",
        lazy("Office"),
        (
            "Position", "Title", "Должность", "役職", "職名", "肩書", "Лауазымы", "Кызматы", "Вазифа", "Wezipesi",
            "Lavozimi",
        ),
    ),
    SheetField(
        "role",
        lazy("Role", context="a person's, at a meeting"),
        ("Function", "Seat", "Роль", "Функция", "役割"),
    ),
    SheetField(
        "state",
        lazy("Delegation"),
        (
            "State", "Country", "Страна", "Государство", "国", "国名", "Ел", "Мемлекет", "Өлкө", "Мамлекет",
            "Давлат", "Кишвар", "Ýurt", "Döwlet", "Davlat", "Mamlakat",
        ),
    ),
    SheetField(
        "mail",
        lazy("Mail address"),
        (
            "E-mail", "Mail", "E-mail address", "Почта", "Эл. почта", "Электронная почта",
            "Адрес электронной почты", "メール", "メールアドレス", "Пошта", "Электрондық пошта", "Электрондук почта",
            "Почтаи электронӣ", "E-poçta", "Elektron pochta",
        ),
    ),
)  # fmt: skip
"""The columns, in the order of the template."""

NamesOfState = Callable[[str], Sequence[str]]
"""The names of a state in the present language."""


@dataclass(frozen=True)
class PlannedRow:
    """A row with the values that it was given, and the seat that it offers; None if there are faults, by field."""

    number: int
    values: dict[str, str]
    offer: Offer | None
    faults: dict[str, Lazy | str] = field(default_factory=dict)
    question: Lazy | None = None
    """What is asked before this person is invited, who has a seat already."""


@dataclass(frozen=True)
class InvitationPlan:
    """What a table asks for."""

    table: HeadedTable
    rows: list[PlannedRow]

    @property
    def good(self) -> list[PlannedRow]:
        """The rows that can be performed, and about which nothing is asked."""
        return [row for row in self.rows if row.offer and not row.question]

    @property
    def asked(self) -> list[PlannedRow]:
        """The rows about which something is asked."""
        return [row for row in self.rows if row.question]


def rows_as_table(rows: Iterable[Mapping[str, str]]) -> str:
    """Rows as text to paste: the headings in the reader's language, and the values with tabs between them."""
    lines = [[str(each.label) for each in FIELDS], *([row.get(each.name, "") for each in FIELDS] for row in rows)]
    return "\n".join("\t".join(" ".join(cell.split()) for cell in line) for line in lines)


def plan_invitations(
    session: Session, moment: datetime, here: Standing, place: Place, table: HeadedTable, names: NamesOfState
) -> InvitationPlan:
    """Each row as an invitation or with its faults, as the place stands now."""
    planner = _Planner(here, place, _states_by_name(place, names), known_seats(session, here.viewer, here))
    planner.held = holders_of(session, place.id, SOLE)
    planner.seated = {
        (plain_key(seat.row.name), seat.row.role, seat.row.state) for seat in seats_at(session, here, moment)
    }
    return InvitationPlan(table, [planner.planned(row) for row in table.rows])


def _states_by_name(place: Place, names: NamesOfState) -> dict[str, str]:
    codes: dict[str, str] = {}
    for language in LANGUAGES:
        territories = Locale.parse(language).territories
        with reading_in(language):
            for code in place.states:
                spellings = [code, *names(code), territories.get(code, code)]
                codes |= {plain_key(spelling): code for spelling in spellings}
    return codes


def _roles_by_name() -> dict[str, Role]:
    return {
        plain_key(name): role for role, label in ROLE_NAMES.items() for name in (str(role), *in_every_language(label))
    }


class _Planner:
    """Rows that are looked at one after another: a seat is offered once."""

    def __init__(self, here: Standing, place: Place, states: dict[str, str], known: KnownSeats) -> None:
        self.here, self.place, self.states, self.roles = here, place, states, _roles_by_name()
        self.known = known
        self.held: dict[tuple[str, str], str] = {}
        self.seated: set[tuple[str, str, str]] = set()
        self.offered: dict[tuple[str, ...], int] = {}

    def planned(self, row: FieldRow) -> PlannedRow:
        """The row with the seat that it offers, or with its faults."""
        faults: dict[str, Lazy | str] = {}
        inputs = self._inputs(row.values, faults)
        offer = self._offer(inputs, faults)
        if offer and not faults:
            self._refuse_twice(row.number, offer, faults)
        if faults or offer is None:
            return PlannedRow(row.number, row.values, None, faults)
        return PlannedRow(
            row.number, row.values, offer, question=self.known.question(offer.name, offer.state, offer.role)
        )

    def _inputs(self, values: dict[str, str], faults: dict[str, Lazy | str]) -> dict[str, Any]:
        inputs: dict[str, Any] = {name: value for name, value in values.items() if value}
        for name, known in (("role", self.roles), ("state", self.states)):
            if name not in inputs:
                continue
            value = known.get(plain_key(inputs[name]))
            if value is None:
                faults[name] = lazy("This is not known here.")
                del inputs[name]
            else:
                inputs[name] = str(value)
        if "mail" in inputs and not looks_like_mail(inputs["mail"]):
            faults["mail"] = lazy("This is no mail address.")
        return inputs | {"meeting" if "/" in self.place.id else "format": self.place.id}

    def _offer(self, inputs: dict[str, Any], faults: dict[str, Lazy | str]) -> Offer | None:
        try:
            offer = read_input(Offer, inputs, lax=False)
            tidy(offer.name)
            tidy(offer.office, field="office")
            if not faults:
                refuse_misplaced(offer, self.place, self.here)
        except Refused as refusal:
            for name, why in (refusal.fields or {"state": refusal.why}).items():
                faults.setdefault(name, why)
            return None
        return offer

    def _refuse_twice(self, number: int, offer: Offer, faults: dict[str, Lazy | str]) -> None:
        """Note as a fault that a seat is held, or is offered in an earlier row."""
        seat = (str(offer.role), offer.state)
        person = (plain_key(offer.name), *seat)
        if offer.role in SOLE and (holder := self.held.get(seat)):
            faults["role"] = lazy("This seat is %(name)s's. It has to be vacated first.") % {"name": holder}
        elif person in self.seated:
            faults["name"] = lazy("This person has this seat already.")
        elif earlier := self.offered.get(seat if offer.role in SOLE else person):
            faults["name"] = lazy("This seat is offered in row %(row)s already.") % {"row": earlier}
        else:
            self.offered |= {seat: number} if offer.role in SOLE else {person: number}
