"""Scores against labels that people gave: sides, AUC, intervals, thresholds; pure figures, for `calibrate`."""
