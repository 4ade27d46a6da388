"""Services word their notes and reasons in jobs and commands too, where nobody asks for a language."""

from flask_babel import force_locale, get_locale, gettext


def test_messages_outside_a_request_are_english(app):
    with app.app_context():
        assert gettext("Page %(page)s of %(pages)s", page=1, pages=2) == "Page 1 of 2"


def test_a_letter_still_forces_the_language_of_its_reader(app):
    with app.app_context(), force_locale("fr"):
        assert get_locale().language == "fr"
