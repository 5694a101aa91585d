from django.apps import AppConfig


class MovingConfig(AppConfig):
    name = "hub.moving"
    label = "moving"
    verbose_name = "Moving"

    def ready(self) -> None:
        from hub.moving import wiring  # it reads models, which are there only now

        wiring.connect()
