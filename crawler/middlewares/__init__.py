"""What every request passes between the spider and the wire, one component a file."""
