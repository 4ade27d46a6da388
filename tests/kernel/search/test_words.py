"""Which words find which text: stems, accents, quotation marks and minus, language by language."""

import pytest

FOUND = [
    # language of the text, text, question
    ("en", "Two elections were postponed.", "election"),
    ("en", "Two elections were postponed.", "postponing elections"),
    ("en", "Two elections were postponed.", "the election"),
    ("en", "The by-election in COM-2024/15", "by-election"),
    ("en", "The by-election in COM-2024/15", '"by election"'),
    ("en", "The by-election in COM-2024/15", "com-2024/15"),
    ("en", "Registers with two staff", '"two staff"'),
    ("en", "Registers with two staff", '"TWO staff" registered'),
    ("en", "The elections of 2024/25", "2024"),
    ("en", "The elections of 2024/25", "٢٠٢٤"),
    ("ar", "انتخابات ٢٠٢٤", "2024"),
    ("en", "We bought 1,250 seals", "1,250"),
    ("en", "We bought 1,250 seals", '"1,250 seals"'),
    ("en", "A post\u2011election review", "post-election"),
    ("en", "The co\u00adope\u00adration of two", "cooperation"),
    ("en", "Open the file \u200erolls.csv\u200e first", '"file rolls.csv first"'),
    ("en", "Côte d’Ivoire and São Tomé", "cote d'ivoire"),
    ("en", "Côte d’Ivoire and São Tomé", "sao tome"),
    ("en", "Write to ama@example.org", "AMA@example.org"),
    ("en", "Write to ama@example.org", "example.org"),
    ("en", "The women’s turnout", "women"),
    ("en", "The café in the tropics", "cafe"),
    ("en", "The cafe in the tropics", "café"),
    ("en", "Write to ama@example.org", '"ama@example.org"'),
    ("fr", "L’inscription des électeurs de l’étranger", "inscriptions electeur"),
    ("fr", "L’inscription des électeurs de l’étranger", "électeurs étrangers"),
    ("fr", "L’inscription des électeurs de l’étranger", '"inscription des electeurs"'),
    ("fr", "L’inscription des électeurs de l’étranger", "l'inscription"),
    ("fr", "Les bureaux de vote", "bureau de vote"),
    ("fr", "Le matériel électoral", "materiels electoraux"),
    ("fr", "Les élections ont été reportées", "reporter"),
    ("fr", "Les élections ont été reportées", "reporté"),
    ("fr", "Le scrutin est reporté", "reportées"),
    ("fr", "Nous avons dépouillé les bulletins", "dépouillées"),
    ("fr", "Le cœur du scrutin", "coeur"),
    ("es", "Los jueces electorales", "juez"),
    ("es", "El juez electoral", "jueces"),
    ("es", "La votación de los observadores", "votaciones observador"),
    ("es", "Las votaciones se aplazaron", "votacion"),
    ("es", "Las votaciones se aplazaron", "votación"),
    ("es", "La elección del año", '"eleccion del ano"'),
    ("es", "Niños y niñas", "ninos"),
    ("pt", "A eleição foi adiada", "eleições"),
    ("pt", "As eleições foram adiadas", "eleicao"),
    ("pt", "As eleições foram adiadas", "eleição"),
    ("pt", "Os boletins eleitorais", "eleitoral"),
    ("pt", "A comissão eleitoral", '"comissao eleitoral"'),
    ("pt", "A comissão eleitoral", "comissões eleitorais"),
    ("ar", "تسجيل الناخبين في القرى", "الناخبين"),
    ("ar", "تسجيل الناخبين في القرى", "ناخب"),
    ("ar", "تَسْجِيلُ النَّاخِبِين", "تسجيل الناخبين"),
    ("ar", "تسجيل الناخبين", "تَسْجِيل"),
    ("ar", "تَسْجِيل النَّاخِبِين", '"تسجيل الناخبين"'),
    ("ar", "أعضاء اللجنة", "اعضاء"),
    ("ar", "اعضاء اللجنة", '"أعضاء اللجنة"'),
    ("ar", "إنتخابات محلية", "انتخابات"),
    ("ar", "الانتخابات المحلية", "انتخابات"),
    ("ar", "انتخابات محلية", "الانتخابات"),
    ("ar", "تســجيل", "تسجيل"),
    ("ar", "مستشفى", "مستشفي"),
    ("ar", "المسؤول عن السجل", "مسئول"),
    ("ar", "المرشحون والناخبون", "الناخبون"),
    ("ar", "المرشحون والناخبين", "ناخب"),
    ("ar", "المرشحون والناخبون", '"المرشحون والناخبون"'),
    ("ar", "بالانتخابات وللناخبين", "انتخابات ناخب"),
    ("ar", "إجراءات الاقتراع", "إجراء"),
    ("ar", "كل إجراء", "الإجراءات"),
    ("ar", "لجنة الانتخابات", "لجنه"),
    ("ar", "هیئة کبيرة", "هيئة كبيرة"),
    ("ar", "حبر لا يمحى", "«حبر لا يمحى»"),
    ("sw", "Uandikishaji wa wapiga kura", "kura"),
    ("fr", "Le logiciel « Open Ballot »", "ballot"),
]

NOT_FOUND = [
    ("en", "Two elections were postponed.", '"election"'),  # quoted: as written, not by stem
    ("en", "Two elections were postponed.", '"elections postponed"'),
    ("en", "Two elections were postponed.", "ballot"),
    ("en", "Indelible ink on the ballot", "ballot -ink"),
    ("en", "Two elections were postponed.", "postponed -election"),  # minus: in all its forms
    ("en", "Staff with two registers", '"two staff"'),
    ("en", "Registers with two staff", 'registers -"two staff"'),
    ("en", "Indelible ink", "-paper"),  # leaving out alone asks for nothing
    ("fr", "L’inscription des électeurs", "inscription -electeur"),
    ("fr", "L’inscription des électeurs", '"électeurs inscription"'),
    ("es", "Las votaciones se aplazaron", "aplazaron -votación"),
    ("es", "Las votaciones se aplazaron", '"votacion"'),
    ("pt", "As eleições foram adiadas", "adiadas -eleição"),
    ("ar", "تَسْجِيل الناخبين", "الناخبين -تسجيل"),
    ("ar", "تسجيل الناخبين", '"الناخبين تسجيل"'),
]


@pytest.mark.parametrize(("language", "body", "words"), FOUND)
def test_the_question_finds_the_text(put, found, reader, language, body, words):
    entry = put(body=body, language=language)
    assert found(reader, words) == [entry.object_id]


@pytest.mark.parametrize(("language", "body", "words"), NOT_FOUND)
def test_the_question_does_not_find_the_text(put, found, reader, language, body, words):
    put(body=body, language=language)
    assert found(reader, words) == []


def test_a_quotation_keeps_to_the_title_or_to_the_body(put, found, reader):
    put(title="Indelible ink", body="trial by fire")
    entry = put(title="An indelible ink trial")
    assert found(reader, '"ink trial"') == [entry.object_id]


def test_minus_leaves_a_word_out_and_keeps_the_rest(put, found, reader):
    put(title="Ballot paper and ink")
    entry = put(title="Ballot boxes")
    assert found(reader, "ballot -ink") == [entry.object_id]
    assert found(reader, 'ballot -"paper and"') == [entry.object_id]


def test_small_words_alone_are_looked_for_as_they_stand(put, found, reader):
    entry = put(title="Who watches the watchers")
    put(title="Ballot boxes")
    assert found(reader, "the") == [entry.object_id]


@pytest.mark.parametrize(
    ("language", "body", "words", "marked"),
    [
        ("en", "We saw two elections in May.", "election", "elections"),
        ("fr", "L’inscription des électeurs", "electeur", "électeurs"),
        ("pt", "As eleições foram adiadas", "eleição", "eleições"),
        ("es", "Las votaciones se aplazaron", "votación", "votaciones"),
        ("ar", "تَسْجِيل الناخبين", "تسجيل", "تَسْجِيل"),
        ("ar", "أعضاء اللجنة", "اعضاء", "أعضاء"),
    ],
)
def test_a_snippet_marks_the_word_as_it_is_written(
    put, as_reader, reader, language, body, words, marked
):
    from kernel.search import search

    put(body=body, language=language)
    with as_reader(reader):
        (hit,) = search(reader, words)
    assert f"<mark>{marked}</mark>" in hit.excerpt


def test_a_snippet_of_a_long_text_is_taken_where_the_word_stands(put, as_reader, reader):
    from kernel.search import search

    put(body="Sand. " * 4000 + "Indelible ink keeps. " + "Sand. " * 4000)
    with as_reader(reader):
        (hit,) = search(reader, "ink")
    assert "<mark>ink</mark> keeps" in hit.excerpt


def test_a_snippet_of_a_long_text_is_taken_where_the_word_begins(put, as_reader, reader):
    from kernel.search import search

    put(body="We think. " + "Sand. " * 4000 + "Indelible ink keeps.")
    with as_reader(reader):
        (hit,) = search(reader, "ink")
    assert "<mark>ink</mark> keeps" in hit.excerpt
