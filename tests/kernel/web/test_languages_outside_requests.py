"""Services word their notes and reasons in jobs and commands too, where nobody asks for a language."""

from flask_babel import force_locale, get_locale, gettext

from kernel.errors import INFLECTED, P_


def test_messages_outside_a_request_are_english(app):
    with app.app_context():
        assert gettext("Page %(page)s of %(pages)s", page=1, pages=2) == "Page 1 of 2"


def test_the_state_of_a_thing_takes_the_gender_of_the_thing(app):
    topic, placement = P_("topic", "Open"), P_("placement", "Open")
    with app.app_context():
        assert [gettext(topic), gettext(placement)] == ["Open", "Open"]
    with app.app_context(), force_locale("fr"):
        assert [gettext(topic), gettext(placement)] == ["Ouvert", "Ouverte"]


def test_no_catalogue_shows_a_context(app):
    for language in ("en_GB", "fr", "ar"):
        with app.app_context(), force_locale(language):
            assert not [key for key in INFLECTED if "\x04" in gettext(key)]


def test_a_letter_still_forces_the_language_of_its_reader(app):
    with app.app_context(), force_locale("fr"):
        assert get_locale().language == "fr"
