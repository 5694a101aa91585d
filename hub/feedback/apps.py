from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "hub.feedback"
    label = "feedback"
    verbose_name = "Feedback"

    def ready(self) -> None:
        from hub.feedback import wiring  # it reads models, which are there only now

        wiring.connect(self)
