"""Wealdshire: a made-up county to look at. Everything is done through the services, so that every audit row is real.

No person, school or pupil in it exists.
"""
