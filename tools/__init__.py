"""Programs that make what the packages ship; they are run by hand and installed nowhere."""
