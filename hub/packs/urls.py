"""Addresses of packs: the page of one, the file, what its square code leads to, and the ready ones below pages."""

from django.urls import path, re_path

from hub.packs import checking, ready, views

urlpatterns = [
    path("pack/", views.pack, name="pack"),
    path("pack/make/", views.make_pack, name="pack_make"),
    path("pack/code/", checking.typed, name="pack_code"),
    path("pack/<str:code>/", checking.check, name="pack_check"),
    path("pack/<str:code>/again/", checking.again, name="pack_again"),
    re_path(r"^(?P<path>(?:[\w-]+/)+)pack\.(?P<form>pdf|html)$", ready.module_pack, name="pack_ready"),
    re_path(r"^(?P<path>(?:[\w-]+/)+)handout\.pdf$", ready.handout, name="pack_handout"),
]
