"""How records look: as text, as HTML, as pictures."""
