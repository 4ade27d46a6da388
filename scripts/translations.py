"""Keep the catalogues in step with the code: extract, update, compile, check.

    python scripts/translations.py            extract, update and compile every catalogue
    python scripts/translations.py compile    write the .mo files the application reads
    python scripts/translations.py check      name what is missing or wrong, exit status 1 if any

The English text is the key of each message; the catalogues are
`translations/<language>/LC_MESSAGES/messages.po`.
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.glossary import Glossary  # noqa: E402 - found by the line above when run as a program

LANGUAGES = ("fr", "ar")
KEYWORDS = {
    "_": None,
    "N_": None,
    "P_": ((1, "c"), 2),
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
SOURCES = ("kernel", "network", "missions", "training")
_PLACEHOLDER = re.compile(r"%\((\w+)\)([sd])|%%")


def path_of(language: str) -> Path:
    """Return the catalogue of a language."""
    return ROOT / "translations" / language / "LC_MESSAGES" / "messages.po"


def extract() -> Catalog:
    """Return every message of the code and the templates, with the files it stands in."""
    template = Catalog(project="Comitia", charset="utf-8")
    with (ROOT / "babel.cfg").open(encoding="utf-8") as config:
        methods, options = parse_mapping_cfg(config)  # type: ignore[no-untyped-call]
    found = extract_from_dir(
        str(ROOT),
        methods,
        options,
        keywords=KEYWORDS,
        comment_tags=("Translators:",),
        directory_filter=_is_source,
    )
    for file, _line, message, comments, context in found:
        # Line numbers would make every edit of the code an edit of the catalogues.
        template.add(message, None, [(file, 0)], auto_comments=comments, context=context)
    return template


def _is_source(directory: str) -> bool:
    parts = Path(directory).relative_to(ROOT).parts
    return not parts or parts[0] in SOURCES


def read(language: str) -> Catalog:
    """Return the catalogue of a language, an empty one when it has none yet."""
    file = path_of(language)
    if not file.exists():
        return Catalog(locale=language, project="Comitia", charset="utf-8", fuzzy=False)
    with file.open("rb") as stream:
        return read_po(stream, locale=language)


def updated(language: str, template: Catalog) -> bytes:
    """Return the catalogue as it should stand for the messages of today, untranslated ones empty.

    A text that changed is a new message: no guess is taken over from a similar one.
    """
    catalog = read(language)
    template.creation_date = catalog.creation_date
    catalog.update(template, no_fuzzy_matching=True)
    catalog.header_comment = f"# Comitia, {catalog.locale.english_name if catalog.locale else ''}."
    catalog.version, catalog.msgid_bugs_address = "1", ""
    catalog.last_translator = catalog.language_team = "Comitia translators"
    catalog.revision_date = catalog.creation_date
    stream = io.BytesIO()
    write_po(
        stream, catalog, sort_output=True, include_lineno=False, ignore_obsolete=True, width=100
    )
    return stream.getvalue()


def update() -> None:
    """Bring every catalogue to the messages of today."""
    template = extract()
    for language in LANGUAGES:
        file = path_of(language)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(updated(language, template))
        missing = sum(1 for message in read(language) if message.id and not translated(message))
        print(f"{language}: {len(template)} messages, {missing} to translate")


def compile_catalogues() -> None:
    """Write the binary catalogues that are older than their text."""
    for language in LANGUAGES:
        source = path_of(language)
        target = source.with_suffix(".mo")
        if source.exists() and (
            not target.exists() or target.stat().st_mtime <= source.stat().st_mtime
        ):
            partial = target.with_suffix(".mo.part")
            with partial.open("wb") as stream:
                write_mo(stream, read(language))
            partial.replace(target)


def forms(message: Message) -> tuple[str, ...]:
    """Return the translations of a message: one, or one for each plural form."""
    given = message.string
    return tuple(given) if isinstance(given, (list, tuple)) else (str(given),)


def translated(message: Message) -> bool:
    """Say whether every form of a message is there."""
    return all(forms(message))


def sources(message: Message) -> tuple[str, ...]:
    """Return the English texts of a message: one, or singular and plural."""
    return tuple(message.id) if isinstance(message.id, (list, tuple)) else (message.id,)


def placeholders(text: str) -> set[str]:
    """Return the named placeholders of a text, ``%%`` left aside."""
    return {name for name, _kind in _PLACEHOLDER.findall(text) if name}


def problems(language: str, template: Catalog, glossary: Glossary) -> Iterator[str]:
    """Yield, as one line each, everything that is wrong with a catalogue."""
    file = path_of(language)
    if not file.exists() or file.read_bytes() != updated(language, template):
        yield f"{language}: the catalogue is behind the code; run make translations"
    catalog = read(language)
    for message in catalog:
        if not message.id:
            continue
        text = sources(message)[0]
        if not translated(message):
            yield f"{language}: not translated: {text!r}"
            continue
        if message.fuzzy:
            yield f"{language}: still marked fuzzy: {text!r}"
        yield from (f"{language}: {wrong}: {text!r}" for wrong in _mistakes(message, catalog))
        yield from (
            f"{language}: {wrong}: {text!r}" for wrong in glossary.misses(message, language)
        )


def _mistakes(message: Message, catalog: Catalog) -> Iterator[str]:
    wanted = set().union(*(placeholders(source) for source in sources(message)))
    plural = len(sources(message)) > 1
    if plural and len(forms(message)) != catalog.num_plurals:
        yield f"has {len(forms(message))} plural forms, not {catalog.num_plurals}"
    for form in forms(message):
        # "One reply", "two replies" may be said without the figure; nothing else may be left out.
        optional = {"num", "count", "n"} & wanted if plural else set()
        found = placeholders(form)
        if found - wanted or wanted - found - optional:
            yield f"placeholders {sorted(found)} instead of {sorted(wanted)}"
        if _PLACEHOLDER.sub("", form).count("%") and wanted:
            yield "has a stray % sign"
    if sources(message)[-1][-1:] in "….:?!" and _ending(sources(message)[-1]) != _ending(
        forms(message)[-1]
    ):
        yield "does not end with the same mark"


def _ending(text: str) -> str:
    return text.rstrip()[-1:].translate(str.maketrans("؟", "?"))


def check() -> int:
    """Print what is wrong with the catalogues and return how many things are."""
    template = extract()
    glossary = Glossary.read(ROOT / "translations")
    found = [line for language in LANGUAGES for line in problems(language, template, glossary)]
    print("\n".join(found) or f"{len(template)} messages are complete in {', '.join(LANGUAGES)}")
    return len(found)


def main(arguments: list[str]) -> int:
    """Run the command named, the update when none is."""
    match arguments:
        case []:
            update()
            compile_catalogues()
        case ["compile"]:
            compile_catalogues()
        case ["check"]:
            return 1 if check() else 0
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
