"""Every message in French and Arabic, in step with the code, in the words of the glossary."""

from scripts import translations
from scripts.glossary import Glossary


def test_every_message_is_translated_and_keeps_to_the_glossary():
    template = translations.extract()
    glossary = Glossary.read(translations.ROOT / "translations")
    found = [
        problem
        for language in translations.LANGUAGES
        for problem in translations.problems(language, template, glossary)
    ]
    assert found == []
