"""A closed meeting stays closed: public pages show what was released, and after publication what was agreed."""

import pytest
from sqlalchemy import select
from tests.convened_meeting import seated
from tests.loaded_public_record import TODAY

from suhbat.acts.roles_and_seats import Role
from suhbat.minutes.models import Minutes
from suhbat.outcomes.models import Outcome

MEETING = "ca-japan/2026-12-01-quiet-talks"
SECRETS = ("SECRETITEM", "SECRETPLEDGE", "SECRETSUMMARY", "SECRETHEAD", "SECRETDRAFT", "SECRETPERSON", "987654321")
EVERYWHERE = (
    "/", "/index.json", "/formats", "/formats/ca-japan", "/formats/ca-japan.json", "/formats/ca-japan.csv", "/ledger",
    "/ledger.json", "/ledger.csv", "/states/JP", "/states/JP.json", "/topics/water", "/topics/water.json", "/compare",
    "/compare.json", "/search?q=SECRET", "/search.json?q=SECRETPLEDGE", "/search.json?q=kind:pledge+2026..2026",
    "/changes", "/changes.json", "/sitemap/1", "/data.json", "/changes.atom", "/data/public-record.json",
    "/data/outcomes.csv",
    "/data/delegations.csv", "/data/public-record.sqlite", "/data/iati-activities.xml", f"/meetings/{MEETING}",
    f"/meetings/{MEETING}.json", "/outcomes/ca-japan/2026-12-01-quiet-talks/secretpledge",
)  # fmt: skip


class Talks:
    """Two delegations, a chair and a secretariat."""

    def __init__(self, app) -> None:
        self.app = app
        self.people = {
            "secretariat": seated(Role.SECRETARIAT, "ca-japan", name="The secretariat"),
            "chair": seated(Role.CHAIR, MEETING, "JP", "SECRETPERSON Sato"),
            "jp": seated(Role.HEAD, MEETING, "JP", "SECRETPERSON Tanaka"),
            "kz": seated(Role.HEAD, MEETING, "KZ", "SECRETPERSON Nur"),
            "notes": seated(Role.NOTE_TAKER, MEETING, name="A note-taker"),
        }

    def __call__(self, role, act, **inputs):
        return self.app.door.perform(self.people[role], act, {"meeting": MEETING, **inputs}).entry


@pytest.fixture
def talks(app, record):
    talks = Talks(app)
    inputs = {
        "format": "ca-japan", "title": "Quiet talks", "level": "senior-officials", "mode": "video",
        "zone": "Asia/Tokyo", "opens": "2026-12-01T10:00", "closes": "2026-12-01T12:00", "chair_state": "JP",
        "chair_name": "SECRETHEAD", "delegations": ["JP", "KZ"], "slug": "2026-12-01-quiet-talks",
        "items": [{"title": "SECRETITEM", "topic": "water"}],
    }  # fmt: skip
    app.door.perform(talks.people["secretariat"], "meeting.convened", inputs)
    return talks


def meet(talks):
    """Hold the meeting, from the opening to the closing."""
    talks("chair", "meeting.opened", present=["JP", "KZ"])
    spoke = talks("chair", "floor.given", delegation="JP")
    talks("notes", "summary.noted", given_entry=spoke.number, text="SECRETSUMMARY of Japan.")
    talks("jp", "pledge.made", title="SECRETPLEDGE", to=["KZ"], summary="SECRETDRAFT",
          amount={"value": 987_654_321, "currency": "JPY", "qualifier": "exact"})  # fmt: skip
    talks("chair", "meeting.closed")
    with talks.app.database.reading() as session:
        return session.scalars(select(Outcome).where(Outcome.meeting == MEETING)).one()


def read_everywhere(client) -> dict[str, str]:
    return {path: client.get(path).content.decode("utf-8", "replace") for path in EVERYWHERE}


def leaks(pages: dict[str, str]) -> list[tuple[str, str]]:
    return [
        (path, s) for path, page in pages.items() for s in SECRETS if s in page.replace(path.partition("q=")[2], "")
    ]


def test_a_draft_is_on_no_page(client, talks):
    pages = read_everywhere(client)
    assert client.get(f"/meetings/{MEETING}").status_code == 404
    assert not [path for path, page in pages.items() if "Quiet talks" in page]
    assert leaks(pages) == []


def test_a_convened_meeting_shows_title_day_and_states_and_nothing_else(client, talks):
    talks("secretariat", "meeting.released")
    page = client.get(f"/meetings/{MEETING}").text
    for fact in ("Quiet talks", "1 December 2026", "Japan", "Kazakhstan", "held here", "convened"):
        assert fact in page
    assert leaks(read_everywhere(client)) == []


def test_a_held_meeting_shows_nothing_before_it_is_published(client, talks):
    talks("secretariat", "meeting.released")
    pledge = meet(talks)
    assert pledge.value == 987_654_321
    pages = read_everywhere(client)
    assert "closed, record not yet published" in pages[f"/meetings/{MEETING}"]
    assert leaks(pages) == []
    assert client.get("/outcomes/" + pledge.id.replace("#", "/")).status_code == 404


def test_a_published_meeting_shows_what_was_agreed_and_its_entries(client, talks, tmp_path):
    talks("secretariat", "meeting.released")
    pledge = meet(talks)
    talks("jp", "outcome.confirmed", outcome=pledge.id, changed=pledge.changed)
    with talks.app.database.reading() as session:
        minutes = session.get(Minutes, MEETING)
    version = minutes.version if minutes else talks("secretariat", "minutes.drafted").body["version"]
    for state in ("jp", "kz"):
        talks(state, "minutes.agreed", version=version, unnamed=True)
    talks("secretariat", "minutes.published", version=version, unnamed=True)
    page = client.get(f"/meetings/{MEETING}").text
    for fact in ("record published", "SECRETPLEDGE", "¥987,654,321", "SECRETSUMMARY", f"/record/{pledge.entry}"):
        assert fact in page, fact
    assert client.get("/outcomes/" + pledge.id.replace("#", "/")).status_code == 200
    ledger = client.get("/ledger.json?origin=held").json()
    assert [row["outcome"]["id"] for row in ledger["rows"]] == [pledge.id]
    assert client.get("/search.json?q=SECRETPLEDGE").json()["found"] >= 1
    from suhbat.archive.folder_export import export
    from suhbat.archive.folder_load import check_folder

    assert export(talks.app.database, tmp_path / "out", "http://localhost:8000").held == 1
    assert check_folder(tmp_path / "out", TODAY)[1] == []
