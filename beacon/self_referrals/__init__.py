"""People who come by themselves: the public form, and the person on the line."""
