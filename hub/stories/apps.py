from django.apps import AppConfig


class StoriesConfig(AppConfig):
    name = "hub.stories"
    label = "stories"
    verbose_name = "Stories"

    def ready(self) -> None:
        from hub.stories import wiring  # it reads models, which are there only now

        wiring.connect(self)
