import csv

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from scripts import translations
from scripts.glossary import Glossary, Term

GLOSSARY = Glossary(
    [
        Term("mission", {"fr": ("mission",), "ar": ("بعثة", "بعثات")}),
        Term("observation mission", {"fr": ("mission d'observation",), "ar": ("بعثة مراقبة",)}),
        Term("body", {"fr": ("organisme",), "ar": ("هيئة",)}),
    ],
    {("The body of the message", "body")},
)


def catalogue_with(language, english, translation, monkeypatch, tmp_path, **kwargs):
    """Write a catalogue of one message where the checks look for it; return the template."""
    template = Catalog()
    template.add(english, None, [("kernel/x.py", 0)])
    catalogue = Catalog(locale=language)
    catalogue.add(english, translation, [("kernel/x.py", 0)], **kwargs)
    file = tmp_path / f"{language}.po"
    with file.open("wb") as stream:
        write_po(stream, catalogue)
    monkeypatch.setattr(translations, "path_of", lambda _language: file)
    file.write_bytes(translations.updated(language, template))
    return template


def found(language, english, translation, monkeypatch, tmp_path, **kwargs):
    template = catalogue_with(language, english, translation, monkeypatch, tmp_path, **kwargs)
    return list(translations.problems(language, template, GLOSSARY))


def test_a_complete_catalogue_has_no_problem(monkeypatch, tmp_path):
    assert found("fr", "Hello %(name)s.", "Bonjour %(name)s.", monkeypatch, tmp_path) == []


def test_a_missing_translation_is_named(monkeypatch, tmp_path):
    assert found("fr", "Hello", "", monkeypatch, tmp_path) == ["fr: not translated: 'Hello'"]


def test_a_fuzzy_translation_is_named(monkeypatch, tmp_path):
    problems = found("fr", "Hello", "Salut", monkeypatch, tmp_path, flags=["fuzzy"])
    assert problems == ["fr: still marked fuzzy: 'Hello'"]


def test_a_lost_placeholder_is_named(monkeypatch, tmp_path):
    problems = found("fr", "Hello %(name)s", "Bonjour %(nom)s", monkeypatch, tmp_path)
    assert problems == ["fr: placeholders ['nom'] instead of ['name']: 'Hello %(name)s'"]


def test_arabic_needs_six_plural_forms_of_which_some_may_leave_out_the_number(
    monkeypatch, tmp_path
):
    english = ("%(num)s reply", "%(num)s replies")
    arabic = ("لا ردود", "رد واحد", "ردان", "%(num)s ردود", "%(num)s ردا", "%(num)s رد")
    assert found("ar", english, arabic, monkeypatch, tmp_path) == []
    problems = found("ar", english, (*arabic[:5], ""), monkeypatch, tmp_path)
    assert problems == ["ar: not translated: '%(num)s reply'"]


def test_a_message_added_to_the_code_puts_the_catalogue_behind(monkeypatch, tmp_path):
    template = catalogue_with("fr", "Hello", "Bonjour", monkeypatch, tmp_path)
    template.add("Good bye", None, [("kernel/x.py", 0)])
    problems = list(translations.problems("fr", template, GLOSSARY))
    assert problems == ["fr: the catalogue is behind the code; run make translations"]


def test_a_translation_must_use_the_term_of_the_glossary(monkeypatch, tmp_path):
    problems = found("fr", "Create a mission", "Créer un voyage", monkeypatch, tmp_path)
    assert problems == [
        "fr: does not use the glossary's “mission” for “mission”: 'Create a mission'"
    ]


def test_the_longest_term_counts_and_inflection_is_allowed(monkeypatch, tmp_path):
    english = "Observation missions of the bodies"
    french = "Missions d’observation des organismes"
    assert found("fr", english, french, monkeypatch, tmp_path) == []
    assert found("ar", english, "بعثات المراقبة للهيئات", monkeypatch, tmp_path) == []


def test_an_excepted_message_may_use_another_word(monkeypatch, tmp_path):
    english, french = "The body of the message", "Le corps du message"
    assert found("fr", english, french, monkeypatch, tmp_path) == []


def test_updating_keeps_translations_and_drops_what_the_code_no_longer_says(monkeypatch, tmp_path):
    catalogue_with("fr", "Hello", "Bonjour", monkeypatch, tmp_path)
    template = Catalog()
    template.add("Hello", None, [("kernel/y.py", 0)])
    file = tmp_path / "fr.po"
    file.write_bytes(translations.updated("fr", template))
    with file.open("rb") as stream:
        kept = read_po(stream, locale="fr")
    assert kept["Hello"].string == "Bonjour"
    assert kept["Hello"].locations == [("kernel/y.py", None)]


def test_one_word_said_of_two_things_is_two_messages():
    template = translations.extract()
    for context in ("topic", "placement", "attendance"):
        assert template.get("Open", context) is not None
    assert template.get("Open") is None


def test_messages_are_found_in_python_and_in_templates():
    found_in_repository = {
        (message.id, file)
        for message in translations.extract()
        for file, _line in message.locations
    }
    assert ("There is nothing at this address.", "kernel/errors.py") in found_in_repository


def test_the_glossary_has_its_terms_and_says_where_each_comes_from():
    folder = translations.ROOT / "translations"
    glossary = Glossary.read(folder)
    assert len({term.english for term in glossary.terms}) >= 120
    assert all(term.forms["fr"] and term.forms["ar"] for term in glossary.terms)
    with (folder / "GLOSSARY.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    sourced = [(row["term_en"], row[f"source_{code}"]) for row in rows for code in ("fr", "ar")]
    # A source is a title of several words; nobody's is told as it is.
    assert [
        (term, source) for term, source in sourced if source != "unverified" and " " not in source
    ] == []
