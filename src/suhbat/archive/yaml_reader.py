"""Reads a file of the public record safely: refuses aliases, keys given twice, deep nesting and too large files.

All faults are collected, each with its line.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from suhbat.archive.yaml_writer import sha256
from suhbat.ground.language import Lazy, lazy

LARGEST = 200_000
"""Bytes of one file. The largest in the public record has 13,000."""
NAME = re.compile(r"^((formats|meetings/[a-z0-9-]+)/[a-z0-9-]+|people)\.yaml$")
"""The places of files in a folder of the public record."""
_ALIAS = re.compile(r"(?m)(^|[\s\[{,:])[&*][\w-]+")
_BRACKET = re.compile(r"[\[\]{}]")
_STEPS = re.compile(r"(?m)(?:[-?][ \t]+){10,}|^[ \t]{40,}")
DEEPEST = 20
"""Levels of nesting. The files of the public record have six."""

Step = str | int


@dataclass(frozen=True)
class Fault:
    """What is wrong, in which file, on which line (1 if the line is unknown)."""

    path: str
    line: int
    why: Lazy | str

    @property
    def reason(self) -> str:
        """What is wrong, in the present reader's language."""
        return str(self.why)

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.reason}"


@dataclass
class File:
    """One file: its text, its content after reading, and the line of each place in it."""

    path: str
    text: str
    content: Any = None
    lines: dict[tuple[Step, ...], int] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """`format`, `meeting` or `people`."""
        return self.path.partition("/")[0].removesuffix("s") if "/" in self.path else "people"

    @property
    def of(self) -> str:
        """The id of the format or meeting that it is about; `people` for the file of people."""
        return self.path.partition("/")[2].removesuffix(".yaml") if "/" in self.path else "people"

    @property
    def sha256(self) -> str:
        """The hash of its bytes."""
        return sha256(self.text)

    def fault(self, steps: tuple[Step, ...], why: Lazy | str) -> Fault:
        """A fault at a place in the content. Its line is that of the place, or of the nearest place around it."""
        while steps and steps not in self.lines:
            steps = steps[:-1]
        return Fault(self.path, self.lines.get(steps, 1), why)


def files_in(folder: Path) -> tuple[list[File], list[Fault]]:
    """The files of the public record in a folder, in the order of loading; faults for files that cannot be loaded."""
    files: list[File] = []
    paths = [*sorted(folder.glob("formats/*.yaml")), *sorted(folder.glob("meetings/*/*.yaml"))]
    if (folder / "people.yaml").exists():
        paths.append(folder / "people.yaml")
    faults = _misplaced(folder, paths)
    if not paths:
        why = lazy("no files of a public record here (formats/*.yaml, meetings/*/*.yaml)")
        faults.append(Fault(str(folder), 1, why))
    for path in paths:
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            faults.append(Fault(name, 1, lazy("a link to another file is not followed")))
            continue
        if not NAME.match(name):
            faults.append(Fault(name, 1, lazy("names are made of small letters, figures and hyphens")))
            continue
        if path.stat().st_size > LARGEST:
            faults.append(Fault(name, 1, lazy("larger than %(most)s bytes") % {"most": LARGEST}))
            continue
        try:
            files.append(File(name, path.read_bytes().decode()))
        except (UnicodeDecodeError, OSError) as fault:
            faults.append(Fault(name, 1, lazy("cannot be read: %(fault)s") % {"fault": fault}))
    return files, faults


def _misplaced(folder: Path, paths: list[Path]) -> list[Fault]:
    """Faults for files that would not be loaded, such as one named `.yml`."""
    loaded = set(paths)
    below = (path for part in ("formats", "meetings") for path in sorted((folder / part).rglob("*")))
    why = lazy("stands where nothing is read (meetings/FORMAT/DAY-NAME.yaml)")
    return [
        Fault(path.relative_to(folder).as_posix(), 1, why)
        for path in below
        if path not in loaded and (path.is_symlink() or not path.is_dir())
    ]


def read(file: File) -> list[Fault]:
    """Read a file's content and the line of every place in it. Returns the faults."""
    if _ALIAS.search(file.text) and (line := _alias_line(file.text)):
        return [Fault(file.path, line, lazy("anchors and aliases are not taken: write the thing out"))]
    if _may_be_deep(file.text) and (line := _too_deep_line(file.text)):
        return [Fault(file.path, line, lazy("nested too deeply"))]
    faults: list[Fault] = []
    loader = yaml.CSafeLoader(file.text)
    try:
        node = loader.get_single_node()
        if node is None:
            return [Fault(file.path, 1, lazy("the file is empty"))]
        _note_lines(file, node, (), faults)
        file.content = loader.construct_document(node)
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        faults.append(Fault(file.path, mark.line + 1 if mark else 1, _yaml_problem(fault.problem)))
    except (yaml.YAMLError, ValueError, RecursionError) as fault:
        faults.append(Fault(file.path, 1, _yaml_problem(str(fault).splitlines()[0])))
    finally:
        loader.dispose()
    return faults


def _yaml_problem(problem: str | None) -> Lazy:
    """A fault with the English message of the YAML library."""
    return lazy("no YAML: %(problem)s") % {"problem": problem}


def _may_be_deep(text: str) -> bool:
    """A quick look whether a text may be nested deeply. The YAML library would crash on it."""
    if _STEPS.search(text):
        return True
    depth = 0
    for bracket in _BRACKET.finditer(text):
        depth = depth + 1 if bracket[0] in "[{" else max(0, depth - 1)
        if depth > DEEPEST:
            return True
    return False


def _too_deep_line(text: str) -> int:
    """The line on which the nesting becomes too deep, or 0. It reads event by event and builds no tree."""
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST and event.start_mark:
                return int(event.start_mark.line) + 1
    except yaml.YAMLError:
        pass
    return 0


def _alias_line(text: str) -> int:
    """The line of the first anchor or alias; 0 if the signs are only in texts."""
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if (isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None)) and event.start_mark:
                return int(event.start_mark.line) + 1
    except yaml.YAMLError:
        pass
    return 0


def _note_lines(file: File, node: yaml.Node, steps: tuple[Step, ...], faults: list[Fault]) -> None:
    """Save the line of every place in the file, and find names that are given twice."""
    file.lines[steps] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        names = set()
        for key, value in node.value:
            name = str(key.value)
            if name in names:
                why = lazy("%(field)s: given twice") % {"field": name}
                faults.append(Fault(file.path, key.start_mark.line + 1, why))
            names.add(name)
            _note_lines(file, value, (*steps, name), faults)
            file.lines[*steps, name] = key.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode):
        for position, value in enumerate(node.value):
            _note_lines(file, value, (*steps, position), faults)
