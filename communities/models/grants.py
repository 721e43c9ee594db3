"""guardian's rows, one table per guarded model with a real foreign key: they die with their object."""

from django.db import models
from guardian.models import UserObjectPermissionBase

from communities.models.community import Area, Community, County
from communities.models.school import School
from communities.models.service import Service


class CommunityUserObjectPermission(UserObjectPermissionBase):
    content_object = models.ForeignKey(Community, on_delete=models.CASCADE)


class SchoolUserObjectPermission(UserObjectPermissionBase):
    content_object = models.ForeignKey(School, on_delete=models.CASCADE)


class ServiceUserObjectPermission(UserObjectPermissionBase):
    content_object = models.ForeignKey(Service, on_delete=models.CASCADE)


class AreaUserObjectPermission(UserObjectPermissionBase):
    content_object = models.ForeignKey(Area, on_delete=models.CASCADE)


class CountyUserObjectPermission(UserObjectPermissionBase):
    content_object = models.ForeignKey(County, on_delete=models.CASCADE)
