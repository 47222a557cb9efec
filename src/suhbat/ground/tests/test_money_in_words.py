"""Amounts in words: what the server writes, and that the page's script says the same while one types."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from suhbat.ground.language import LANGUAGES, reading_in
from suhbat.ground.money import CURRENCIES, QUALIFIERS, facts_of_words, show_in_words, show_number

ROOT = Path(__file__).parents[4]
VALUES = [
    1, 2, 5, 21, 22, 999, 1_000, 12_345, 500_000, 1_000_000, 1_500_000, 5_000_000, 21_000_000, 1_234_567, 99_999_999,
    1_898_000_000, 2_000_000_000, 1_234_567_891, 1_000_000_001, 3_027_771_000_000, 10**15,
]  # fmt: skip


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(("code", "words"), [
    ("en", ["nearly 2 billion yen", "1.898 billion yen", "1 billion 234 million 567,891 US dollars"]),
    ("ru", ["почти 2 млрд иен", "1,898 млрд иен", "1 млрд 234 млн 567 891 доллар США"]),
    ("ja", ["20億円近く", "18億9,800万円", "12億3,456万7,891米ドル"]),
    ("uz", ["qariyb 2 mlrd Yaponiya iyenasi", "1,898 mlrd Yaponiya iyenasi", "1 mlrd 234 mln 567 891 AQSH dollari"]),
])  # fmt: skip
def test_an_amount_is_said_exactly_as_one_speaks(code, words):
    amounts = [(2_000_000_000, "JPY", "nearly"), (1_898_000_000, "JPY", "exact"), (1_234_567_891, "USD", "exact")]
    with reading_in(code):
        shown = [show_in_words({"value": value, "currency": c, "qualifier": q}) for value, c, q in amounts]
    assert [plain(text) for text in shown] == words


def test_the_script_says_what_the_server_will_write(tmp_path):
    environment = {**os.environ, "PATH": f"{ROOT / '.venv' / 'bin'}:{os.environ['PATH']}"}
    node = shutil.which("node", path=environment["PATH"])
    assert node, "no Node.js: run scripts/front.sh"
    source = ROOT / "src" / "suhbat" / "acts" / "frontend" / "forms" / "amount-in-words.ts"
    esbuild = ROOT / "node_modules" / ".bin" / "esbuild"
    subprocess.run([esbuild, source, "--format=esm", f"--outfile={tmp_path / 'words.mjs'}"], check=True,
                   env=environment, capture_output=True)  # fmt: skip
    facts, amounts = {}, [(v, c, q) for v in VALUES for c in (*CURRENCIES, "") for q in (*QUALIFIERS, "")]
    for code in LANGUAGES:
        with reading_in(code):
            facts[code] = facts_of_words()
    (tmp_path / "ask.mjs").write_text(
        "import { inWords } from './words.mjs'; import { readFileSync } from 'node:fs';"
        "const { facts, amounts } = JSON.parse(readFileSync(0));"
        "console.log(JSON.stringify(Object.fromEntries(Object.entries(facts).map(([code, words]) =>"
        " [code, amounts.map(([value, currency, qualifier]) => inWords(words, value, currency, qualifier))]))));"
    )
    answer = subprocess.run([node, tmp_path / "ask.mjs"], input=json.dumps({"facts": facts, "amounts": amounts}),
                            text=True, capture_output=True, check=True)  # fmt: skip
    said = json.loads(answer.stdout)
    for code in LANGUAGES:
        with reading_in(code):
            for (value, currency, qualifier), text in zip(amounts, said[code], strict=True):
                if currency:
                    expected = show_in_words({"value": value, "currency": currency, "qualifier": qualifier})
                    assert text.split(" · ")[0] == expected, (code, value, currency, qualifier)
                assert text.split(" · ")[-1].endswith(show_number(value)) or value < 1_000
