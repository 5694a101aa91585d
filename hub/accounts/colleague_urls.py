"""Addresses of “Colleagues”, under /admin/colleagues/, and of the page behind an invitation."""

from django.urls import path

from hub.accounts import colleague_screens as screens
from hub.accounts.joining import join

colleague_urls = [
    path("colleagues/", screens.everybody, name="colleagues"),
    path("colleagues/shared/<int:user_id>/", screens.shared_roles, name="shared_roles"),
    path("colleagues/<int:partner_id>/invite/", screens.invite, name="colleague_invite"),
    path("colleagues/<int:partner_id>/approval/", screens.approval, name="colleagues_approval"),
    path("colleagues/<int:partner_id>/happened/", screens.happened, name="colleagues_happened"),
    path("colleagues/<int:partner_id>/invited/<int:invitation_id>/again/", screens.send_again, name="invitation_again"),
    path(
        "colleagues/<int:partner_id>/invited/<int:invitation_id>/withdraw/",
        screens.withdraw,
        name="invitation_withdraw",
    ),
    path("colleagues/<int:partner_id>/people/<int:user_id>/", screens.colleague, name="colleague"),
    path("colleagues/<int:partner_id>/people/<int:user_id>/end/", screens.end, name="colleague_end"),
]
join_urls = [path("join/<str:key>/", join, name="join")]
