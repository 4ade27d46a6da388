"""The page people land on: what each part of the service lets them do."""

from flask.typing import ResponseReturnValue

from kernel.web.menu import menu
from kernel.web.render import render
from kernel.web.routes import SIGNED_IN, Pages

pages = Pages("home", __name__)


@pages.page("/", permission=SIGNED_IN)
def index() -> ResponseReturnValue:
    """Show the entry points this person may open, by section."""
    return render("home/index.html", groups=menu().overview())
