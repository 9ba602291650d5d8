"""How dates are written, where Django's own way is not how a newspaper does it."""
