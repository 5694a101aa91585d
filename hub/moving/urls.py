"""Addresses of the staff's screens for moving, under /admin/moving/."""

from django.urls import path

from hub.moving.leaving import screens as leaving

staff_urls = [
    path("moving/take-along/", leaving.take, name="take_along"),
]
