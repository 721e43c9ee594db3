from communities.models.appointment import Appointment, Role
from communities.models.community import (
    Area,
    Community,
    CommunityMembership,
    CommunityPCN,
    County,
    District,
)
from communities.models.grants import (
    AreaUserObjectPermission,
    CommunityUserObjectPermission,
    CountyUserObjectPermission,
    SchoolUserObjectPermission,
    ServiceUserObjectPermission,
)
from communities.models.health import Practice, PracticeLink, PrimaryCareNetwork
from communities.models.principles import Principle, PrinciplesVersion
from communities.models.school import School, SchoolLink, SchoolTrust, Trust
from communities.models.service import Service

__all__ = [
    "Appointment",
    "Area",
    "AreaUserObjectPermission",
    "Community",
    "CommunityMembership",
    "CommunityPCN",
    "CommunityUserObjectPermission",
    "County",
    "CountyUserObjectPermission",
    "District",
    "Practice",
    "PracticeLink",
    "PrimaryCareNetwork",
    "Principle",
    "PrinciplesVersion",
    "Role",
    "School",
    "SchoolLink",
    "SchoolTrust",
    "SchoolUserObjectPermission",
    "Service",
    "ServiceUserObjectPermission",
    "Trust",
]
