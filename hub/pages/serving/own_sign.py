"""The partnership's own sign, under an address that says its digest: a browser asks for it once."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from hub.partners.partnership import Partnership
from hub.partners.sign import TYPES

A_YEAR = "public, max-age=31536000, immutable"


@require_safe
def own_sign(request: HttpRequest, digest: str, kind: str) -> HttpResponse:
    """Raises Http404 for every sign but the one there is now."""
    found = Partnership.objects.filter(sign_digest=digest, sign_kind=kind).values_list("sign", flat=True).first()
    if not found or kind not in TYPES:
        raise Http404
    response = HttpResponse(bytes(found), content_type=TYPES[kind])
    response["Cache-Control"] = A_YEAR
    return response
