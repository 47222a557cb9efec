"""The catalogues of interface texts, one for each language, collected from code and templates."""

from copy import deepcopy
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "suhbat"
LOCALE = SOURCE / "locale"
LANGUAGES = ("ru", "ja", "kk", "ky", "tg", "tk", "uz")
"""Languages that must have every text. English is the texts themselves."""
METHODS = [
    ("**/tests/**", "ignore"),
    ("tests/**", "ignore"),
    ("**.py", "scripts.translation_extractor:extract"),
    ("**/templates/**.html", "jinja2"),
]
OPTIONS = {"**/templates/**.html": {"trimmed": "true", "silent": "false", "extensions": "jinja2.ext.do"}}
HEADER = """# Suhbat in the language that the folder names. Who has read it: docs/languages.md.
# Apache-2.0, like the whole of Suhbat."""


def texts_in_source() -> Catalog:
    """Every text in code and templates, with its files."""
    texts = Catalog(project="Suhbat", charset="utf-8")
    extracted = extract_from_dir(SOURCE, METHODS, OPTIONS)
    for name, _line, message, comments, context in sorted(extracted, key=lambda row: (row[0], row[1])):
        texts.add(message, None, [(str(name), 1)], auto_comments=comments, context=context)
    return texts


def catalogue(code: str) -> Path:
    """The file of a language's texts."""
    return LOCALE / code / "LC_MESSAGES" / "suhbat.po"


def read(code: str) -> Catalog:
    """A language's texts; an empty catalogue where there are none yet."""
    path = catalogue(code)
    if not path.exists():
        return Catalog(locale=code, project="Suhbat", charset="utf-8")
    with path.open("rb") as source:
        return read_po(source, locale=code)


def write(code: str, texts: Catalog) -> None:
    """Save a language's texts, without headers that have no content."""
    texts.fuzzy = False
    texts.header_comment = HEADER
    texts.version, texts.msgid_bugs_address, texts.last_translator, texts.language_team = "", "", "", code
    catalogue(code).parent.mkdir(parents=True, exist_ok=True)
    with catalogue(code).open("wb") as target:
        write_po(target, texts, width=0, include_lineno=False, ignore_obsolete=True, sort_by_file=True)


def collect() -> None:
    """Bring each catalogue up to date. Translations stay, also where a text now has a context."""
    template = texts_in_source()
    for code in LANGUAGES:
        texts = read(code)
        translated = {one_id(message): message for message in texts if message.id and is_translated(message)}
        own = deepcopy(template)  # a catalogue takes the messages over, and each language fills in its own
        texts.update(own, no_fuzzy_matching=True, update_creation_date=False)
        for message in texts:
            earlier = translated.get(one_id(message))
            if message.id and not is_translated(message) and earlier and type(earlier.id) is type(message.id):
                message.string = earlier.string
        write(code, texts)


def one_id(message: Message) -> str:
    """The English of a text; the singular of a counted one."""
    return message.id if isinstance(message.id, str) else message.id[0]


def is_translated(message: Message) -> bool:
    """Whether a language has this text, in all its forms."""
    forms = (message.string,) if isinstance(message.string, str) else message.string or ()
    return bool(forms) and all(forms)


def compile_all() -> None:
    """Write the `.mo` file of every catalogue that is newer than its `.mo`."""
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/suhbat.po")):
        compiled = path.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= path.stat().st_mtime:
            continue
        with path.open("rb") as source, compiled.open("wb") as target:
            write_mo(target, read_po(source, locale=path.parts[-3]))
