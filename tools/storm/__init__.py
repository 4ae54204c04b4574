"""`make storm`: what was acknowledged is kept, whatever is killed. docs/reliability.md says how to read it."""
