"""Every address, in groups: staff (never cached), what belongs to no page, private links, and the public tree."""

from django.urls import include, path
from django.views.generic.base import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap

from hub import errors, health, search
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
    path("sitemap.xml", sitemap, name="sitemap"),
    path("feed.xml", feeds.NewestFeed(), name="feed"),
    path("media/images/<str:name>", media.rendition, name="image"),
    path("media/documents/<int:document_id>/<str:filename>", media.document, name="wagtaildocs_serve"),
]

private_links = [
    path("yours/", include("hub.stories.urls")),
    path("ask-us/", asking_us.ask_us, name="ask_us"),
    path("ask-us/<str:reference>/", asking_us.sent, name="ask_us_sent"),
]

public = [path("", include(wagtail_urls))]

urlpatterns = [*staff, *services, *private_links, *public]

handler404 = errors.not_found
handler500 = errors.server_error
