"""Bodies of documents: Jinja, sandboxed, autoescaped, with undefined names as errors."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound, TemplateSyntaxError, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from generator.documents.chain import date_of, items_of
from generator.documents.charts import month_chart
from generator.documents.comparisoncells import BRACKETS
from generator.documents.diagrams import support_diagram
from generator.documents.filters import FILTERS
from generator.documents.manuals import chapters, in_line
from generator.documents.markup import Markup
from generator.documents.pictures import Pictures, design_picture
from generator.documents.plan import Document, known_on, told_in_a_book
from generator.documents.templates import TemplateFolders
from generator.documents.views import VIEWS
from generator.history.revisions import Revisions
from generator.problems import NohinError, Problem, Source
from generator.rules.dueitem import DueItem
from generator.rules.events import rows_of

if TYPE_CHECKING:
    from generator.documents.approvals import Sheet


class Sandbox(ImmutableSandboxedEnvironment):
    """What templates are rendered in.

    Whether an attribute may be read depends on the object's type and the name alone, so it is asked once for each.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._safe: dict[tuple[type, str], bool] = {}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may read an attribute."""
        known = self._safe.get((type(obj), attr))
        if known is None:
            known = self._safe[type(obj), attr] = super().is_safe_attribute(obj, attr, value)
        return known


@dataclass(frozen=True)
class Body:
    """A document's body: the same HTML for the page and the PDF."""

    document: Document
    revisions: Revisions
    html: str
    items: tuple[DueItem, ...] = ()
    """The due items it serves."""
    date: dt.date | None = None
    """The date it bears as a letter; None leaves the line blank."""
    approvals: Sheet | None = None
    """Its boxes for 作成・確認・承認, filled in where somebody approved what it says."""


class _Loader(BaseLoader):
    """Template bodies without their front matter."""

    def __init__(self, folders: TemplateFolders) -> None:
        self.folders = folders

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, None]:
        try:
            text = self.folders.read(template)
        except FileNotFoundError:
            raise TemplateNotFound(template) from None
        return _AT_LINE.format("\n" * text.front_lines) + text.body, text.path, None


_AT_LINE = "{{#{}#}}"
"""A comment as long as the front matter, so that Jinja counts lines as the file has them."""


def environment(folders: TemplateFolders) -> Sandbox:
    """The environment that all templates of Nohin are rendered in."""
    env = Sandbox(
        loader=_Loader(folders), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    env.filters.update(FILTERS, given=given)
    env.globals.update({view.__name__: view for view in VIEWS})
    env.globals["support_diagram"] = support_diagram
    env.globals["month_chart"] = month_chart
    env.globals["rows"] = rows_of
    env.globals["in_line"] = in_line
    env.globals["comparison_marks"] = BRACKETS
    pictures = Pictures(folders.project.parent)
    env.globals["manual_chapters"] = partial(chapters, pictures=pictures)
    env.globals["picture"] = partial(design_picture, pictures)
    return env


def body(
    env: Sandbox,
    document: Document,
    revisions: Revisions,
    items: Sequence[DueItem],
    as_of: dt.date,
    draft: bool = False,
) -> tuple[Body | None, list[Problem]]:
    """Render one document, a letter with its sentence, 記 and 以上; a template's error is a problem at its line.

    A letter that bears a date tells how things stood on that day; what shows the state of a day, that of this day.
    """
    date = date_of(document, items, as_of)
    day = document.instance.day or (date if date and document.kind.form == "letter" else as_of)
    told = known_on(document, day)
    told = told_in_a_book(told) if document.is_book else told
    values = context(told, revisions, day, draft) | {"items": items, "date": date}
    html, problems = render(env, document.kind.template, **values)
    if html is not None and document.kind.form == "letter":
        html, problems = render(env, "layouts/letter.html.j2", body=Markup(html), **values)
    if html is None:
        return None, problems
    return Body(document, revisions, html, tuple(items_of(document, items)), date), problems


def context(document: Document, revisions: Revisions, as_of: dt.date, draft: bool = False) -> dict[str, Any]:
    """What a document's template sees."""
    contract = document.contract
    return {
        "document": document,
        "contract": contract,
        "head": contract.head,
        "authority": contract.authority,
        "vendor": contract.vendor,
        "deliverable": document.deliverable,
        "period": document.period,
        "entry": document.entry,
        "person": document.person,
        "revisions": revisions,
        "as_of": as_of,
        "draft": draft,
    }


@pass_context
def given(context: Context, value: object, title: str) -> object:
    """The value; where there is none, a placeholder with what is missing in a draft, and a dash otherwise."""
    if value not in (None, "", [], {}):
        return value
    return Markup('<span class="missing">［未記入　{}］</span>').format(title) if context.get("draft") else "―"


def render(env: Sandbox, name: str, **values: Any) -> tuple[str | None, list[Problem]]:
    """A template's text, or the problem at the template's line."""
    try:
        return env.get_template(name).render(values), []
    except NohinError:
        raise
    except TemplateSyntaxError as error:
        return None, [_problem(error.filename or name, error.lineno, str(error.message))]
    except Exception as error:  # a template can make Python say anything; it is the template's problem
        return None, [_problem(*_place(error, name), str(error))]


def _problem(path: str, line: int, message: str) -> Problem:
    return Problem(
        Source(path, line), "TPL002", f"ひな形を使えません: {message}", "この行の名前と書き方を確かめてください"
    )


def _place(error: BaseException, name: str) -> tuple[str, int]:
    place = (f"templates/{name}", 1)
    trace = error.__traceback__
    while trace:
        path = trace.tb_frame.f_code.co_filename
        if path.startswith("templates/"):
            place = (path, trace.tb_lineno)
        trace = trace.tb_next
    return place
