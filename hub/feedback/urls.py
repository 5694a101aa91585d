"""Addresses of what readers may tell us, and of what we answered."""

from django.urls import path

from hub.feedback import views

urlpatterns = [
    path("feedback/<int:page_id>/", views.feedback, name="feedback"),
    path("feedback/<int:page_id>/sent/", views.sent, name="feedback_sent"),
    path("you-said/", views.you_said, name="you_said"),
]
