"""The web shell: what a feature's pages and API need from it."""

from kernel.web.downloads import attachment
from kernel.web.forms import Form, posted_version
from kernel.web.menu import menu
from kernel.web.render import render, see_other
from kernel.web.routes import PUBLIC, SIGNED_IN, Api, Pages, register
from kernel.web.versions import expected_version, version_header
from kernel.web.visitors import actor

__all__ = [
    "PUBLIC",
    "SIGNED_IN",
    "Api",
    "Form",
    "Pages",
    "actor",
    "attachment",
    "expected_version",
    "menu",
    "posted_version",
    "register",
    "render",
    "see_other",
    "version_header",
]
