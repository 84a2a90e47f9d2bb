"""The fraud hub: what was lost, what was claimed, what came back and what was prevented."""
