"""Reading one file of the public record, safely: no aliases, no doubled keys, no bottomless nesting, no giants.

Faults are collected, each with the line it stands on.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from suhbat.archive.yaml_writer import sha256
from suhbat.ground.language import Lazy, lazy

LARGEST = 200_000
"""Bytes of one file; the largest shipped has 13,000."""
_NAME = re.compile(r"^((formats|meetings/[a-z0-9-]+)/[a-z0-9-]+|people)\.yaml$")
_ALIAS = re.compile(r"(?m)(^|[\s\[{,:])[&*][\w-]+")
_BRACKET = re.compile(r"[\[\]{}]")
_STEPS = re.compile(r"(?m)(?:[-?][ \t]+){10,}|^[ \t]{40,}")
DEEPEST = 20
"""Levels of one thing within another; the files of the record have six."""

Step = str | int


@dataclass(frozen=True)
class Fault:
    """What is wrong, in which file, on which line (1 where no line can be named)."""

    path: str
    line: int
    why: Lazy | str

    @property
    def reason(self) -> str:
        """Why, in the present reader's language."""
        return str(self.why)

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.reason}"


@dataclass
class File:
    """One file: its text, its content once read, and where each thing in it stands."""

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
        """The id of what it tells of."""
        return self.path.partition("/")[2].removesuffix(".yaml") if "/" in self.path else "people"

    @property
    def sha256(self) -> str:
        """The hash of its bytes."""
        return sha256(self.text)

    def fault(self, steps: tuple[Step, ...], why: Lazy | str) -> Fault:
        """A fault at a place in the content, or at the nearest place around it that has a line."""
        while steps and steps not in self.lines:
            steps = steps[:-1]
        return Fault(self.path, self.lines.get(steps, 1), why)


def files_in(folder: Path) -> tuple[list[File], list[Fault]]:
    """Every file of the record below a folder, unread, in the order of loading; and those that cannot be opened."""
    files: list[File] = []
    paths = [*sorted(folder.glob("formats/*.yaml")), *sorted(folder.glob("meetings/*/*.yaml"))]
    if (folder / "people.yaml").exists():
        paths.append(folder / "people.yaml")
    faults = _lost(folder, paths)
    if not paths:
        why = lazy("no files of a public record here (formats/*.yaml, meetings/*/*.yaml)")
        faults.append(Fault(str(folder), 1, why))
    for path in paths:
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            faults.append(Fault(name, 1, lazy("a link to another file is not followed")))
            continue
        if not _NAME.match(name):
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


def _lost(folder: Path, read: list[Path]) -> list[Fault]:
    """Files that stand among those of the record and would be passed over in silence, such as one named `.yml`."""
    taken = set(read)
    below = (path for part in ("formats", "meetings") for path in sorted((folder / part).rglob("*")))
    why = lazy("stands where nothing is read (meetings/FORMAT/DAY-NAME.yaml)")
    return [
        Fault(path.relative_to(folder).as_posix(), 1, why)
        for path in below
        if path not in taken and (path.is_symlink() or not path.is_dir())
    ]


def read(file: File) -> list[Fault]:
    """Read a file's content and the line of every place in it."""
    if _ALIAS.search(file.text) and (at := _alias(file.text)):
        return [Fault(file.path, at, lazy("anchors and aliases are not taken: write the thing out"))]
    if _may_be_deep(file.text) and (at := _too_deep(file.text)):
        return [Fault(file.path, at, lazy("nested too deeply"))]
    faults: list[Fault] = []
    loader = yaml.CSafeLoader(file.text)
    try:
        node = loader.get_single_node()
        if node is None:
            return [Fault(file.path, 1, lazy("the file is empty"))]
        _walk(file, node, (), faults)
        file.content = loader.construct_document(node)
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        faults.append(Fault(file.path, mark.line + 1 if mark else 1, _no_yaml(fault.problem)))
    except (yaml.YAMLError, ValueError, RecursionError) as fault:
        faults.append(Fault(file.path, 1, _no_yaml(str(fault).splitlines()[0])))
    finally:
        loader.dispose()
    return faults


def _no_yaml(problem: str | None) -> Lazy:
    """What the reader of YAML says is wrong, in its own English."""
    return lazy("no YAML: %(problem)s") % {"problem": problem}


def _may_be_deep(text: str) -> bool:
    """Whether a text could be nested deeply, seen quickly: the reader of trees would fall through the bottom of one."""
    if _STEPS.search(text):
        return True
    depth = 0
    for found in _BRACKET.finditer(text):
        depth = depth + 1 if found[0] in "[{" else max(0, depth - 1)
        if depth > DEEPEST:
            return True
    return False


def _too_deep(text: str) -> int:
    """The line on which the nesting becomes too deep; 0 where it never does. Events are read one by one, no tree."""
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST and event.start_mark:
                return int(event.start_mark.line) + 1
    except yaml.YAMLError:
        pass
    return 0


def _alias(text: str) -> int:
    """The line of the first anchor or alias; 0 where the signs only stand in a text."""
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if (isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None)) and event.start_mark:
                return int(event.start_mark.line) + 1
    except yaml.YAMLError:
        pass
    return 0


def _walk(file: File, node: yaml.Node, steps: tuple[Step, ...], faults: list[Fault]) -> None:
    file.lines[steps] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            name = str(key.value)
            if name in seen:
                why = lazy("%(field)s: given twice") % {"field": name}
                faults.append(Fault(file.path, key.start_mark.line + 1, why))
            seen.add(name)
            _walk(file, value, (*steps, name), faults)
            file.lines[*steps, name] = key.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode):
        for position, value in enumerate(node.value):
            _walk(file, value, (*steps, position), faults)
