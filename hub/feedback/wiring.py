"""Wiring only: what feedback listens to, and what it tells the apps below it."""

from django.apps import AppConfig

from hub.feedback.operations import forget_old
from hub.partners import jobs


def connect(app: AppConfig) -> None:
    jobs.declare({"Old feedback erased": forget_old})
