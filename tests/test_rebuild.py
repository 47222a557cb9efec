"""An installation whose tables are not those of this version: refused in a line, rebuilt from its record, whole."""

import shutil
from contextlib import contextmanager

import pytest
from sqlalchemy import create_engine, inspect, text
from tests.earlier_versions import installation

from suhbat import command
from suhbat.acts import replay
from suhbat.acts.registry import REGISTRY
from suhbat.acts.replay import contents
from suhbat.application import make_app
from suhbat.command import main
from suhbat.ground.database import Database
from suhbat.ground.database_locks import occupied
from suhbat.ground.migrations import installations
from suhbat.ground.settings import Settings
from suhbat.record.verification import verify

OF_24_NOVEMBER = (
    "DROP TABLE spent_challenge",
    "DROP TABLE text_outcome_link",
    "DROP TABLE text_version_earlier",
    "ALTER TABLE text_asked DROP COLUMN absent",
    "ALTER TABLE text_asked DROP COLUMN last_call",
)
"""What was not there yet in a database of that day, made under the same number of a migration."""
AMISS = {
    "a table is missing": ("DROP TABLE minutes_stand",),
    "a foreign column": ("ALTER TABLE person ADD COLUMN shoe_size INTEGER",),
    "a table that leads to ours": ("CREATE TABLE shoes (size INTEGER, person VARCHAR(40) REFERENCES person (id))",),
    "a newer version": ("UPDATE alembic_version SET version_num = '9999'",),
    "no migration made it": ("DROP TABLE alembic_version", "DROP TABLE text_version_earlier"),
}
BOTH = pytest.mark.parametrize(
    "server", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)


@pytest.fixture
def server(request):
    """None for SQLite."""
    return request.getfixturevalue("postgres_server") if request.param == "postgres" else None


@pytest.fixture
def commands(monkeypatch):
    """Have all commands work on an installation from now on; none ever begins to serve."""
    monkeypatch.setenv("PORT", "8000")  # `serve` sets it; this puts it back
    monkeypatch.setattr(command.uvicorn, "run", lambda *_, **__: pytest.fail("it serves"))

    def work_on(settings):
        monkeypatch.setenv("SUHBAT_DATA", str(settings.data))
        monkeypatch.setenv("SUHBAT_DATABASE_URL", settings.database_url)
        return settings

    return work_on


@pytest.fixture(scope="module")
def convened_once():
    """By server, an installation that was prepared and convened once, to be copied."""
    return {}


@pytest.fixture
def settings(server, tmp_path, tmp_path_factory, convene, commands, convened_once):
    """An installation of this test's own with one convened meeting: three entries."""
    if server not in convened_once:
        convened_once[server] = _convened(tmp_path_factory.mktemp("convened") / "app", server, convene)
    origin = convened_once[server]
    shutil.copytree(origin.data, tmp_path / "app")
    url = server.database(origin.database_url) if server else ""
    return commands(Settings(data=tmp_path / "app", database_url=url))


def _convened(data, server, convene):
    prepared = Settings(data=data, database_url=server.database() if server else "")
    data.mkdir()
    with installations.prepared_tables(prepared.url):
        app = make_app(prepared)
        convene(app)
        app.database.close()
    return prepared


def change(settings, *statements):
    engine = create_engine(settings.url)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


@contextmanager
def looking(url):
    database = Database(url)
    with database.reading() as session:
        yield session
    database.close()


def held(settings):
    """What the record claims, and every row of every table."""
    with looking(settings.url) as session:
        return verify(session), contents(session)


def refused(capsys, *words):
    """The one line with which a command refuses."""
    capsys.readouterr()
    assert main(words) == 2
    said = capsys.readouterr()
    assert said.out == ""
    (line,) = said.err.splitlines()
    return line


def assert_refused_then_rebuilt(settings, capsys, *, before, left_empty=False):
    for words in (["serve", "--port", "0"], ["prepare"], ["archive", "load"], ["people", "list"], ["record", "verify"]):
        assert "run `suhbat rebuild` (docs/upgrade.md)" in refused(capsys, *words), words
    assert main(["record", "rebuild"]) in {0, 1}  # it only compares, and works where all else refuses
    assert main(["rebuild"]) == 0
    said = capsys.readouterr().out
    assert f"made again from {before[0].entries} entries. Root {before[0].root}" in said
    assert ("Left empty" in said) == left_empty
    assert held(settings) == before
    for words in (["prepare"], ["record", "rebuild"], ["record", "verify"], ["people", "list"]):
        assert main(words) == 0


@BOTH
def test_an_installation_of_24_november_with_every_act_there_is(server, tmp_path, commands, capsys):
    settings = commands(installation("0.1", tmp_path / "earlier", server))
    assert main(["prepare"]) == 0
    before = held(settings)
    change(settings, *OF_24_NOVEMBER)
    assert_refused_then_rebuilt(settings, capsys, before=before, left_empty=True)


@BOTH
def test_an_earlier_version_is_rebuilt_without_its_migrations(server, tmp_path, commands):
    settings = commands(installation("0.1", tmp_path / "earlier", server))
    assert main(["rebuild"]) == 0
    rebuilt = held(settings)
    assert main(["prepare"]) == 0
    assert held(settings) == rebuilt


@BOTH
def test_a_table_that_is_none_of_the_houses_is_let_be(settings, capsys):
    change(settings, "CREATE TABLE shoes (size INTEGER)", "CREATE INDEX by_size ON shoes (size)",
           "CREATE TABLE laces (long INTEGER PRIMARY KEY)", "INSERT INTO shoes VALUES (43)")  # fmt: skip
    before = held(settings)
    for words in (["prepare"], ["record", "verify"], ["people", "list"], ["record", "rebuild"], ["rebuild"]):
        assert main(words) == 0, words
    assert held(settings) == before
    if settings.database_url:  # SQLite is given a new file, in which there is nothing else
        with looking(settings.url) as session:
            assert session.scalar(text("SELECT size FROM public.shoes")) == 43


@pytest.mark.postgres
@pytest.mark.parametrize("server", ["postgres"], indirect=True)
def test_a_database_with_nothing_but_an_extensions_table_is_taken_for_empty(server, tmp_path, commands):
    new = commands(Settings(data=tmp_path / "app", database_url=server.database()))
    change(new, "CREATE TABLE spatial_ref_sys (srid INTEGER PRIMARY KEY)")
    assert main(["prepare"]) == 2
    change(new, "ALTER EXTENSION plpgsql ADD TABLE spatial_ref_sys")
    assert main(["prepare"]) == 0
    assert main(["record", "verify"]) == 0


@pytest.mark.parametrize(("server", "amiss"), [*(("sqlite", amiss) for amiss in AMISS),
    pytest.param("postgres", "a foreign column", marks=pytest.mark.postgres),
    pytest.param("postgres", "no migration made it", marks=pytest.mark.postgres)], indirect=["server"])  # fmt: skip
def test_tables_of_another_version_are_refused_then_rebuilt(settings, capsys, amiss):
    before = held(settings)
    change(settings, *AMISS[amiss])
    assert_refused_then_rebuilt(settings, capsys, before=before)


@BOTH
def test_the_earlier_tables_are_kept_each_time_under_a_number(settings, capsys):
    change(settings, "UPDATE meeting SET title = 'Another'")
    assert main(["record", "rebuild"]) == 1
    assert "meeting: 1 rows in the table, 1 by the entries" in capsys.readouterr().out
    for number in (1, 2):
        assert main(["rebuild"]) == 0
        assert capsys.readouterr().out.rstrip().endswith(f"rebuild{'_' if settings.database_url else '-'}{number}")
    assert main(["record", "rebuild"]) == 0
    if settings.database_url:
        url, table = settings.url, "suhbat_before_rebuild_1.meeting"
    else:
        url, table = f"sqlite:///{settings.data / 'suhbat.sqlite3.before-rebuild-1'}", "meeting"
    with looking(url) as session:
        assert session.scalars(text(f"SELECT title FROM {table}")).all() == ["Another"]
        assert "suhbat_rebuilding" not in inspect(session.connection()).get_schema_names()


@BOTH
def test_what_no_entry_tells_of_is_carried_over(settings):
    change(settings, f"INSERT INTO spent_challenge VALUES ('{'f' * 64}', 2000000000)")
    assert main(["rebuild"]) == 0
    with looking(settings.url) as session:
        assert session.scalars(text("SELECT hash FROM spent_challenge")).all() == ["f" * 64]


@BOTH
def test_nothing_is_rebuilt_while_a_server_has_the_database_open(settings, capsys):
    with occupied(settings.url):
        assert "has the database open: end it first" in refused(capsys, "rebuild")


def test_nothing_is_rebuilt_while_a_real_server_serves_and_all_is_once_it_was_killed(served, commands, capsys):
    commands(served.settings)
    assert "has the database open: end it first" in refused(capsys, "rebuild")
    served.kill()
    assert main(["rebuild"]) == 0


@BOTH
def test_nothing_is_rebuilt_under_a_program_that_knows_no_lock(settings, capsys):
    """A server of an earlier version: it has the database open, and that is all that can be seen of it."""
    with looking(settings.url) as session:
        verify(session)
        session.rollback()
        assert "has the database open: end it first" in refused(capsys, "rebuild")
    assert main(["rebuild"]) == 0


@BOTH
def test_while_it_is_rebuilt_every_command_and_a_second_rebuild_are_refused(settings, capsys, monkeypatch):
    replay_all = replay._replay

    def others_come(first, new):
        assert "being rebuilt" in refused(capsys, "prepare")
        assert "has the database open" in refused(capsys, "rebuild")
        replay_all(first, new)

    monkeypatch.setattr(replay, "_replay", others_come)
    assert main(["rebuild"]) == 0


@BOTH
@pytest.mark.parametrize("step", ["rebuild", "_take_over_passing", "_compare"])
def test_a_rebuild_that_fails_changes_nothing_and_may_be_begun_again(settings, capsys, monkeypatch, step):
    before = held(settings)

    def fails(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(replay, step, fails)
        assert refused(capsys, "rebuild") == "suhbat: No space left on device"
    assert held(settings) == before
    assert not list(settings.data.glob("*rebuild*"))
    assert main(["people", "list"]) == 0
    assert main(["rebuild"]) == 0


@BOTH
@pytest.mark.parametrize(
    ("spoil", "line"),
    [
        ("UPDATE entry SET name = 'Someone' WHERE number = 2", "NOT AS RECORDED: entry 2: its content"),
        ("DELETE FROM entry WHERE number = 3", "NOT AS RECORDED: the head counts 3 entries, there are 2"),
        ("ALTER TABLE entry DROP COLUMN salt", "table entry has no salt: restore the newest backup"),
        ("DROP TABLE record_head", "there is no record in this database"),
    ],
)
def test_nothing_is_made_from_a_record_that_is_not_what_it_was(settings, capsys, spoil, line):
    change(settings, spoil)
    assert line in refused(capsys, "rebuild")


@BOTH
def test_a_record_that_is_not_the_one_that_was_read_never_takes_its_place(settings, capsys, monkeypatch):
    replay_all = replay._replay

    def loses_the_last(first, new):
        replay_all(first, new)
        new.execute(text("DELETE FROM entry WHERE number = 3"))

    monkeypatch.setattr(replay, "_replay", loses_the_last)
    before = held(settings)
    assert "the record that was written is not the one that was read" in refused(capsys, "rebuild")
    assert held(settings) == before


@BOTH
def test_an_act_that_this_version_does_not_know_is_named(settings, capsys, monkeypatch):
    known = {name: act for name, act in REGISTRY.items() if name != "format.founded"}
    monkeypatch.setattr("suhbat.acts.door.REGISTRY", known)
    assert "entry 1 (format.founded) takes no effect in this version" in refused(capsys, "rebuild")


@BOTH
def test_migrations_that_are_still_to_come_are_for_prepare(settings, capsys, monkeypatch):
    known = installations.versions()
    monkeypatch.setattr(installations, "versions", lambda: ["later", *known])
    assert "earlier version: run `suhbat prepare`" in refused(capsys, "people", "list")


@BOTH
def test_a_database_of_another_program_is_left_alone(settings, capsys):
    change(settings, "DROP TABLE record_head")
    for words in (["serve", "--port", "0"], ["prepare"], ["people", "list"], ["record", "rebuild"], ["rebuild"]):
        assert "there is no record in this database" in refused(capsys, *words)


@pytest.mark.parametrize("words", [["people", "list"], ["record", "verify"], ["record", "rebuild"], ["rebuild"],
                                   ["archive", "export", "out"], ["people", "editor", "Someone"]])  # fmt: skip
def test_no_command_makes_an_empty_installation_in_passing(tmp_path, commands, capsys, words):
    commands(Settings(data=tmp_path))
    assert "there is no installation here yet: run `suhbat prepare`" in refused(capsys, *words)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_the_way_back_is_to_put_the_kept_file_in_place_again(settings):
    assert main(["rebuild"]) == 0
    kept = settings.data / "suhbat.sqlite3.before-rebuild-1"
    assert kept.stat().st_mode == (settings.data / "suhbat.sqlite3").stat().st_mode
    shutil.copy(kept, settings.data / "suhbat.sqlite3")
    assert main(["record", "rebuild"]) == 0
