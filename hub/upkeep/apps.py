from django.apps import AppConfig


class UpkeepConfig(AppConfig):
    name = "hub.upkeep"
    label = "upkeep"
    verbose_name = "Upkeep"

    def ready(self) -> None:
        from hub.upkeep import wiring  # it reads models, which are there only now

        wiring.connect(self)
