"""What a monitor reads: /readyz, and /metrics in Prometheus's format. Only for whoever has the monitor's token.

Without the token /readyz says whether the Hub may be sent readers, and nothing else; /metrics is not there at all. The
numbers are about the machine: none is about a person, a page or a story.
"""

from collections.abc import Iterator
from hmac import compare_digest

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from hub.upkeep import wellness
from hub.upkeep.found import Found, State

WORTH = {State.WELL: 1.0, State.LOOK: 0.5, State.UNWELL: 0.0}


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when readers may be sent here, 503 otherwise; with the token also what each look found."""
    found = wellness.look()
    ready = wellness.is_ready(found)
    said: dict[str, object] = {"status": "ready" if ready else "not ready"}
    if _is_the_monitor(request):
        said["looks"] = {each.name: {"state": each.state, "said": each.said, "do": each.do} for each in found}
    return JsonResponse(said, status=200 if ready else 503)


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """The same as numbers."""
    if not _is_the_monitor(request):
        raise Http404
    registry = CollectorRegistry()
    registry.register(_Looks(wellness.look()))
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _is_the_monitor(request: HttpRequest) -> bool:
    token = settings.HUB_MONITOR_TOKEN
    return bool(token) and compare_digest(request.headers.get("Authorization", "").encode(), f"Bearer {token}".encode())


class _Looks(Collector):
    def __init__(self, found: list[Found]) -> None:
        self.found = found

    def collect(self) -> Iterator[GaugeMetricFamily]:
        state = GaugeMetricFamily("hub_look", "1 well, 0.5 worth a look, 0 unwell", labels=["name"])
        number = GaugeMetricFamily("hub_number", "Seconds, bytes or how many, as the name says", labels=["name"])
        for each in self.found:
            state.add_metric([each.name], WORTH[each.state])
            number.add_metric([each.name], each.number)
        yield from (state, number)
