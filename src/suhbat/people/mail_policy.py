"""How mails are written, so that every word of a subject arrives as it was."""

from email.header import Header
from email.policy import EmailPolicy


class SubjectsWhole(EmailPolicy):
    """The library's policy, but for subjects: where it parts a long one, it loses the blank between two parts.

    RFC 2047 drops blanks between encoded words. So a subject with any letter beyond ASCII is encoded whole, blanks too.
    """

    def _fold(self, name: str, value: object, refold_binary: bool = False) -> str:
        text = str(value)
        if name.lower() == "subject" and not text.isascii():
            header = Header(text, "utf-8", header_name=name, maxlinelen=self.max_line_length or 78)
            return f"{name}: {header.encode(linesep=self.linesep)}{self.linesep}"
        return super()._fold(name, value, refold_binary)  # type: ignore[misc,no-any-return]


MAIL_POLICY = SubjectsWhole()
