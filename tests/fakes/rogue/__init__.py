"""Web sites that misbehave for real: raw bytes over sockets on loopback, one site a misdeed."""
