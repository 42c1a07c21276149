"""The roles that those who run things may have; what each may do stands in accounts/policy."""

ROLES = ("facilitator", "recruiter", "admin", "dpo")
