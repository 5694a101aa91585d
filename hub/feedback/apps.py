from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "hub.feedback"
    label = "feedback"
    verbose_name = "Feedback"

    def ready(self) -> None:
        from hub.feedback.operations import jobs_when_due
        from hub.partners import signals

        signals.time_passes.connect(jobs_when_due, dispatch_uid="feedback_jobs")
