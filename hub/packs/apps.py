from django.apps import AppConfig


class PacksConfig(AppConfig):
    name = "hub.packs"
    label = "packs"
    verbose_name = "Packs"
