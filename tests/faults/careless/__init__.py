"""The red control: a worker that sends first and notes it afterwards, as most code does."""
