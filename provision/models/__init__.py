from provision.models.support import SupportEntry

__all__ = ["SupportEntry"]
