"""`make bench`: how fast Beacon is, each figure beside a bare floor measured in the same run."""
