"""Every address, in groups: staff (never cached), what belongs to no page, private links, and the public tree."""

from django.urls import include, path, re_path
from django.views.decorators.cache import cache_control
from django.views.generic.base import RedirectView
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.urls import serve_pattern
from wagtail.views import serve

from hub import errors, health, search
from hub.accounts.colleague_urls import join_urls
from hub.accounts.urls import doors
from hub.pages import feeds, media
from hub.stories.views import asking_us

staff = [
    *doors,
    path("admin/", include(wagtailadmin_urls)),
    path("staff/", RedirectView.as_view(pattern_name="wagtailadmin_home"), name="staff"),
]

services = [
    path("healthz", health.healthz, name="healthz"),
    path("search/", search.search, name="search"),
    path("sitemap.xml", cache_control(private=True, no_cache=True)(sitemap), name="sitemap"),
    path("feed.xml", feeds.NewestFeed(), name="feed"),
    re_path(r"^media/images/(?P<name>[\w.+-]+)$", media.rendition, name="image"),
    path("media/documents/<int:document_id>/<str:filename>", media.document, name="wagtaildocs_serve"),
]

private_links = [
    *join_urls,
    path("yours/", include("hub.stories.urls")),
    path("ask-us/", asking_us.ask_us, name="ask_us"),
    path("ask-us/<slug:reference>/", asking_us.sent, name="ask_us_sent"),
    path("", include("hub.feedback.urls")),
]

# Pages only. What else Wagtail offers here knows any page by its number, or lets passwords be guessed without limit.
public = [re_path(serve_pattern, serve, name="wagtail_serve")]

urlpatterns = [*staff, *services, *private_links, *public]

handler404 = errors.not_found
handler500 = errors.server_error
