"""The commands in the documents work, and their links and file names lead somewhere."""

import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("data/*/README.md")])
SERVES = "serve"
"""A command that runs until it is ended; the browser tests run it."""


def quoted(text: str) -> list[str]:
    """All code of a document: inline, and line by line in blocks."""
    blocks = re.findall(r"^```[a-z]*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    inline = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL))
    return inline + [line.partition(" #")[0].strip() for block in blocks for line in block.splitlines()]


def everything_quoted() -> set[str]:
    return {code for path in DOCUMENTS for code in quoted(path.read_text(encoding="utf-8"))}


def suhbat_commands() -> list[str]:
    commands = {re.sub(r"^(\S+=\S+ )*(\.venv/bin/)?suhbat ", "", code) for code in everything_quoted()
                if re.match(r"(\S+=\S+ )*(\.venv/bin/)?suhbat \w", code)}  # fmt: skip
    return sorted(command for command in commands if "…" not in command and "[" not in command)


@pytest.fixture(scope="module")
def installation(tmp_path_factory) -> dict[str, str]:
    """The environment of an installation that was prepared as the operator's guide says."""
    folder = tmp_path_factory.mktemp("documents")
    environment = {**os.environ, "SUHBAT_DATA": str(folder), "SUHBAT_REHEARSAL": ""}
    command = [str(ROOT / ".venv/bin/suhbat"), "prepare"]
    subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True, timeout=120)
    return environment


@pytest.mark.parametrize("command", suhbat_commands())
def test_a_command_of_the_documents_works(command, installation):
    words = shlex.split(command)
    if words[0] == SERVES or any(word.isupper() for word in words):  # with a FILE or PATH, only `--help` can be run
        words = [*[word for word in words if not word.isupper() and not word.startswith("-")][:2], "--help"]
    if words[0] == SERVES:
        words = [SERVES, "--help"]
    done = subprocess.run(
        [str(ROOT / ".venv/bin/suhbat"), *words],
        check=False,
        env=installation,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr


def test_every_named_target_is_in_the_makefile():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {word for code in everything_quoted() for word in re.findall(r"\bmake ([a-z-]+)", code)}
    assert {"run", "test", "bench"} <= named <= targets


def test_the_guide_explains_every_setting_of_the_code_and_no_other():
    source = "".join(path.read_text() for path in (ROOT / "src/suhbat").rglob("*.py") if "tests" not in path.parts)
    used = set(re.findall(r'env(?:iron)?(?:\.get\(|\[)"(SUHBAT_\w+)"', source))
    guide = (ROOT / "docs/guides/operator.md").read_text()
    explained = set(re.findall(r"SUHBAT_[A-Z_]+", guide))
    assert used - explained - {"SUHBAT_REHEARSAL"} == set()  # the rehearsal switch belongs to `make run`
    assert explained - used == set()


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_and_picture_leads_somewhere(path):
    for target in re.findall(r"\]\(([^)#\s]+)", path.read_text(encoding="utf-8")):
        if not target.startswith(("http://", "https://", "mailto:")):
            assert (path.parent / target).exists(), f"{path.name} points at {target}"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_named_file_exists(path):
    for code in quoted(path.read_text(encoding="utf-8")):
        if re.fullmatch(r"(src|docs|scripts|data|tests)/[\w./-]+", code):
            assert (ROOT / code).exists(), f"{path.name} names {code}"
