"""People have data: what every earlier version wrote is opened by today's code, for ever, and nothing of it is lost."""

import hashlib
from pathlib import Path

import pytest
from litestar.testing import TestClient
from sqlalchemy import select
from tests.earlier_versions import GOLDEN, VERSIONS, installation

from suhbat.acts.replay import differences
from suhbat.application import front_of, make_app
from suhbat.ground.clock import now
from suhbat.ground.database import Base, Database
from suhbat.ground.migrations import installations
from suhbat.people.models import SeatRow
from suhbat.people.session_cookie import COOKIE, sign_in_cookie, sign_outs_of
from suhbat.record.verification import verify
from suhbat.texts.models import Text

MIGRATIONS = Path(installations.__file__).parent / "versions"
REPORTED = "ca-italy/2021-12-08-tashkent-second-conference"
NEVER_WRITTEN_ANEW = {
    "0001_first_tables.py": "5fd4a91917d780fb9aea6206a1f652406148427a3c931112076f614e85a712a9",
    "0002_sign_outs.py": "c9d3e9858fcc64370ec5049c491d701e9e31d2d12b5884578c469b600597bd3d",
    "0003_standing_seats.py": "5edcb134a77fa9830facd34c58cc9d63c81141e6ee130c3e20151a42b16f275c",
    "0004_presence.py": "8835c0ab7965272ba0b210d3cf5b1be5959b3206bc9518a4d5596a0052962ace",
    "0005_notices.py": "6c0217e1ec32d2472c84fd28014a4c73f4ae54904c003f30510c21f2103f543d",
    "0006_seated_heads.py": "b57a601ce521b7677ede95a2f559c9e0d5d52b84ec6189e155d899471a82c032",
    "0007_founded_formats_and_parties.py": "468465fd4590cfddde48cf1fb990a101cab96e97658e1df0aa7eed6d86a42817",
    "0008_letters_and_prepared_forms.py": "1c17814c40aff52b8894ac60f175c66132fa72c021da0ab5227409f91e1134ff",
    "0.1/postgres.sql.xz": "44e31bdaa3820d5f55389900aae833f07802d369af03b9658a54ad07b7bc4b2a",
    "0.1/sqlite.xz": "04333628ad29ef02df528495e2a16dbaaea4928452476e5cb7bb407504f663be",
}
"""SHA-256 of what people's databases rest on, or stand for. A new file gets a line; no line ever changes."""


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def server(request):
    """None for SQLite."""
    return request.getfixturevalue("postgres_server") if request.param == "postgres" else None


@pytest.mark.parametrize("version", VERSIONS)
def test_what_an_earlier_version_wrote_is_opened_upgraded_replayed_and_shown(version, server, tmp_path):
    settings = installation(version, tmp_path / "earlier", server)
    with installations.prepared_tables(settings.url):
        app = make_app(settings)
    with app.database.reading() as session:
        verdict = verify(session)
        assert not verdict.fault
        assert verdict.entries > 1000
        scratch = Database(f"sqlite:///{tmp_path / 'scratch.sqlite3'}")
        Base.metadata.create_all(scratch.engine)
        assert differences(session, scratch) == []
        scratch.close()
        text = session.scalars(select(Text).order_by(Text.id)).first()
        of_a_head = SeatRow.place == text.meeting, SeatRow.role == "head", SeatRow.vacated.is_(False)
        head = session.scalars(select(SeatRow.person).where(*of_a_head, SeatRow.person.is_not(None))).first()
        cookie = sign_in_cookie(settings, head, now(), sign_outs_of(session, head))
    with TestClient(front_of(app), base_url="http://localhost:8000") as client:
        for page in ("/", "/ledger", f"/meetings/{text.meeting}", f"/meetings/{REPORTED}"):
            assert client.get(page).status_code == 200, page
        client.cookies.set(COOKIE, cookie)
        name = text.id.rpartition("/")[2]
        for page in (f"/meetings/{text.meeting}/room", f"/meetings/{text.meeting}/texts/{name}"):
            answer = client.get(page)
            assert answer.status_code == 200, page
            assert text.title in answer.text or page.endswith("room")


def test_no_migration_and_nothing_golden_is_ever_written_anew():
    files = {path.name: path for path in MIGRATIONS.glob("*.py")}
    files |= {str(path.relative_to(GOLDEN)): path for path in GOLDEN.glob("*/*.xz")}
    hashes = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()}
    fresh = sorted(hashes.keys() - NEVER_WRITTEN_ANEW.keys())
    assert not fresh, f"`scripts/migration.py --seal` prints the line that NEVER_WRITTEN_ANEW needs for {fresh}"
    assert hashes == NEVER_WRITTEN_ANEW, "what people's databases rest on is never changed"
