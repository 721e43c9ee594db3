"""Doors of the registers: my community, and the county's own pages."""

from django.urls import path, register_converter

from communities.models import Role
from communities.views import (
    acting,
    community,
    county,
    demo,
    entry,
    lists,
    look,
    operations,
    people,
    person_account,
    wording,
)


class RoleConverter:
    """A role's own word in an address; anything else is not found."""

    regex = "|".join(Role.values)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return str(value)


register_converter(RoleConverter, "role")

app_name = "communities"
urlpatterns = [
    path("account/acting/", acting.switch, name="acting"),
    path("demo/", demo.demo, name="demo"),
    path("demo/<int:pk>/", demo.demo_sign_in, name="demo-sign-in"),
    path("community/", community.mine, name="mine"),
    path("community/principles/", community.principles, name="principles"),
    path("community/<slug:slug>/", community.community, name="community"),
    path("county/areas/", county.areas, name="areas"),
    path("county/areas/add/", county.add_area, name="area-add"),
    path("county/districts/<slug:code>/", county.place_district, name="district-place"),
    path("county/communities/", county.communities, name="county-communities"),
    path("county/communities/open/", county.open_community, name="community-open"),
    path("county/communities/<slug:slug>/", county.county_community, name="county-community"),
    path("county/communities/<slug:slug>/change/", county.change_community, name="community-change"),
    path("county/communities/<slug:slug>/close/", county.close_community, name="community-close"),
    path("county/communities/<slug:slug>/schools/add/", county.join, name="membership-add"),
    path("county/communities/<slug:slug>/networks/add/", county.link_pcn, name="pcn-link"),
    path("county/memberships/<int:pk>/end/", county.leave, name="membership-end"),
    path("county/memberships/<int:pk>/move/", county.move, name="membership-move"),
    path("county/networks/<int:pk>/end/", county.unlink_pcn, name="pcn-unlink"),
    path("county/schools/", county.schools, name="county-schools"),
    path("county/schools/<int:urn>/", county.school, name="school"),
    path("county/people/", people.people, name="people"),
    path("county/people/invite/", people.invite_role, name="invite-role"),
    path("county/people/invite/<role:role>/", people.invite, name="invite"),
    path("county/people/invitations/", entry.invitations, name="invitations"),
    path("county/people/invitations/<int:pk>/send-again/", entry.resend, name="invitation-resend"),
    path("county/people/invitations/<int:pk>/withdraw/", entry.withdraw, name="invitation-withdraw"),
    path("county/people/<int:pk>/", people.person, name="person"),
    path("county/people/<int:pk>/invite/", entry.invite_again, name="person-invite"),
    path("county/people/<int:pk>/change/", person_account.change, name="person-change"),
    path("county/people/<int:pk>/close/", person_account.close, name="person-close"),
    path("county/people/<int:pk>/reopen/", person_account.reopen, name="person-reopen"),
    path("county/people/<int:pk>/second-step/", person_account.reset_second_factor, name="person-second-step"),
    path("county/people/<int:pk>/appoint/", people.appoint_role, name="appoint-role"),
    path("county/people/<int:pk>/appoint/<role:role>/", people.appoint, name="appoint"),
    path("county/posts/<int:pk>/end/", people.end_post, name="post-end"),
    path("county/deliveries/", operations.deliveries, name="deliveries"),
    path("county/deliveries/<int:pk>/<slug:answer>/", operations.settle_delivery, name="delivery-settle"),
    path("county/outbox/", operations.given_up, name="given-up"),
    path("county/outbox/try-again/", operations.try_all_again, name="try-all-again"),
    path("county/outbox/<int:pk>/try-again/", operations.try_again, name="try-again"),
    path("county/lists/", lists.overview, name="lists"),
    path("county/lists/<slug:name>/", lists.one, name="list"),
    path("county/lists/<slug:name>/add/", lists.add, name="list-add"),
    path("county/lists/<slug:name>/<int:pk>/reword/", lists.reword, name="list-reword"),
    path("county/lists/<slug:name>/<int:pk>/end/", lists.end, name="list-end"),
    path("county/look/", look.look, name="look"),
    path("county/wording/", wording.wording, name="wording"),
    path("county/principles/", wording.versions, name="county-principles"),
    path("county/principles/draft/", wording.draft, name="principles-draft"),
    path("county/principles/<int:number>/", wording.version, name="principles-version"),
    path("county/principles/<int:number>/publish/", wording.publish, name="principles-publish"),
    path("county/principles/<int:number>/discard/", wording.discard, name="principles-discard"),
]
