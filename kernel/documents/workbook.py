"""Read the first sheet of a workbook from standard input to JSON on standard output.

This is a program of its own, started by `tables`, because a workbook of 5 KB with one far-away cell
makes the reader ask for 67 GB at once, which aborts the process it runs in. Here that ends nothing
else.
"""

import datetime
import io
import json
import resource
import sys
from collections.abc import Iterator

import python_calamine

MEMORY_BYTES = 1536 * 1024 * 1024
CPU_SECONDS = 20


def main() -> None:
    """Limit this process, then print `[[row number, [cell, …]], …]` of the rows with content."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    json.dump(list(rows(sys.stdin.buffer.read())), sys.stdout)


def rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of the first worksheet, numbered from the top of the sheet, as text."""
    with python_calamine.CalamineWorkbook.from_object(io.BytesIO(content)) as workbook:
        sheet = workbook.get_sheet_by_index(0)
        for number, row in enumerate(sheet.to_python(skip_empty_area=False), start=1):
            cells = [as_text(cell) for cell in row]
            if any(cells):
                yield number, cells


def as_text(value: object) -> str:
    """Return a cell as a person would type it: `180` for 180.0, `2026-03-12` for a date."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case float():
            return str(int(value)) if value.is_integer() else repr(value)
        case datetime.datetime():
            midnight = value.time() == datetime.time()
            return value.date().isoformat() if midnight else value.isoformat(sep=" ")
        case _:
            return str(value)


if __name__ == "__main__":
    main()
