r"""Compiled text as one line that people can read and programs can parse.

`[nearly] [JP: up to] 2 billion yen`: base words in plain brackets, each alternative after them with its holders.
`[JP: warmly]` alone is an insertion; `[very] [JP: –]` would leave words out; `[]` is an explicit empty base, written
only where an insertion directly follows another bracket. `[JP: up to [2] [KZ: 3] billion]` amends an alternative within
it. The space that goes with words that may be absent stands outside the bracket. What would be misread is escaped with
`\`.
"""

import re

from suhbat.texts.wording.brackets import Alternative, Compiled, Group, Node, as_held_by

NOTHING = "–"
_HOLDERS = re.compile(r"([A-Z][A-Z0-9\-]*(?:, [A-Z][A-Z0-9\-]*)*): ")
_SPECIAL = re.compile(r"[\[\]\\]")


def printed(nodes: Compiled) -> str:
    """Compiled text as one line."""
    line = ""
    for n, node in enumerate(nodes):
        if isinstance(node, str):
            line += _plain(node, nodes[n - 1] if n else None, nodes[n + 1] if n + 1 < len(nodes) else None)
        else:
            lead = " " if node.space == "before" else ""
            follows = line.endswith(("]", "] "))
            line += lead + _group(node, explicit=follows) + (" " if node.space == "after" else "")
    return line


def _group(group: Group, *, explicit: bool) -> str:
    parts: list[str] = []
    if group.base:
        inside = printed(group.base)
        parts.append(f"[\\{inside}]" if _HOLDERS.match(inside) else f"[{inside}]")
    elif explicit:
        parts.append("[]")
    for alternative in group.alternatives:
        words = alternative.words
        words = "\\" + words if words == NOTHING else _escaped(words) or NOTHING
        words = printed(alternative.inner) if alternative.inner else words
        parts.append(f"[{', '.join(alternative.holders)}: {words}]")
    return " ".join(parts)


def _plain(text: str, before: Node | None, after: Node | None) -> str:
    """Plain text; a space beside a bracket that would be taken for the bracket's own is escaped."""
    first = isinstance(before, Group) and before.may_be_absent and before.space != "after" and text.startswith(" ")
    last = isinstance(after, Group) and after.may_be_absent and not after.space and text.endswith(" ")
    if text == " " and (first or last):
        return "\\ "
    start, middle, end = int(first), text, ""
    if last:
        middle, end = text[:-1], "\\ "
    return ("\\ " if first else "") + _escaped(middle[start:]) + end


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda special: "\\" + special.group(), text)


def parsed(line: str) -> Compiled:
    """The compiled text of a line of `printed`. Raises ValueError where a bracket is not closed, or not opened."""
    reader = _Reader(line)
    nodes = reader.nodes()
    if reader.at < len(line):
        raise ValueError(f"a bracket closes at {reader.at} that was not opened")
    return nodes


class _Reader:
    def __init__(self, line: str) -> None:
        self.line, self.at = line, 0

    def nodes(self) -> Compiled:
        """Read up to the end or a closing bracket."""
        nodes: list[Node] = []
        letters: list[str] = []
        bare = False  # whether the last letter is a space that was not escaped
        while self.at < len(self.line) and self.line[self.at] != "]":
            if self.line[self.at] == "[":
                group = self._group(takes_space_before=bare)
                if group.space == "before":
                    letters.pop()
                nodes += ["".join(letters), group]
                letters, bare = [], False
                continue
            bare = self.line[self.at] == " "
            letters.append(self._letter())
        return tuple(node for node in [*nodes, "".join(letters)] if node)

    def _letter(self) -> str:
        if self.line[self.at] == "\\":
            self.at += 1
        if self.at >= len(self.line):
            raise ValueError("the line ends within an escape")
        self.at += 1
        return self.line[self.at - 1]

    def _group(self, *, takes_space_before: bool) -> Group:
        base: Compiled = ()
        if not _HOLDERS.match(self.line, self.at + 1):
            self.at += 1
            base = self.nodes()
            self._close()
            self._expect_alternative()
        alternatives = [self._alternative()]
        while self.line.startswith(" [", self.at) and _HOLDERS.match(self.line, self.at + 2):
            self.at += 1
            alternatives.append(self._alternative())
        group = Group(base, tuple(alternatives))
        if not group.may_be_absent:
            return group
        if self.line.startswith(" ", self.at):
            self.at += 1
            return Group(base, tuple(alternatives), "after")
        return Group(base, tuple(alternatives), "before") if takes_space_before else group

    def _expect_alternative(self) -> None:
        if not self.line.startswith(" [", self.at) or not _HOLDERS.match(self.line, self.at + 2):
            raise ValueError(f"brackets without an alternative at {self.at}")
        self.at += 1

    def _alternative(self) -> Alternative:
        holders = _HOLDERS.match(self.line, self.at + 1)
        if holders is None:
            raise ValueError(f"brackets without holders at {self.at}")
        self.at = holders.end()
        if self.line.startswith(NOTHING + "]", self.at):
            self.at += len(NOTHING)
            self._close()
            return Alternative(tuple(holders[1].split(", ")), "")
        nodes = self.nodes()
        self._close()
        nested = any(isinstance(node, Group) for node in nodes)
        return Alternative(tuple(holders[1].split(", ")), as_held_by(nodes), inner=nodes if nested else ())

    def _close(self) -> None:
        if not self.line.startswith("]", self.at):
            raise ValueError("a bracket is not closed")
        self.at += 1
