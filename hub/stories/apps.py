from django.apps import AppConfig


class StoriesConfig(AppConfig):
    name = "hub.stories"
    label = "stories"
    verbose_name = "Stories"

    def ready(self) -> None:
        from wagtail.signals import page_published

        from hub.partners import signals
        from hub.stories.lighting import partner_reopened, story_published
        from hub.stories.models import StoryPage

        page_published.connect(story_published, sender=StoryPage, dispatch_uid="light_story")
        signals.partner_reopened.connect(partner_reopened, dispatch_uid="light_reopened")
