"""Pages on the city's regions: the map with its table, and one region's history."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kawal.regions import acts, presenters, queries
from kawal.regions.facts import REGION_KIND_LABELS, RegionKind
from kawal.regions.middleware import actor_of
from kawal.regions.views.guard import for_those_who, page


@for_those_who(acts.SEE_AGENCIES)
@require_safe
def regions(request: HttpRequest) -> HttpResponse:
    """Show the city's map and its kecamatan with their kelurahan."""
    today = queries.today(actor_of(request).at)
    city = queries.city()
    below = queries.regions_below(city.region_code, today)
    groups = presenters.by_parent(below)
    kecamatan = [region for region in below if region.kind is RegionKind.KECAMATAN]
    words = {
        region.id: _("Kecamatan %(name)s") % {"name": one.name}
        for one in kecamatan
        for region in groups.get(one.id, [])
    }
    drawn = queries.shapes("kelurahan", today)
    return page(
        request,
        "regions",
        city=city,
        drawn=drawn,
        areas=presenters.map_areas(drawn, words),
        kecamatan=[(one, groups.get(one.id, [])) for one in kecamatan],
    )


@for_those_who(acts.SEE_AGENCIES)
@require_safe
def region(request: HttpRequest, code: str) -> HttpResponse:
    """Show one region: what lies in it, what it was called, which agencies work in it."""
    today = queries.today(actor_of(request).at)
    found = queries.region_by_code(code, today)
    return page(
        request,
        "region",
        region=found,
        kind=_(REGION_KIND_LABELS[found.kind]),
        parent=queries.region(found.parent_id, today) if found.parent_id else None,
        below=[r for r in queries.regions_below(code, today) if r.parent_id == found.id],
        history=queries.region_history(found.id),
        codes=queries.other_codes(found.id),
        agencies=[a for a in queries.agencies(today) if a.region_id == found.id],
    )
