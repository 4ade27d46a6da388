"""The Dockerfile, by doing its own steps in a temporary folder."""

from tests.deploy.steps import HOME, ROOT


def left_out_by(name):
    """What a list of things to ignore names, wherever they lie."""
    lines = (ROOT / name).read_text().splitlines()
    return {line.removeprefix("**/").strip("/") for line in lines}


def test_secrets_and_what_git_leaves_out_stay_out_of_the_image():
    assert {".env", ".git"} <= left_out_by(".dockerignore")
    assert left_out_by(".gitignore") <= left_out_by(".dockerignore")


def test_image_holds_the_product_and_its_catalogues_but_no_tests(image):
    assert (image / "wsgi.py").exists()
    assert (image / "bin" / "comitia").stat().st_mode & 0o100
    for catalogue in (image / "translations").glob("*/LC_MESSAGES/messages.po"):
        assert catalogue.with_suffix(".mo").exists()
    assert not (image / "tests").exists()
    assert (image / "var" / "files").is_dir()


def test_image_runs_as_an_ordinary_user_who_was_made_before(stages):
    words = [step.word for step in stages[1].steps]
    assert stages[1].only("USER").rest == "comitia"
    made = [s.rest for s in stages[1].steps if s.word == "RUN" and "useradd" in s.rest]
    assert made
    assert words.index("USER") < words.index("CMD")
    assert stages[1].only("WORKDIR").rest == HOME
