"""What the API of the library shares: its blueprint."""

from typing import Any

from kernel.web import Api
from network.permissions import NetworkPermission as May

Answer = tuple[dict[str, Any], int, dict[str, str]]

api = Api(
    "library",
    __name__,
    url_prefix="/library",
    description="Items of the library, their versions and files",
    known_to=May.LIBRARY_SEE,
)
