from django.apps import AppConfig


class MovingConfig(AppConfig):
    name = "hub.moving"
    label = "moving"
    verbose_name = "Moving"
