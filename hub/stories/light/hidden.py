"""Who may still see a draft in which somebody told of harm? Safeguarding, and nobody else, whichever way they come.

A legal flag that hides takes the story out of the admin for everybody without the safeguarding role, whoever wrote it:
editor, explorer, choosers, search, history, people, review. It is off the site by the flag itself. Refuses by saying
nothing: the story is not found.
"""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from wagtail.permission_policies.pages import PagePermissionPolicy

from hub.stories.models import StoryPage
from hub.stories.models.moderation import hidden_stories, is_hidden, sees_hidden

__all__ = [
    "PagesPolicy", "hidden_stories", "is_hidden", "nothing_of_a_hidden_story", "sees_hidden", "stories_seen_by",
]  # fmt: skip


def stories_seen_by(user: Any) -> QuerySet[StoryPage]:
    """Every story but those hidden from `user`. Says nothing of what else `user` may do with them."""
    stories: QuerySet[StoryPage] = StoryPage.objects.all()
    return stories if sees_hidden(user) else stories.exclude(pk__in=hidden_stories())


class PagesPolicy(PagePermissionPolicy):
    """Wagtail's rules for pages, and hidden stories are not there for whoever may not see them."""

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> Any:
        return self._without_hidden(user, super().instances_user_has_any_permission_for(user, actions))

    def explorable_root_instance(self, user: Any) -> Any:
        """As Wagtail finds it. Whoever works in one place has it at hand: it is not asked for again."""
        kept, name = user.__dict__, self._explorable_root_instance_cache_name
        if name not in kept:
            places = {page.pk: page for page in self.instances_with_direct_explore_permission(user)}
            if len(places) == 1:
                (kept[name],) = places.values()
        return super().explorable_root_instance(user)

    def explorable_instances(self, user: Any) -> Any:
        return self._without_hidden(user, super().explorable_instances(user))

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Any) -> bool:
        if not sees_hidden(user) and is_hidden(instance.pk):
            return False
        return bool(super().user_has_any_permission_for_instance(user, actions, instance))

    def _without_hidden(self, user: Any, pages: Any) -> Any:
        return pages if sees_hidden(user) else pages.exclude(pk__in=hidden_stories())


def nothing_of_a_hidden_story(parent_page: Any, pages: Any, request: HttpRequest) -> Any:
    """The explorer's own page of a hidden story is not found either: Wagtail asks there only in which section it is."""
    if not sees_hidden(request.user) and is_hidden(parent_page.pk):
        raise Http404
    return pages
