from django.apps import AppConfig


class StoriesConfig(AppConfig):
    name = "hub.stories"
    label = "stories"
    verbose_name = "Stories"

    def ready(self) -> None:
        from wagtail.signals import page_published

        from hub.stories.lighting import story_published
        from hub.stories.models import StoryPage

        page_published.connect(story_published, sender=StoryPage, dispatch_uid="light_story")
