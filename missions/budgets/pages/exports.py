"""A version to hand out: an accessible PDF, a workbook with real numbers, and the same as CSV."""

from uuid import UUID

from flask import Response, g
from flask_babel import gettext

from kernel.documents import pdf as documents
from kernel.documents import sheets
from kernel.values.money import Money
from kernel.web import attachment
from kernel.web.downloads import CSV, PDF, XLSX
from kernel.web.formats import moment, short_day
from kernel.web.languages import direction, language
from missions.budgets.pages.blueprint import SEE, opened, pages
from missions.budgets.pages.sheet import groups, parts
from missions.budgets.pages.wording import END, LEFT_TO_RIGHT, Wording
from missions.budgets.rules.lines import plain
from missions.budgets.rules.totals import CostedLine
from missions.budgets.service import Sheet


@pages.page("/versions/<int:number>.pdf", permission=SEE)
def as_pdf(mission_id: UUID, number: int) -> Response:
    """The version as a PDF in the reader's language."""
    sheet = opened(mission_id, number)
    letterhead = documents.Letterhead(
        network=g.network.name, brand=g.network.brand_colour, footer=sheet.plan.title
    )
    content = documents.pdf(_report(sheet, Wording()), letterhead, lang=language())
    return attachment(content, _name(sheet, "pdf"), PDF)


@pages.page("/versions/<int:number>.xlsx", permission=SEE)
def as_xlsx(mission_id: UUID, number: int) -> Response:
    """The version as a workbook: its lines, and its rates."""
    sheet = opened(mission_id, number)
    content = sheets.xlsx([_lines(sheet, Wording()), _rates(sheet)])
    return attachment(content, _name(sheet, "xlsx"), XLSX)


@pages.page("/versions/<int:number>.csv", permission=SEE)
def as_csv(mission_id: UUID, number: int) -> Response:
    """The lines of the version as CSV."""
    sheet = opened(mission_id, number)
    return attachment(sheets.csv(_lines(sheet, Wording())), _name(sheet, "csv"), CSV)


def _name(sheet: Sheet, ending: str) -> str:
    title = gettext(
        "Budget %(title)s version %(number)s", title=sheet.plan.title, number=sheet.version.number
    )
    return f"{title}.{ending}"


def _report(sheet: Sheet, words: Wording) -> documents.Report:
    version = sheet.version
    return documents.Report(
        title=gettext("Budget: %(title)s", title=sheet.plan.title),
        subtitle=gettext(
            "Version %(number)s: %(state)s",
            number=version.number,
            state=words.state(version.state),
        ),
        blocks=[
            documents.Facts(_facts(sheet, words)),
            documents.Heading(gettext("Lines")),
            _line_table(sheet, words),
            documents.Heading(gettext("How the total is made up")),
            _total_table(sheet, words),
            *_rate_blocks(sheet, words),
        ],
    )


def _facts(sheet: Sheet, words: Wording) -> list[tuple[str, str]]:
    version = sheet.version
    facts = [
        (gettext("Total"), words.amount(sheet.costing.total)),
        (gettext("Base currency"), version.base),
    ]
    if version.submitted_at is not None and version.submitted_by_name:
        submitted = _by(version.submitted_by_name, moment(version.submitted_at))
        facts.append((gettext("Submitted"), submitted))
    if version.decided_at is not None and version.decided_by_name:
        decided = _by(version.decided_by_name, moment(version.decided_at))
        facts.append((gettext("Decided"), decided))
    return facts


def _by(name: str, when: str) -> str:
    return str(gettext("%(name)s, %(day)s", name=name, day=when))


def _line_table(sheet: Sheet, words: Wording) -> documents.Rows:
    columns = [
        documents.Column(gettext("Line"), share=3),
        documents.Column(gettext("Calculated as"), share=3),
        documents.Column(gettext("Amount"), number=True),
        documents.Column(
            gettext("Amount in %(currency)s", currency=sheet.version.base), number=True
        ),
    ]
    rows: list[tuple[str, ...]] = []
    for group in groups(sheet, words):
        rows.append((group.label, "", "", group.total))
        for row in group.rows:
            described = f"{row.description}\n{row.why}" if row.why else row.description
            rows.append((described, row.how, row.own, row.in_base))
    subtotal = (gettext("Subtotal"), "", "", words.exact(sheet.costing.subtotal.amount))
    return documents.Rows(columns=columns, rows=rows, totals=[subtotal])


def _total_table(sheet: Sheet, words: Wording) -> documents.Rows:
    columns = [
        documents.Column(gettext("Part")),
        documents.Column(gettext("Calculated as"), share=2),
        documents.Column(
            gettext("Amount in %(currency)s", currency=sheet.version.base), number=True
        ),
    ]
    added = gettext("The lines, each rounded, then added")
    rows = [(gettext("Subtotal"), added, words.exact(sheet.costing.subtotal.amount))]
    rows += [(part.label, part.how, part.amount) for part in parts(sheet, words)]
    total = (gettext("Total"), "", words.exact(sheet.costing.total.amount))
    return documents.Rows(columns=columns, rows=rows, totals=[total])


def _rate_blocks(sheet: Sheet, words: Wording) -> list[documents.Block]:
    if not sheet.rates:
        return []
    columns = [
        documents.Column(gettext("Currency")),
        documents.Column(
            gettext("Units for 1 %(currency)s", currency=sheet.version.base), number=True
        ),
        documents.Column(gettext("Quoted on")),
        documents.Column(gettext("Source"), share=2),
    ]
    rows = [
        (
            each.rate.foreign,
            words.units_per_base(each.rate),
            short_day(each.rate.on),
            each.rate.source,
        )
        for each in sheet.rates
    ]
    title = documents.Heading(gettext("Exchange rates"))
    return [title, documents.Rows(columns=columns, rows=rows)]


def _lines(sheet: Sheet, words: Wording) -> sheets.Sheet:
    base = sheet.version.base
    return sheets.Sheet(
        title=gettext("Lines"),
        headings=[
            gettext("Category"),
            gettext("Line"),
            gettext("Calculated as"),
            gettext("Persons"),
            gettext("Units"),
            gettext("Rate"),
            gettext("Currency"),
            gettext("Amount"),
            gettext("Amount in %(currency)s", currency=base),
        ],
        rows=[_cells(sheet, each, words) for each in sheet.costing.lines],
        totals=[
            _total(gettext("Subtotal"), "", sheet.costing.subtotal),
            *(
                _total(part.label, part.how, each.amount)
                for part, each in zip(parts(sheet, words), sheet.costing.on_costs, strict=True)
            ),
            _total(gettext("Total"), "", sheet.costing.total),
        ],
        rtl=direction() == "rtl",
    )


def _cells(sheet: Sheet, costed: CostedLine, words: Wording) -> list[sheets.Cell]:
    line = costed.line
    return [
        gettext(sheet.version.rules.category_label(line.category)),
        line.description,
        _bare(words.driver(line)),
        line.persons,
        None if line.units is None else plain(line.units),
        plain(line.rate.amount),
        line.rate.currency,
        costed.amount,
        costed.in_base,
    ]


def _total(label: str, how: str, money: Money) -> list[sheets.Cell]:
    return [label, "", _bare(how), None, None, None, None, None, money]


def _rates(sheet: Sheet) -> sheets.Sheet:
    return sheets.Sheet(
        title=gettext("Exchange rates"),
        headings=[
            gettext("Currency"),
            gettext("Units for 1 %(currency)s", currency=sheet.version.base),
            gettext("Quoted on"),
            gettext("Source"),
        ],
        rows=[
            [
                each.rate.foreign,
                plain(each.rate.units_per_base),
                each.rate.on,
                each.rate.source,
            ]
            for each in sheet.rates
        ],
        rtl=direction() == "rtl",
    )


def _bare(text: str) -> str:
    """Text without isolates: a spreadsheet is searched and copied from."""
    return text.replace(LEFT_TO_RIGHT, "").replace(END, "")
