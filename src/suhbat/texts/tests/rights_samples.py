"""What the tests of rights do with this package: a text of three paragraphs under negotiation."""

from sqlalchemy import select
from webauthn.helpers import bytes_to_base64url

from suhbat.texts.adoption.canonical_text import document
from suhbat.texts.adoption.signatures import challenge_for
from suhbat.texts.models import Paragraph, Proposal, Text
from suhbat.texts.negotiation.outcome_links import outcome_titles

PASTED = "Recalling the Dialogue,\n\n1. The Ministers welcomed the grant.\n\n2. They will meet again."


def plant(world):
    world.notes["text"] = world.do("chair", "text.opened", title="Joint Statement", paragraphs=PASTED).reply["text"]
    own = world.secret("delegation:KZ", where="a note of Kazakhstan's own on a paragraph")
    world.do("head", "note.kept", text=name(world), paragraph=paragraph(world).id, kind="note", wording=own)
    note = world.secret("participants", where="why a proposal was made")
    world.do("head", "proposal.made", proposing(world, note=note))


def name(world):
    return world.notes["text"]


def paragraph(world, n=1):
    return world.one(select(Paragraph).where(Paragraph.kind != "title").order_by(Paragraph.position).offset(n))


def of_text(world, **more):
    return {"meeting": world.meeting, "text": name(world), **more}


def of_paragraph(world, **more):
    row = paragraph(world, 2)
    return of_text(world, paragraph=row.id, seen=row.changed, **more)


def proposing(world, **more):
    row = paragraph(world)
    wording = row.wording.replace("welcomed", "warmly welcomed")
    return of_text(world, paragraph=row.id, revision=row.revision, wording=wording, **more)


def proposal(world):
    return world.one(select(Proposal).order_by(Proposal.id))


def of_proposal(world, *, with_last_change=False, **more):
    row = proposal(world)
    return of_text(world, proposal=row.id, **({"seen": row.changed} if with_last_change else {}), **more)


def incorporating(world):
    row = proposal(world)
    return of_text(world, proposal=row.id, seen=paragraph(world).changed)


def settled(world):
    """Withdraw the proposal, so that no bracket is left."""
    world.do("head", "proposal.withdrawn", of_proposal(world))
    return of_text(world)


def question_put(world):
    world.do("chair", "adoption.asked", settled(world))
    return of_text(world)


def answered(world):
    question_put(world)
    for head in ("head", "other head", "host's head"):
        world.do(head, "adoption.answered", of_text(world, agrees=True))
    return of_text(world)


def adopted(world):
    silent(world)
    world.at = world.at.replace(day=30)
    world.do_as_the_system("silence.held", of_text(world, silence=world.notes["silence"]))
    return of_text(world)


def silent(world):
    settled(world)
    started = world.do("chair", "silence.started", of_text(world, deadline="2020-08-20T18:00"))
    world.notes["silence"] = str(started.entry.body["silence"])
    return of_text(world, silence=world.notes["silence"])


def past_deadline(world):
    inputs = silent(world)
    world.at = world.at.replace(day=30)
    return inputs


def reminder_due(world):
    inputs = silent(world)
    world.at = world.at.replace(day=19, hour=12)
    return {**inputs, "stage": "day"}


def tied(world):
    second = world.do("other head", "proposal.made", {**proposing(world), "wording": "Another wording altogether."})
    proposals = [proposal(world).id, str(second.entry.body["proposal"])]
    return of_text(world, title="Together or not at all", proposals=proposals)


def package(world):
    tied_package = world.do("chair", "package.tied", tied(world))
    return of_text(world, package=tied_package.entry.body["package"]["id"])


def closed(world):
    world.do("chair", "paragraph.closed", of_paragraph(world))
    return of_text(world, paragraph=paragraph(world, 2).id, reason="A new fact")


def stranded(world):
    """Replace the words that the proposal would change."""
    inputs = of_text(world, paragraph=paragraph(world).id, seen=paragraph(world).changed, wording="All else was said.")
    world.do("chair", "paragraph.redrafted", inputs)
    return of_proposal(world, with_last_change=True, how="keep")


def set_aside(world):
    world.do("chair", "proposal.set_aside", of_proposal(world, reason="Not in this text"))
    return of_proposal(world)


def signing(world):
    """The head's own passkey answers for the adopted text."""
    adopted(world)
    with world.app.database.reading() as session:
        text = session.scalars(select(Text)).one()
        challenge = bytes_to_base64url(challenge_for(document(session, text), "KZ"))
        answer = world.notes["key"].get({"challenge": challenge})
        return of_text(world, digest=text.digest, answer=answer)


def broken(world):
    return {**silent(world), "paragraph": paragraph(world).id, "reason": "Not yet"}


def silence_broken(world):
    inputs = broken(world)
    world.do("head", "silence.broken", inputs)
    return of_text(world, silence=inputs["silence"])


def translating(world):
    world.do("chair", "version.languages_set", of_text(world, languages=["ru"]))
    row = paragraph(world)
    wording = "Министры приветствовали грант."
    return of_text(world, paragraph=row.id, language="ru", revision=row.revision, wording=wording)


def drafting_by_machine(world):
    """The operator has named a translation service."""
    object.__setattr__(world.app.settings, "translation", "http://127.0.0.1:9")
    return translating(world)


def entitling(world):
    world.do("chair", "version.languages_set", of_text(world, languages=["ru"]))
    return of_text(world, language="ru", title="Совместное заявление")


def confirming(world):
    entry_number = world.do("secretariat", "version.written", translating(world)).entry.number
    return of_text(world, paragraph=paragraph(world).id, language="ru", seen=entry_number)


def linked(world):
    with world.app.database.reading() as session:
        outcome = next(iter(outcome_titles(session, world.meeting)))
    inputs = of_text(world, paragraph=paragraph(world).id, outcome=outcome)
    world.do("chair", "paragraph.linked", inputs)
    return inputs


def term(world):
    return {"format": world.format, "en": "grant aid", "ru": "безвозмездная помощь"}


def dropping(world):
    return {"format": world.format, "term": world.do("clerk", "term.agreed", term(world)).entry.body["term"]}


def published(world):
    inputs = adopted(world)
    world.do("chair", "text.published", inputs)
    return inputs


ACTS = {
    "text.part_published": published,
    "paragraph.unlinked": linked,
    "paragraph.linked": lambda w: of_text(w, paragraph=paragraph(w).id),
    "version.languages_set": lambda w: of_text(w, languages=["ru"]),
    "version.written": translating,
    "version.titled": entitling,
    "version.drafted": drafting_by_machine,
    "version.confirmed": confirming,
    "term.agreed": term,
    "term.dropped": dropping,
    "text.opened": lambda w: {"meeting": w.meeting, "title": "Another text", "paragraphs": PASTED},
    "text.discussed": of_text,
    "text.published": adopted,
    "text.adopted": answered,
    "paragraph.added": lambda w: of_text(w, paragraphs="3. They thanked the host."),
    "paragraph.closed": of_paragraph,
    "paragraph.reopened": closed,
    "paragraph.moved": of_paragraph,
    "paragraph.redrafted": lambda w: of_paragraph(w, wording="They will meet again in 2021."),
    "proposal.made": proposing,
    "proposal.revised": lambda w: of_proposal(
        w, with_last_change=True, wording="The Ministers very much welcomed the grant."
    ),
    "proposal.withdrawn": of_proposal,
    "proposal.joined": of_proposal,
    "proposal.incorporated": incorporating,
    "proposal.repaired": stranded,
    "proposal.set_aside": lambda w: of_proposal(w, reason="Not in this text"),
    "proposal.taken_up": set_aside,
    "compromise.offered": proposing,
    "position.taken": lambda w: of_proposal(w, with_last_change=True, stand="reserves"),
    "package.tied": tied,
    "package.untied": package,
    "note.kept": lambda w: of_text(w, paragraph=paragraph(w).id, wording="Ask the capital"),
    "explanation.filed": lambda w: {**adopted(w), "wording": "We understand it so."},
    "silence.started": lambda w: {**settled(w), "deadline": "2020-08-20T18:00"},
    "silence.broken": broken,
    "silence.extended": lambda w: {**silent(w), "deadline": "2020-08-25T18:00", "reason": "The capitals asked for it."},
    "silence.lifted": silent,
    "silence.restored": silence_broken,
    "silence.held": past_deadline,
    "silence.reminded": reminder_due,
    "adoption.asked": settled,
    "adoption.answered": lambda w: {**question_put(w), "agrees": True},
    "adoption.put_off": question_put,
    "adoption.last_call": question_put,
    "text.signed": signing,
}


def pages(*ends):
    return lambda w: [f"/meetings/{w.meeting}/texts/{name(w)}{end}" for end in ends]


PAGES = {
    "/meetings/{format_:str}/{slug:str}/texts/{name:str}/copies": pages("/copies"),
    "/meetings/{format_:str}/{slug:str}/texts/{name:str}/copies/{file:str}": pages(
        "/copies/en.txt", "/copies/brackets.txt", "/copies/en.docx", "/copies/en.xml", "/copies/signed.json"
    ),
    "/meetings/{format_:str}/{slug:str}/texts/{name:str}/languages": pages("/languages"),
    "/meetings/{format_:str}/{slug:str}/texts/{name:str}/alternat": pages("/alternat"),
    "/meetings/{format_:str}/{slug:str}/texts/{name:str}": pages(""),
    "/meetings/{format_:str}/{slug:str}/texts/{name:str}/board": pages("/board"),
    "/meetings/{format_:str}/{slug:str}/texts/{name:str}/changes": pages("/changes"),
    "/meetings/{format_:str}/{slug:str}/texts/{name:str}/news": pages("/news?since=1000000"),
    "/meetings/{format_:str}/{slug:str}/texts/{name:str}/sign": pages("/sign"),
    "/meetings/{format_:str}/{slug:str}/texts/{name:str}/p/{paragraph:str}": lambda w: [
        f"/meetings/{w.meeting}/texts/{name(w)}/p/{paragraph(w).id}"
    ],
}
