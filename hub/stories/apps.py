from django.apps import AppConfig


class StoriesConfig(AppConfig):
    name = "hub.stories"
    label = "stories"
    verbose_name = "Stories"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy
        from wagtail.signals import page_published

        from hub.pages.models import HubPage
        from hub.partners import signals
        from hub.stories.disclosure import PagesPolicy
        from hub.stories.lighting import partner_reopened, story_published
        from hub.stories.models import StoryPage
        from hub.stories.wordings import provision_wordings

        register_permission_policy(HubPage, PagesPolicy(HubPage))
        page_published.connect(story_published, sender=StoryPage, dispatch_uid="light_story")
        signals.partner_reopened.connect(partner_reopened, dispatch_uid="light_reopened")
        signals.provisioning.connect(provision_wordings, dispatch_uid="provision_wordings")
