"""`make storm`: no acknowledged event is lost, whatever is killed. docs/reliability.md explains the results."""
