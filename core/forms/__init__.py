"""Forms that draw themselves as GOV.UK markup and explain themselves in plain English."""
