"""How the Hub looks: style sheet, typeface, icons and the plait."""
