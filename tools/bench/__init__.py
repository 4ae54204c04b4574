"""`make bench`: the CPU cost of a request, compared to a yardstick. docs/performance.md explains the figures."""
