"""The check of texts finds each kind of fault in a catalogue that has it, and none in right texts."""

import pytest
from babel.messages import Catalog
from scripts import translation_catalogues, translation_checks, translation_forms, translation_terms

Text = str | tuple[str, str]


def catalogue_of(code: str, english: Text, *forms: str, context: str | None = None) -> Catalog:
    """A language's catalogue with one text in its plural forms."""
    catalogue = Catalog(locale=code)
    catalogue.add(english, forms if isinstance(english, tuple) else forms[0], context=context)
    return catalogue


def faults(code: str, english: Text, *forms: str) -> list[str]:
    return list(translation_checks.faults_in(code, catalogue_of(code, english, *forms)))


def test_a_text_left_in_english_is_found_and_a_name_is_not_taken_for_english():
    assert "left in English" in faults("ru", "Release the agenda", "Release the agenda")[0]
    assert faults("ru", "Release the agenda", "Распространить повестку") == []
    assert faults("ru", "%(time)s UTC", "%(time)s UTC") == []
    assert faults("ru", "PDF, Word", "PDF, Word") == []
    assert faults("uz", "Format", "Format") == []  # the Uzbek word is spelt alike
    assert "left in English" in faults("ky", "Format", "Format")[0]


@pytest.mark.parametrize("form", ["Из %(all)s", "%(all)s, %(count)s, %(more)s", "%(all)s %(counts)s"])
def test_a_lost_or_invented_placeholder_is_found(form):
    assert "carries" in faults("kk", "%(count)s of %(all)s", form)[0]
    assert faults("kk", "%(count)s of %(all)s", "%(all)s, соның ішінде %(count)s") == []


def test_tags_and_code_stay_unchanged():
    assert "carries" in faults("tg", "Send `Accept` <b>now</b>", "`Accept` фиристед")[0]
    assert faults("tg", "Send `Accept` <b>now</b>", "<b>Ҳозир</b> `Accept` фиристед") == []


def test_a_form_for_one_alone_may_leave_out_the_number():
    meetings = ("%(num)s meeting with %(who)s", "%(num)s meetings with %(who)s")
    assert faults("uz", meetings, "bitta yigʻilish: %(who)s", "%(num)s ta yigʻilish: %(who)s") == []
    assert "carries" in faults("uz", meetings, "bitta yigʻilish", "%(num)s ta yigʻilish: %(who)s")[0]
    assert "carries" in faults("uz", meetings, "%(num)s yigʻilish: %(who)s", "yigʻilishlar: %(who)s")[0]
    of_21_too = ("одна встреча: %(who)s", "%(num)s встречи: %(who)s", "%(num)s встреч: %(who)s")
    assert "carries" in faults("ru", meetings, *of_21_too)[0]


@pytest.mark.parametrize("code", translation_catalogues.LANGUAGES)
def test_the_first_form_is_for_one_alone_in_the_languages_that_may_leave_out_the_number(code):
    assert (Catalog(locale=code).plural_expr == "(n != 1)") == (code in translation_checks.ONE_ALONE)


def test_a_text_has_every_plural_form_and_the_blanks_of_the_english():
    assert "2 plural forms, not 3" in faults("ru", ("%(n)s day", "%(n)s days"), "%(n)s день", "%(n)s дней")[0]
    assert "blanks" in faults("ru", "Part of ", "Часть:")[0]
    assert faults("ru", "Part of ", "Часть: ") == []


@pytest.mark.parametrize(
    ("code", "form", "fault"),
    [
        ("ru", "Пов\u0065стка", "two alphabets"),  # a Latin e
        ("tk", "Gün tert\u0456bi", "two alphabets"),  # a Cyrillic і
        ("uz", "Kun тартиби", "'тартиби' has а, б, и, р, т"),
        ("ja", "議題 Повестка", "'Повестка' has"),
        ("tg", "Рӯзнома ва цикл", "'цикл' has ц"),
        ("ky", "Күн тәртиби", "'тәртиби' has ә"),
        ("kk", "Рӯзнома", "'Рӯзнома' has ӯ"),
        ("tk", "Gün tertıbi", "'tertıbi' has ı"),
        ("uz", "Bu soʻz bo'yicha", "the apostrophe"),
        ("uz", "Bu gʼoya", "the apostrophe"),
        ("uz", "Maʻno", "the apostrophe"),
    ],
)
def test_letters_of_another_alphabet_are_found(code, form, fault):
    assert fault in faults(code, "What it is about", form)[0]


@pytest.mark.parametrize(
    ("code", "form"),
    [
        ("ru", "Всё о JSON, %(time)sUTC и <b>Suhbat</b>"),
        ("ky", "Word'до жана PDF-файлда"),
        ("kk", "Күн тәртібі: ғылым, һәм"),
        ("tg", "Ҷадвали ҳуҷҷатҳо: ғ, ӣ, қ, ӯ"),
        ("tk", "Gün tertibi: ä, ç, ö, ü, ý, ž, ň, ş"),
        ("uz", "Maʼno, soʻz, gʻoya; Wordda"),
        ("ja", "議題（JSON）"),
    ],
)
def test_names_in_other_letters_are_no_fault(code, form):
    english = "All of it in JSON, %(time)s <b>x</b>" if "%(" in form else "What it is about"
    assert [fault for fault in faults(code, english, form) if "alphabets" in fault or "has" in fault] == []


def test_a_kazakh_text_that_is_the_same_as_the_russian_one_is_found():
    def faults_of(form):
        russian = catalogue_of("ru", "At least", "Не менее")
        return list(translation_checks._left_in_russian("kk", catalogue_of("kk", "At least", form), russian))

    assert "left in Russian" in faults_of("Не менее")[0]
    assert faults_of("Кемінде") == []


@pytest.mark.parametrize(
    ("code", "english", "broken", "right"),
    [
        ("ru", "Note-taker", "Ведущий запись", "Протоколист"),
        ("ru", "Adopted by silence", "Принят по умолчанию", "Принят по процедуре умолчания"),
        ("ja", "Recommendations", "勧告", "提言"),
        ("kk", "The silence held: %(title)s", "Үнсіздік сақталды: %(title)s", "Үнсіз келісім бұзылмады: %(title)s"),
        ("ky", "Reservations", "Шарттар", "Эскертмелер"),
        ("tg", "The meeting is over.", "Мулоқот ба охир расид.", "Ҷаласа ба охир расид."),
        ("tk", "Joint statement", "Bilelikdäki beýanat", "Bilelikdäki beýannama"),
        ("uz", "Dialogue partner", "Muloqot hamkori", "Muloqot boʻyicha hamkor"),
    ],
)
def test_a_rejected_term_is_found(code, english, broken, right):
    assert any("is " in fault for fault in faults(code, english, broken))
    assert faults(code, english, right) == []


def test_every_exception_in_the_table_of_terms_is_still_a_text():
    english = {translation_catalogues.one_id(message) for message in translation_catalogues.read("ru") if message.id}
    words = [word for term in translation_terms.table() for word in term["words"].values()]
    exceptions = {text for word in words for text in word.get("except", ())}
    assert exceptions
    assert exceptions <= english


@pytest.mark.parametrize(
    ("code", "english", "broken", "right"),
    [
        ("ru", "the %(n)s meeting", "%(n)s-й раз", "встреча № %(n)s"),
        ("ru", "%(state)s asks for the floor.", "%(state)s просит слова.", "Слова просит делегация: %(state)s."),
        ("ru", "“%(title)s” is adopted", "«%(title)s» принят", "Текст «%(title)s» принят"),
        ("ja", "Your seat", "あなたの席", "お席"),
        ("ja", "Two hours", "二時間", "2時間"),
        ("ja", "Place: %(place)s", "場所: %(place)s", "場所：%(place)s"),
        ("kk", "since %(date)s", "%(date)s бастап", "басталуы: %(date)s"),
        ("ky", "until %(date)s", "%(date)s чейин", "мөөнөтү: %(date)s"),
        ("tg", "For", "Барои", "Мақсади сухан"),
        ("tg", "These wait: “%(title)s”", "Мунтазир «%(title)s»-анд", "Мунтазир: «%(title)s»"),
        ("tk", "copy %(n)s", "nusga %(n)s-den", "nusga: %(n)s"),
        ("tk", "within %(label)s", "Bent %(label)s içinde", "%(label)s belgili bentde"),
        ("uz", "to “%(title)s”", "“%(title)s”ga", "“%(title)s” matniga"),
        ("uz", "at %(time)s", "%(time)sda", "soat %(time)s da"),
    ],
)
def test_an_ending_that_does_not_fit_every_placeholder_is_found(code, english, broken, right):
    assert faults(code, english, broken)
    assert faults(code, english, right) == []


@pytest.mark.parametrize("code", translation_catalogues.LANGUAGES)
def test_every_text_of_the_interface_passes(code):
    assert list(translation_checks.faults_in(code, translation_catalogues.read(code))) == []


def test_the_names_are_in_order_without_repetition():
    names = list(translation_forms.names())
    assert names == sorted(set(names), key=lambda name: (name.strip("-").casefold(), name))
