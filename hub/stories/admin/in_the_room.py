"""In the room: a family's own pages on the worker's telephone, for one person, and no way into the admin meanwhile.

The worker is signed out before the pages open, and what the browser kept of the admin is thrown away. The address is
good for two hours and ends when the telephone is given back: what follows then begins with signing in.
"""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from hub.partners.people import signed_in
from hub.stories.admin.people import for_the_section, person_in
from hub.stories.admin.people_forms import AskForm
from hub.stories.choices import Use
from hub.stories.family import CannotAsk, asking, links
from hub.stories.models import StoryPage
from hub.stories.rule import GivenBy

FORGET_THE_ADMIN = '"cache", "storage"'


@for_the_section
def in_the_room(request: HttpRequest, story: StoryPage, participation_id: int) -> HttpResponse:
    """Which uses to ask about; then the telephone is theirs."""
    participation = person_in(story, participation_id)
    form = AskForm.of(request, participation)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            issued = asking.ask(
                participation,
                uses=[Use(use) for use in said["uses"]],
                by=signed_in(request),
                given_by=GivenBy(said["given_by"]),
                easy_read=said["easy_read"],
                why_again=said.get("why_again", ""),
                language=said.get("language", ""),
            )
        except CannotAsk as refusal:
            form.add_error(None, str(refusal))
        else:
            logout(request)
            response = redirect("yours", links.key_to(links.IN_THE_ROOM, issued.link.pk))
            response["Clear-Site-Data"] = FORGET_THE_ADMIN
            return response
    context = {"story": story, "participation": participation, "form": form}
    return render(request, "stories/admin/in_the_room.html", context)
