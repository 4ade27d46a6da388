"""The public page that says what a code stands for.

A code that exists and one that does not get the same template, the same one query and the same status,
200: the page answers whether a certificate of this code stands, and "no" is an answer. A 404 would have
proxies and browsers put their own page in its place, and an employer would not learn that it is a "no".
"""

from flask import request
from flask.typing import ResponseReturnValue

from kernel.values import clock
from kernel.web import PUBLIC, Pages, render, see_other
from training.certificates import service
from training.certificates.limits import count_look_up

verify = Pages("verify", "training.certificates", url_prefix="/verify")


@verify.page("", permission=PUBLIC)
def ask() -> ResponseReturnValue:
    """Ask for a code, and lead to its address."""
    typed = request.args.get("code")
    if code := service.printed(typed or ""):
        return see_other("verify.answer", code=code)
    page = render("verify/index.html", answer=None, missing=typed is not None)
    return page, 200 if typed is None else 422


@verify.page("/<code>", permission=PUBLIC)
def answer(code: str) -> ResponseReturnValue:
    """Say what a code stands for: the event, when it was issued, whether it stands. Never a name."""
    count_look_up()
    found = service.verify(code)
    return render("verify/index.html", answer=found, missing=False, checked_at=clock.now())
