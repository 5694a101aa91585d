"""Addresses of the staff's screens for moving, under /admin/moving/."""

from django.urls import path

from hub.moving.arriving import screens as arriving
from hub.moving.leaving import screens as leaving

staff_urls = [
    path("moving/take-along/", leaving.take, name="take_along"),
    path("moving/bring-along/", arriving.bring, name="bring_along"),
    path("moving/bring-along/<int:arrival_id>/", arriving.report, name="arrival"),
]
