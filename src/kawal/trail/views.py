"""The public log as pages: its newest entries, each entry, and the proof that it is in the log."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import loader
from django.views.decorators.http import require_safe

from kawal.kernel.refusals import NotThere
from kawal.trail import presenters, queries, registry

PAGE = 50
View = Callable[..., HttpResponse]


def _hidden(request: HttpRequest) -> bool:
    return False


shown: Callable[[HttpRequest], bool] = _hidden
"""Who sees the log: the layer that knows what the city has opened puts its answer here."""


def _page(view: View) -> View:
    """Let a view read only, and only where the log is shown."""

    @require_safe
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not shown(request):
            raise NotThere("the public log is not open")
        return view(request, *args, **kwargs)

    return guarded


def _render(request: HttpRequest, template: str, context: Mapping[str, Any]) -> HttpResponse:
    body = loader.render_to_string(f"trail/{template}", dict(context), request, using="jinja2")
    return HttpResponse(body)


@_page
def entries(request: HttpRequest) -> HttpResponse:
    """Show the newest entries, of one kind where asked."""
    kind = request.GET.get("jenis", "")
    known = {one.name for one in registry.kinds()}
    text = request.GET.get("sebelum", "")
    before = int(text) if text.isdecimal() and len(text) < 19 else None
    found = queries.newest(before, PAGE + 1, kind if kind in known else "")
    rows = [
        (entry, presenters.kind_label(entry.kind), presenters.subject(entry))
        for entry in found[:PAGE]
    ]
    context = {
        "rows": rows,
        "next": found[PAGE - 1].number if len(found) > PAGE else None,
        "kind": kind if kind in known else "",
        "kinds": presenters.kind_labels(),
        "head": queries.head(),
    }
    return _render(request, "entries.jinja", context)


@_page
def entry(request: HttpRequest, number: int) -> HttpResponse:
    """Show one entry: what it says, its place, its hash."""
    found = queries.entry(number)
    context = {
        "entry": found,
        "kind": presenters.kind_label(found.kind),
        "subject": presenters.subject(found),
        "facts": presenters.facts(found),
        "head": queries.head(found.origin),
    }
    return _render(request, "entry.jinja", context)


@_page
def proof(request: HttpRequest, number: int) -> HttpResponse:
    """Hand out the proof that an entry is in its log, as a file."""
    made = presenters.proof_file(queries.inclusion(number))
    response = JsonResponse(made, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="kawal-bukti-{number}.json"'
    return response


@_page
def head(request: HttpRequest) -> HttpResponse:
    """Hand out the newest head, to be kept and compared later."""
    found = queries.head()
    if found is None:
        raise NotThere("no log was started")
    return JsonResponse(presenters.head_file(found))
