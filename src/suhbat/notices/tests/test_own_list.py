"""Who is told what: the list on a person's own page."""

from datetime import timedelta

import pytest
from sqlalchemy import event, insert, select

from suhbat.acts.models import NoticeRow
from suhbat.acts.notices import TELLERS
from suhbat.acts.roles_and_seats import ADMINISTRATION, PUBLIC_READER, SYSTEM, Role
from suhbat.ground.refusals import Refused
from suhbat.meetings.models import Meeting
from suhbat.notices.queries import Stretch, notices_for
from suhbat.notices.tests.conftest import person_again

TEST = "Does anybody answer at your standing seat?"


def told(app, actor, **stretch):
    with app.database.reading() as session:
        return [notice.says for notice in notices_for(session, person_again(app, actor.id), Stretch(**stretch))[0]]


def change(app, talks, **fields):
    with app.database.reading() as session:
        meeting = session.get_one(Meeting, talks.meeting)
        inputs = {
            "meeting": talks.meeting, "seen": meeting.entry, "title": meeting.title, "level": meeting.level,
            "mode": meeting.mode, "zone": meeting.zone, "opens": "2020-08-11T18:00", "closes": "2020-08-11T20:00",
            "chair_state": "JP", "host_first": True,
        } | fields  # fmt: skip
    app.door.perform(talks.secretariat, "meeting.changed", inputs)


def test_a_delegate_is_told_what_happens_to_the_meeting_in_the_order_of_time(app, convene, sit, filed):
    talks = convene(app, released=False)
    aida = sit(Role.DELEGATE, talks.meeting, "KZ")
    assert told(app, aida) == []
    app.door.perform(talks.secretariat, "meeting.released", {"meeting": talks.meeting})
    with app.database.reading() as session:
        seen = session.get_one(Meeting, talks.meeting).agenda_changed
    app.door.perform(talks.secretariat, "agenda.released", {"meeting": talks.meeting, "seen": seen})
    paper = filed(talks.secretariat, talks.meeting, "Talking points").entry.body["paper"]["id"]
    app.door.perform(talks.secretariat, "paper.withdrawn", {"meeting": talks.meeting, "paper": paper})
    change(app, talks, opens="2020-08-11T19:00", closes="2020-08-11T21:00")
    app.door.perform(talks.secretariat, "meeting.cancelled", {"meeting": talks.meeting, "reason": "A flood."})
    assert told(app, aida) == [
        "The meeting is cancelled.",
        "The secretariat changed the meeting: end, beginning.",
        "A paper was withdrawn.",
        "The secretariat filed a paper.",
        "The agenda was released.",
        "The meeting is convened.",
    ]


def test_nothing_is_told_of_a_draft_and_of_a_rehearsal(app, convene, sit, filed):
    draft = convene(app, released=False)
    at_draft = sit(Role.DELEGATE, draft.meeting, "KZ")
    filed(draft.secretariat, draft.meeting, "Early")
    app.door.perform(draft.secretariat, "meeting.cancelled", {"meeting": draft.meeting, "reason": "No hall."})
    rehearsed = convene(app, slug="rehearsed", rehearsal=True)
    in_rehearsal = sit(Role.DELEGATE, rehearsed.meeting, "KZ")
    filed(rehearsed.secretariat, rehearsed.meeting, "Played")
    assert told(app, at_draft) == told(app, in_rehearsal) == []


def test_each_delegation_is_told_of_its_own_papers_and_nobody_of_earlier_ones_or_of_own_acts(app, convene, sit, filed):
    talks = convene(app)
    aida = sit(Role.DELEGATE, talks.meeting, "KZ")
    bolat = sit(Role.HEAD, talks.meeting, "KZ")
    timur = sit(Role.DELEGATE, talks.meeting, "UZ")
    observer = sit(Role.OBSERVER, talks.meeting)
    filed(aida, talks.meeting, "For ourselves", "delegation")
    filed(bolat, talks.meeting, "For the members", "members")
    filed(bolat, talks.meeting, "For delegations", "delegations")
    late = sit(Role.ADVISER, talks.meeting, "KZ")
    ours = "Kazakhstan filed a paper."
    assert told(app, aida) == [ours, ours], "not the own one"
    assert told(app, bolat) == [ours]
    assert told(app, timur) == [ours, ours]
    assert told(app, observer) == []
    assert told(app, late) == [], "not what was before the seat"


def test_the_secretariat_of_the_format_is_told_at_all_its_meetings_and_another_format_is_told_nothing(
    app, convene, sit, filed
):
    talks = convene(app)
    office = sit(Role.SECRETARIAT, "ca-japan")
    app.door.perform(ADMINISTRATION, "format.founded", {
        "format": "ca-us", "name": "C5+1", "kind": "n-plus-one", "members": ["KZ"], "partners": ["US"],
        "levels": ["ministerial"], "publish": True,
    })  # fmt: skip
    elsewhere = sit(Role.SECRETARIAT, "ca-us")
    head = sit(Role.HEAD, talks.meeting, "KZ")
    filed(head, talks.meeting, "For all")
    filed(head, talks.meeting, "Ours", "delegation")
    filed(head, talks.meeting, "Open to all", "public")
    assert told(app, office) == ["Kazakhstan filed a paper."] * 2
    assert told(app, elsewhere) == []


def test_who_loses_a_seat_is_told_that_and_nothing_that_comes_after(app, convene, sit, filed):
    talks = convene(app)
    aida, bolat = sit(Role.DELEGATE, talks.meeting, "KZ"), sit(Role.DELEGATE, talks.meeting, "KZ")
    filed(talks.secretariat, talks.meeting, "Before")
    app.door.perform(talks.secretariat, "seat.vacated", {"meeting": talks.meeting, "seat": aida.seats[0].id})
    app.door.perform(bolat, "seat.vacated", {"meeting": talks.meeting, "seat": bolat.seats[0].id})
    filed(talks.secretariat, talks.meeting, "After")
    assert told(app, aida) == ["Your seat was ended."]
    assert told(app, bolat) == [], "who gives up the own seat knows it"


def test_a_standing_seat_is_tested_until_it_answers_and_its_predecessor_is_told_nothing_more(app, convene, sit):
    talks = convene(app)
    head = sit(Role.HEAD, talks.meeting, "KZ")
    chief = name(app, head, "chief")
    other = name(app, head, "alternate")
    assert told(app, chief) == ["A standing seat was named."]
    app.door.perform(chief, "standing.tested", {"format": "ca-japan", "seat": other.seats[0].id})
    with app.database.reading() as session:
        (asked,), _more = notices_for(session, other)
    assert (asked.says, asked.done, asked.urgent, asked.page) == (TEST, False, True, "/me")
    assert asked.until == asked.time + timedelta(days=30)
    assert asked.who == "Kazakhstan"
    app.door.perform(other, "standing.answered", {"format": "ca-japan", "seat": other.seats[0].id})
    with app.database.reading() as session:
        (answered,), _more = notices_for(session, other)
    assert answered.done
    handing = {"format": "ca-japan", "seat": other.seats[0].id, "name": "A successor"}
    link = app.door.perform(chief, "standing.handed_over", handing).reply["link"]
    successor = take(app, link)
    assert told(app, other) == ["A standing seat was handed over."]
    app.door.perform(chief, "standing.tested", {"format": "ca-japan", "seat": successor.seats[0].id})
    assert told(app, successor) == [TEST], "and nothing of the predecessor's"
    assert told(app, other) == ["A standing seat was handed over."]


def test_who_held_a_seat_that_ended_by_its_last_day_is_told(app, convene, sit, clock):
    talks = convene(app)
    head = sit(Role.HEAD, talks.meeting, "KZ")
    held = name(app, head, "main", until="2020-08-11")
    clock.forward(days=2)
    app.door.perform(SYSTEM, "standing.lapsed", {"format": "ca-japan"})
    assert told(app, held) == ["Your standing seat ended: its last day has passed."]


def name(app, head, rank, **fields):
    naming = {"format": "ca-japan", "state": "KZ", "subject": "promises", "rank": rank, "name": f"The {rank}"} | fields
    return take(app, app.door.perform(head, "standing.named", naming).reply["link"])


def take(app, link):
    done = app.door.perform(PUBLIC_READER, "seat.taken", {"secret": link.rsplit("/", 1)[1]})
    return person_again(app, done.reply["person"])


def test_an_act_with_a_notice_makes_one_insert_more_and_no_query(app, convene, sit, filed):
    talks = convene(app)
    with_notice = statements(app, lambda: filed(talks.secretariat, talks.meeting, "One"))
    teller = dict(TELLERS)
    TELLERS.clear()
    try:
        without = statements(app, lambda: filed(talks.secretariat, talks.meeting, "Another"))
    finally:
        TELLERS.update(teller)
    with app.database.writing() as session:  # the record tells of both
        rows = session.execute(select(NoticeRow.__table__)).mappings().all()
        session.execute(insert(NoticeRow), [{**rows[-1], "number": rows[-1]["number"] + 1}])
    assert len(with_notice) == len(without) + 1
    assert [text.partition("(")[0] for text in with_notice if "notice" in text] == ["INSERT INTO notice "]


def statements(app, work):
    texts = []

    def note(_connection, _cursor, statement, *_):
        texts.append(statement)

    event.listen(app.database.engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(app.database.engine, "before_cursor_execute", note)
    return texts


@pytest.mark.parametrize("papers", [1, 3])
def test_the_page_has_the_list_and_takes_the_same_queries_for_any_number(
    app, convene, sit, filed, signed_in, count_queries, papers
):
    talks = convene(app)
    aida = sit(Role.DELEGATE, talks.meeting, "KZ")
    for number in range(papers):
        filed(talks.secretariat, talks.meeting, f"Hidden title {number}")
    browser = signed_in(aida.id)
    for path in ("/me", "/me/notices"):
        page = browser.get(path).text
        assert page.count("The secretariat filed a paper.") == papers
        assert "Hidden title" not in page
    assert count_queries(lambda: browser.get("/me/notices")) == 4, (
        "who it is, the own seats, the notices, the rooms in session"
    )


def test_older_notices_are_on_further_pages_each_once(app, convene, sit, filed, signed_in):
    talks = convene(app)
    aida = sit(Role.DELEGATE, talks.meeting, "KZ")
    for number in range(45):
        filed(talks.secretariat, talks.meeting, f"Paper {number}")
    browser, path, counts = signed_in(aida.id), "/me/notices", []
    while path:
        page = browser.get(path).text
        counts.append(page.count("The secretariat filed a paper."))
        _, _, rest = page.partition('href="/me/notices?before=')
        path = f"/me/notices?before={rest.partition(chr(34))[0]}" if rest else ""
    assert counts == [20, 20, 5]


def test_a_delegation_that_was_withdrawn_is_told_and_shown_nothing_more(app, convene, sit, filed, signed_in):
    talks = convene(app)
    aida = sit(Role.HEAD, talks.meeting, "KZ")
    dana = sit(Role.ADVISER, talks.meeting, "KZ")
    timur = sit(Role.HEAD, talks.meeting, "UZ")
    inputs = {"meeting": talks.meeting, "role": "delegate", "state": "KZ", "name": "Bolat"}
    secret = app.door.perform(talks.secretariat, "seat.offered", inputs).reply["link"].rsplit("/", 1)[1]
    withdrawal = {"meeting": talks.meeting, "state": "KZ", "reason": "They said they could not come."}
    app.door.perform(talks.secretariat, "delegation.withdrawn", withdrawal)
    filed(talks.secretariat, talks.meeting, "For those who take part")
    assert told(app, aida) == told(app, dana) == ["Your seat was ended."]
    assert told(app, timur) == ["The secretariat filed a paper."]
    browser = signed_in(aida.id)
    assert browser.get(f"/meetings/{talks.meeting}/room").status_code == 403
    assert "For those who take part" not in browser.get(f"/meetings/{talks.meeting}/papers").text
    with pytest.raises(Refused, match="revoked"):
        app.door.perform(PUBLIC_READER, "seat.taken", {"secret": secret})
