"""How good flags and figures are, measured by ``diembao eval`` on frozen corpora."""
