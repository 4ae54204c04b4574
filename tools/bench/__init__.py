"""`make bench`: what a request costs the server, beside a yardstick. docs/performance.md says how to read it."""
