"""What holds for every file: small, typed, no float near money, no inline style or script."""

import ast
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = ("kernel", "network", "missions", "training", "demo", "scripts", "tests", "benchmarks")
PRODUCT = CODE[:4]
FUNCTION_LIMIT = 60

MONEY = (
    "kernel/values/money.py",
    "kernel/values/currencies.py",
    "kernel/fields/numbers.py",
    "kernel/web/formats.py",
    "kernel/documents/sheets.py",
    "missions/budgets",
)
"""Where amounts are read, computed and written; beside it, whatever names a Decimal is looked at."""

FLOATS_FOR_A_REASON = {
    # A fraction in JSON arrives as a float: it is known by its type and refused.
    "kernel/fields/numbers.py": ["if isinstance(value, float):"],
}
"""Lines, by file."""

INLINE = re.compile(
    r"<style|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|\shx-on|javascript:|<script(?![^>]*\ssrc=)", re.I
)

TARGETS = set(re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(), re.M))
COMMANDS = re.compile(r"`(make [a-z-]+)`|^    (make [a-z-]+)$", re.M)


def sources(*tops):
    for top in tops:
        path = ROOT / top
        yield from sorted(path.rglob("*.py")) if path.is_dir() else [path]


def relative(path):
    return path.relative_to(ROOT).as_posix()


def long_functions(source):
    return [
        (node.name, node.end_lineno - node.lineno + 1)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno + 1 > FUNCTION_LIMIT
    ]


def untyped(source):
    """Public functions and methods with a parameter or a result that says no type."""
    return [
        node.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and not node.name.startswith("_")
        and (
            node.returns is None
            or any(
                a.annotation is None and a.arg not in ("self", "cls")
                for a in (
                    *node.args.args,
                    *node.args.kwonlyargs,
                    *node.args.posonlyargs,
                    *rest(node),
                )
            )
        )
    ]


def rest(function):
    """Its parameters that take whatever is left, by place or by name."""
    return filter(None, (function.args.vararg, function.args.kwarg))


def floats(source):
    """Lines with float literals, calls of float and true divisions of whole numbers."""
    found, lines = set(), source.splitlines()
    for node in ast.walk(ast.parse(source)):
        literal = isinstance(node, ast.Constant) and isinstance(node.value, float)
        called = isinstance(node, ast.Call) and ast.unparse(node.func) in ("float", "math.fsum")
        typed = isinstance(node, ast.Name) and node.id == "float"
        divided = (
            isinstance(node, ast.BinOp)
            and isinstance(node.op, ast.Div)
            and isinstance(node.left, ast.Constant)
            and isinstance(node.right, ast.Constant)
        )
        if literal or called or typed or divided:
            found.add(lines[node.lineno - 1].strip())
    return sorted(found)


def near_money():
    """The files of `MONEY`, and every other that handles decimal numbers."""
    named = re.compile(r"\bDecimal\b|kernel\.values\.(money|currencies|shares)")
    others = (path for path in sources(*PRODUCT) if named.search(path.read_text(encoding="utf-8")))
    return sorted({*sources(*MONEY), *others})


def inline(markup):
    """Inline styles, scripts and handlers; comments of the template left out."""
    return INLINE.findall(re.sub(r"\{#.*?#\}", "", markup, flags=re.S))


def test_no_function_is_longer_than_60_lines():
    long = {
        relative(path): found
        for path in sources(*CODE)
        if (found := long_functions(path.read_text(encoding="utf-8")))
    }
    assert long == {}


def test_nine_of_ten_files_are_350_lines_or_shorter():
    lengths = sorted(
        len(path.read_text(encoding="utf-8").splitlines()) for path in sources(*PRODUCT)
    )
    assert lengths[int(len(lengths) * 0.9)] <= 350


def test_no_public_function_is_without_types():
    found = {
        relative(path): names
        for path in sources(*PRODUCT, "demo", "wsgi.py")
        if (names := untyped(path.read_text(encoding="utf-8")))
    }
    assert found == {}


def test_mypy_is_strict_over_every_package():
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    files = re.search(r"^files = \[(.*)\]$", settings, re.M)
    assert "strict = true" in settings
    assert files is not None
    assert {f'"{name}"' for name in PRODUCT} <= {part.strip() for part in files[1].split(",")}


def test_there_is_no_float_near_money():
    found = {
        relative(path): lines
        for path in near_money()
        if (lines := floats(path.read_text(encoding="utf-8")))
    }
    assert found == FLOATS_FOR_A_REASON


def test_templates_have_no_inline_style_or_script():
    found = {
        relative(path): hits
        for top in PRODUCT
        for path in sorted((ROOT / top).rglob("*.html"))
        if (hits := inline(path.read_text(encoding="utf-8")))
    }
    assert found == {}


def test_nothing_is_left_for_later():
    found = [
        f"{relative(path)}:{number}"
        for path in sources(*PRODUCT, "demo", "scripts", "benchmarks")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"#.*\b(TODO|FIXME|XXX|HACK)\b", line)
    ]
    assert found == []


def test_readme_names_every_target_and_no_other():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = {a or b for a, b in COMMANDS.findall(readme)}
    assert named == {f"make {name}" for name in TARGETS} - {"make help"}


def test_the_make_targets_expand():
    if shutil.which("make") is None:
        pytest.skip("make is not installed")
    for target in TARGETS:
        done = subprocess.run(
            ["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("check", "planted"),
    [
        (long_functions, "def f():\n" + "    x = 1\n" * 61),
        (untyped, "def f(x): return x"),
        (untyped, "class A:\n    def f(self, x: int): return x"),
        (untyped, "def f(*x) -> None: ..."),
        (untyped, "async def f(x) -> None: ..."),
        (floats, "share = 0.1"),
        (floats, "share = float('1')"),
        (floats, "def f(x: float) -> None: ..."),
        (floats, "third = 1 / 3"),
        (inline, '<p style="color: red">'),
        (inline, "<script>alert(1)</script>"),
        (inline, '<a onclick="x()">'),
        (inline, '<a href="javascript:x()">'),
        (inline, '<button hx-on:click="x()">'),
    ],
)
def test_the_check_sees_what_is_planted(check, planted):
    assert check(planted) != []


@pytest.mark.parametrize(
    ("check", "fine"),
    [
        (floats, "half = amount / 2"),
        (untyped, "def _f(x): return x"),
        (inline, '<script src="/assets/app.js" defer></script>'),
        (inline, '{# style="x" #}<p class="style">'),
    ],
)
def test_the_check_leaves_alone_what_is_fine(check, fine):
    assert check(fine) == []
