"""Which security policy does a response carry? Strict for readers, looser for the staff screens and their previews."""

from typing import TYPE_CHECKING, Any, TypeVar

from csp.constants import NONE, SELF
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.urls import NoReverseMatch, reverse

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

Response = TypeVar("Response", bound="HttpResponseBase")

# What Wagtail's admin needs beyond the readers' policy: pasted and cropped images, and previews in a frame of our own.
ADMIN_CHANGES: dict[str, Any] = {
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
}
# Nobody signed in: no script may turn text into markup. Wagtail's bar for signed-in staff does exactly that.
READER_CHANGES: dict[str, Any] = {"require-trusted-types-for": ["'script'"], "frame-src": [NONE]}

# To robots: no copy to show again, nothing to train or to make pictures from.
NO_COPIES = "noarchive, noai, noimageai"

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "ambient-light-sensor", "attribution-reporting", "autoplay", "bluetooth",
        "browsing-topics", "camera", "display-capture", "encrypted-media", "geolocation", "gyroscope", "hid",
        "idle-detection", "interest-cohort", "magnetometer", "microphone", "midi", "payment", "serial", "usb",
    )
)  # fmt: skip


class SecurityHeadersMiddleware(CSPMiddleware):
    """Adds Content-Security-Policy, Permissions-Policy, X-Frame-Options and Cross-Origin-Resource-Policy.

    A view that set one of them itself keeps its own."""

    def process_response(self, request: "HttpRequest", response: "HttpResponseBase") -> "HttpResponseBase":
        response = super().process_response(request, response)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("X-Frame-Options", "SAMEORIGIN" if is_for_staff(request) else "DENY")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    def get_policy_parts(
        self,
        request: "HttpRequest",
        response: "HttpResponseBase",
        report_only: bool = False,  # noqa: FBT001, FBT002 - django-csp's signature
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only:
            parts.replace = {**policy_changes(request), **(parts.replace or {})}
        return parts


def policy_changes(request: "HttpRequest") -> dict[str, Any]:
    """What this request's policy has instead of the directives in settings."""
    if is_for_staff(request):
        return ADMIN_CHANGES
    return {} if settings.SESSION_COOKIE_NAME in request.COOKIES else READER_CHANGES


def is_for_staff(request: "HttpRequest") -> bool:
    """Whether the address is one of Wagtail's admin screens (its previews of pages are among them)."""
    try:
        return request.path_info.startswith(reverse("wagtailadmin_home"))
    except NoReverseMatch:
        return False


NO_COPY = "private, no-store"


def forbid_copies(response: Response) -> Response:
    """For whoever asked, and for now: neither a cache on the way nor the browser keeps it. Returns the response."""
    response.headers["Cache-Control"] = NO_COPY
    return response


def keep_nowhere(response: "HttpResponseBase") -> None:
    """Headers of anything private, a story among them: no copy in a cache, an archive, an index or a model."""
    forbid_copies(response)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = f"noindex, {NO_COPIES}"
    response["TDM-Reservation"] = "1"
