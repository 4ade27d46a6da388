"""A contract import-linter does not have: what one feature of a module may take from another.

import-linter loads it by the name in pyproject.toml, `[tool.importlinter] contract_types`.
"""

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class FeaturePrivacy(Contract):
    """Between the features of one module only the named files are public.

    A feature is a package directly inside one of `modules`; `public` names its files, or packages, that
    other features may import. A module's own `__init__` and its other plain files may import anything.
    """

    type_name = "feature_privacy"

    modules = fields.ListField(subfield=fields.StringField())
    public = fields.SetField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Look at every import between two features."""
        broken = sorted(
            (importer, imported)
            for imported in graph.modules
            if self._is_private(graph, imported)
            for importer in graph.find_modules_that_directly_import(imported)
            if self._is_foreign(graph, importer, imported)
        )
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Name each import."""
        for importer, imported in check.metadata["broken"]:
            output.print_error(f"{importer} imports {imported}", bold=False)
        output.new_line()

    def _feature(self, graph: ImportGraph, name: str) -> str | None:
        """The feature a file belongs to: `missions.budgets` for `missions.budgets.rules.lines`."""
        parts = name.split(".")
        feature = ".".join(parts[:2])
        is_feature = len(parts) > 1 and parts[0] in self.modules and graph.find_children(feature)
        return feature if is_feature else None

    def _is_private(self, graph: ImportGraph, name: str) -> bool:
        parts = name.split(".")
        return (
            self._feature(graph, name) is not None
            and len(parts) > 2
            and parts[2] not in self.public
        )

    def _is_foreign(self, graph: ImportGraph, importer: str, imported: str) -> bool:
        home = self._feature(graph, importer)
        return home is not None and home != self._feature(graph, imported)
