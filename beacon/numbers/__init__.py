"""Who holds a phone number: asked as none, another case or the same case; never who."""
