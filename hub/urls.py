"""Every address, in groups: staff (never cached), what belongs to no page, private links, and the public tree."""

from django.urls import include, path, re_path
from django.views.generic.base import RedirectView
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.urls import serve_pattern
from wagtail.views import serve

from hub import errors
from hub.accounts.colleague_urls import join_urls
from hub.accounts.urls import doors
from hub.pages.admin import design
from hub.pages.serving import activities, colours, feeds, machines, media, own_sign, toolkit_data
from hub.search import views as search
from hub.stories.admin import numbers_for_readers
from hub.stories.light import what_uses_mean
from hub.stories.public_requests import offering
from hub.stories.public_requests import views as asking_us
from hub.upkeep import health, numbers

staff = [
    *doors,
    path("admin/", include(wagtailadmin_urls)),
    path("design/", design.design, name="design"),
    path("staff/", RedirectView.as_view(pattern_name="wagtailadmin_home"), name="staff"),
]

services = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", numbers.readyz, name="readyz"),
    path("metrics", numbers.metrics, name="metrics"),
    path("activities/", activities.activities, name="activities"),
    path("search/", search.search, name="search"),
    path("search/suggestions/", search.suggest, name="search_suggestions"),
    path("sitemap.xml", machines.sitemap_index, name="sitemap"),
    path("sitemap-<slug:name>.xml", machines.sitemap_of, name="sitemap_of"),
    path("robots.txt", machines.robots, name="robots_txt"),
    path(".well-known/security.txt", machines.security, name="security_txt"),
    path(".well-known/tdmrep.json", machines.mining, name="mining"),
    path("colours/<slug:words>-on-<slug:band>.css", colours.colours, name="colours"),
    path("own-sign/<slug:digest>.<slug:kind>", own_sign.own_sign, name="own_sign"),
    path("data/toolkit.json", toolkit_data.toolkit_data, name="toolkit_data"),
    path("feed.xml", feeds.NewestFeed(), name="feed"),
    path("feed/toolkit.xml", feeds.ToolkitFeed(), name="feed_of_toolkit"),
    path("feed/partner/<slug:slug>.xml", feeds.PartnerFeed(), name="feed_of_partner"),
    re_path(r"^media/images/(?P<name>[\w.+-]+)$", media.rendition, name="image"),
    path("media/documents/<int:document_id>/<str:filename>", media.document, name="wagtaildocs_serve"),
]

private_links = [
    *join_urls,
    path("numbers/", numbers_for_readers, name="numbers"),
    path("what-uses-mean/", what_uses_mean, name="story_uses_mean"),
    path("yours/", include("hub.stories.family.urls")),
    path("ask-us/", asking_us.ask_us, name="ask_us"),
    path("ask-us/<slug:reference>/", asking_us.sent, name="ask_us_sent"),
    path("tell-yours/", offering.tell_yours, name="tell_yours"),
    path("tell-yours/<slug:key>/", offering.sent, name="tell_yours_sent"),
    path("", include("hub.feedback.urls")),
    path("", include("hub.packs.urls")),
]

# Pages only. What else Wagtail offers here knows any page by its number, or lets passwords be guessed without limit.
public = [re_path(serve_pattern, serve, name="wagtail_serve")]

urlpatterns = [*staff, *services, *private_links, *public]

handler404 = errors.not_found
handler500 = errors.server_error
