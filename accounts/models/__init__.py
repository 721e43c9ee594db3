from accounts.models.invitation import Invitation
from accounts.models.notice import Delivery, Notice
from accounts.models.user import User

__all__ = ["Delivery", "Invitation", "Notice", "User"]
