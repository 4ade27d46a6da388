"""Networks as tenants: host name to tenant, and the tenant of the moment."""
