"""Wiring only: what upkeep listens to, and what it tells the apps below it."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from hub.pages.installed_triggers import more_checks
from hub.partners import jobs
from hub.upkeep.post import post_waiting
from hub.upkeep.roles import after_migrate, differences_of_the_web_process


def connect(app: AppConfig) -> None:
    jobs.declare({"Mails posted": post_waiting})
    more_checks.append(differences_of_the_web_process)
    post_migrate.connect(after_migrate, sender=app, dispatch_uid="rights_of_the_web_process")
