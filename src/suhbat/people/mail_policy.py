"""How mails are written, so that every word of a subject and every address in a header arrives as it was."""

from email.header import Header
from email.policy import EmailPolicy

FOR_PROGRAMS = frozenset({"list-unsubscribe", "list-unsubscribe-post", "message-id"})
"""Headers that programs read: they are never encoded, and may be longer than a line that people read."""


class Whole(EmailPolicy):
    """The library's policy, but for what it spoils.

    Where it parts a long subject, it loses the blank between two parts, because RFC 2047 drops blanks between encoded
    words. So a subject with any letter beyond ASCII is encoded whole, blanks too. It also encodes a long web address
    as if it were words, which no mail program takes for an address any more.
    """

    def _fold(self, name: str, value: object, refold_binary: bool = False) -> str:
        text = str(value)
        if name.lower() == "subject" and not text.isascii():
            header = Header(text, "utf-8", header_name=name, maxlinelen=self.max_line_length or 78)
            return f"{name}: {header.encode(linesep=self.linesep)}{self.linesep}"
        if name.lower() in FOR_PROGRAMS and text.isascii():
            return f"{name}: {text}{self.linesep}"
        return super()._fold(name, value, refold_binary)  # type: ignore[misc,no-any-return]


MAIL_POLICY = Whole()
