"""Tables of texts under negotiation: paragraphs and their revisions, proposals, positions, notes of a delegation."""

from sqlalchemy import JSON, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy import Text as Long
from sqlalchemy.orm import Mapped, mapped_column, relationship

from suhbat.ground.database import Base
from suhbat.texts.models_adoption import Answer, AskedForAdoption, Explanation, Signature, Silence
from suhbat.texts.models_language import EarlierVersion, Term, Version

__all__ = [
    "Answer",
    "AskedForAdoption",
    "EarlierVersion",
    "Explanation",
    "OutcomeLink",
    "OwnNote",
    "Package",
    "Paragraph",
    "Placement",
    "Position",
    "Proposal",
    "Revision",
    "Signature",
    "Silence",
    "Term",
    "Text",
    "Version",
]


class Text(Base):
    """A document under negotiation. Its id is `<meeting>/<name>`; the name is its public address."""

    __tablename__ = "text"
    __table_args__ = (UniqueConstraint("meeting", "name"),)

    id: Mapped[str] = mapped_column(String(240), primary_key=True)
    meeting: Mapped[str] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(Long)
    """Its present title: the wording of the paragraph of kind `title`, which has revisions like any other."""
    kind: Mapped[str] = mapped_column(String(20))
    """`joint-statement`, `chairs-statement`, `action-plan`, `recommendations` or `corrigendum`."""
    language: Mapped[str] = mapped_column(String(5))
    """The leading language."""
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    """The further languages; their confirmed versions are required for adoption."""
    status: Mapped[str] = mapped_column("state", String(20), default="drafting")
    """`drafting`, `silence`, `asked`, `adopted`."""
    order: Mapped[list[str]] = mapped_column(JSON)
    """The delegations that negotiate it, in the protocol order of its opening."""
    algorithm: Mapped[int] = mapped_column()
    """The version of the difference algorithm by which it is always compared."""
    follows: Mapped[str | None] = mapped_column(String(240), nullable=True)
    """The text it was begun from."""
    corrects: Mapped[str | None] = mapped_column(String(240), nullable=True)
    """The adopted text that this corrigendum corrects."""
    discussed: Mapped[str | None] = mapped_column(String(40), nullable=True)
    """The paragraph that is on everyone's screen in the room."""
    opened: Mapped[int] = mapped_column(Integer)
    """The entry that opened it."""
    changed: Mapped[int] = mapped_column(Integer)
    """The entry that last changed it: forms carry it."""
    adopted: Mapped[str | None] = mapped_column(String(27), nullable=True)
    """The instant of its adoption (`clock.stamp`)."""
    adopted_by: Mapped[str] = mapped_column(String(20), default="")
    """`silence` or `consensus`."""
    digest: Mapped[str] = mapped_column(String(64), default="")
    """SHA-256 of the adopted text with all its languages: what heads sign."""
    published: Mapped[bool] = mapped_column(default=False)

    paragraphs: Mapped[list["Paragraph"]] = relationship(
        primaryjoin="and_(Text.id == Paragraph.text, Paragraph.kind != 'title')",
        order_by="Paragraph.position, Paragraph.id",
        viewonly=True,
    )
    """In their order, without the title."""


class Paragraph(Base):
    """One paragraph. Its id never changes; its number follows its place."""

    __tablename__ = "text_paragraph"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    text: Mapped[str] = mapped_column(ForeignKey("text.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column()
    kind: Mapped[str] = mapped_column(String(20))
    """`section`, `preambular`, `operative`, `sub`, `annex` or `table`; `title` for the one that entitles the text."""
    revision: Mapped[int] = mapped_column(default=0)
    """The number of its present revision; 0 while it is only proposed."""
    wording: Mapped[str] = mapped_column(Long, default="")
    """Empty while it is only proposed, and after it was deleted."""
    status: Mapped[str] = mapped_column("state", String(20), default="open")
    """`open`, `ad-referendum` or `agreed`."""
    changed: Mapped[int] = mapped_column(Integer)
    """The entry that last changed its base, its status or its place."""


class Revision(Base):
    """A paragraph as it stood; revisions are added, never changed."""

    __tablename__ = "text_revision"
    __table_args__ = (UniqueConstraint("paragraph", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    paragraph: Mapped[str] = mapped_column(ForeignKey("text_paragraph.id", ondelete="CASCADE"), index=True)
    number: Mapped[int] = mapped_column()
    wording: Mapped[str] = mapped_column(Long)
    why: Mapped[str] = mapped_column(String(20))
    """`opened`, `incorporated`, `redrafted`, `added`, `split`, `struck`."""
    entry: Mapped[int] = mapped_column(Integer)
    time: Mapped[str] = mapped_column(String(27))


class OutcomeLink(Base):
    """A paragraph puts an outcome of the meeting, such as a pledge, into words: many to many."""

    __tablename__ = "text_outcome_link"
    __table_args__ = (UniqueConstraint("paragraph", "outcome"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    paragraph: Mapped[str] = mapped_column(ForeignKey("text_paragraph.id", ondelete="CASCADE"), index=True)
    outcome: Mapped[str] = mapped_column(String(240), index=True)
    entry: Mapped[int] = mapped_column(Integer)


class Placement(Base):
    """A paragraph took a place. All placements in their order give the order of the text as of any entry."""

    __tablename__ = "text_placement"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(ForeignKey("text.id", ondelete="CASCADE"), index=True)
    paragraph: Mapped[str] = mapped_column(ForeignKey("text_paragraph.id", ondelete="CASCADE"))
    after: Mapped[str] = mapped_column(String(40))
    """The paragraph it then followed; empty for the first place."""
    moved: Mapped[bool] = mapped_column()
    """Whether it had stood elsewhere before."""
    entry: Mapped[int] = mapped_column(Integer)
    time: Mapped[str] = mapped_column(String(27))


class Proposal(Base):
    """A change that delegations propose in one paragraph, against a numbered revision of it."""

    __tablename__ = "text_proposal"
    __table_args__ = (UniqueConstraint("text", "number"), Index("ix_text_proposal_paragraph", "paragraph", "state"))

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    text: Mapped[str] = mapped_column(ForeignKey("text.id", ondelete="CASCADE"))
    number: Mapped[int] = mapped_column()
    """Its number within the text, by which people refer to it."""
    paragraph: Mapped[str] = mapped_column(ForeignKey("text_paragraph.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20))
    """`wording`, `deletion`, `addition` or `move`."""
    by: Mapped[str] = mapped_column(String(20))
    """The delegation that made it; `CHAIR` for a compromise of the chair."""
    holders: Mapped[list[str]] = mapped_column(JSON)
    """All sides that ask for it, in protocol order."""
    base: Mapped[int] = mapped_column()
    """The revision it rests on."""
    wording: Mapped[str] = mapped_column(Long)
    """The whole paragraph as its holders would have it; empty: delete it."""
    after: Mapped[str | None] = mapped_column(String(40), nullable=True)
    """Of a move: the paragraph it should follow; empty for the first place."""
    amends: Mapped[str | None] = mapped_column(ForeignKey("text_proposal.id"), nullable=True)
    """The proposal that it would change; None for a proposal on the base."""
    note: Mapped[str] = mapped_column(Long, default="")
    """The holders' reason, which everyone reads."""
    status: Mapped[str] = mapped_column("state", String(20), default="open")
    """`open`, `flagged` (words it rests on have changed), `incorporated`, `met`, `set-aside` or `withdrawn`."""
    why: Mapped[str] = mapped_column(Long, default="")
    """Why it was set aside or withdrawn."""
    package: Mapped[str | None] = mapped_column(ForeignKey("text_package.id"), nullable=True)
    made: Mapped[int] = mapped_column(Integer)
    worded: Mapped[int] = mapped_column(Integer)
    """The entry that last changed its words: answers before it were to other words."""
    changed: Mapped[int] = mapped_column(Integer)


class Package(Base):
    """Proposals that are taken together or not at all."""

    __tablename__ = "text_package"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    text: Mapped[str] = mapped_column(ForeignKey("text.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    by: Mapped[str] = mapped_column(String(20))
    entry: Mapped[int] = mapped_column(Integer)


class Position(Base):
    """A delegation's answer to a proposal. No row: it has not answered."""

    __tablename__ = "text_position"
    __table_args__ = (UniqueConstraint("proposal", "delegation"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal: Mapped[str] = mapped_column(ForeignKey("text_proposal.id", ondelete="CASCADE"), index=True)
    delegation: Mapped[str] = mapped_column(String(20))
    stand: Mapped[str] = mapped_column(String(20))
    """`supports`, `can-accept`, `reserves` or `objects`."""
    reason: Mapped[str] = mapped_column(Long, default="")
    pending: Mapped[str | None] = mapped_column(String(40), nullable=True)
    """The paragraph that a reservation waits for."""
    entry: Mapped[int] = mapped_column(Integer)


class OwnNote(Base):
    """A delegation's own note, or draft of a wording. Nobody else ever sees it."""

    __tablename__ = "text_own_note"
    __table_args__ = (UniqueConstraint("paragraph", "delegation", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    paragraph: Mapped[str] = mapped_column(ForeignKey("text_paragraph.id", ondelete="CASCADE"), index=True)
    delegation: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(10))
    """`note` or `draft`."""
    wording: Mapped[str] = mapped_column(Long)
    entry: Mapped[int] = mapped_column(Integer)
