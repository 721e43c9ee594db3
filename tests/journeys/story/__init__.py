"""The service's main job, told once from the first import to the board's answer, in each of the four manners."""
