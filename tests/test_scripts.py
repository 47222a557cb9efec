"""Every script of `scripts/` prints its help and writes no file; a wrong argument is never taken for a folder."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from scripts import scaled_data

SCRIPTS = Path(__file__).parents[1] / "scripts"
NAMES = sorted(path.name for path in SCRIPTS.glob("*.py") if '__name__ == "__main__"' in path.read_text("utf-8"))


@pytest.fixture
def project(tmp_path) -> Path:
    """A folder with a copy of the scripts and nothing else, so that files beside them would be seen too."""
    (tmp_path / "scripts").mkdir()
    for path in SCRIPTS.glob("*.py"):
        shutil.copy(path, tmp_path / "scripts")
    shutil.copytree(SCRIPTS / "bench", tmp_path / "scripts" / "bench", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def test_the_scripts_with_a_command_line_are_found():
    assert {"bench.py", "migration.py", "scaled_data.py", "translations.py"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_help_writes_no_file(name, project):
    before = sorted(project.rglob("*"))
    command = [sys.executable, f"scripts/{name}", "--help"]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    run = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode in {0, 2}, run.stderr
    assert name in run.stdout
    assert sorted(project.rglob("*")) == before


@pytest.mark.parametrize("arguments", [["{folder}"], ["{folder}/file"], ["--anything"], ["{folder}/new", "0"], []])
def test_scaled_data_refuses_a_folder_that_is_not_empty(arguments, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("mine")
    with pytest.raises(SystemExit) as end:
        scaled_data.main([argument.replace("{folder}", str(tmp_path)) for argument in arguments])
    assert end.value.code == 2
    assert capsys.readouterr().err.startswith("usage: ")
    assert [path.name for path in tmp_path.rglob("*")] == ["file"]


def test_scaled_data_writes_each_copy_with_its_number(tmp_path, monkeypatch):
    shipped = tmp_path / "shipped"
    (shipped / "formats").mkdir(parents=True)
    (shipped / "meetings" / "six").mkdir(parents=True)
    (shipped / "people.yaml").write_text("[]\n")
    (shipped / "formats" / "six.yaml").write_text("id: six\n")
    (shipped / "meetings" / "six" / "2020.yaml").write_text("format: six\nafter: six/2019-first\n")
    monkeypatch.setattr(scaled_data, "SHIPPED", shipped)
    folder = tmp_path / "scaled"
    assert scaled_data.main([str(folder), "2"]) == 0
    files = {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*.yaml")}
    assert files == {
        "people.yaml": "[]\n",
        "formats/six.yaml": "id: six\n",
        "formats/six-001.yaml": "id: six-001\n",
        "meetings/six/2020.yaml": "format: six\nafter: six/2019-first\n",
        "meetings/six-001/2020.yaml": "format: six-001\nafter: six-001/2019-first\n",
    }
