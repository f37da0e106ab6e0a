"""What the tests of `newslint fix` mend: texts with what is wrong with them, and the rules that find it."""

ONE = "The ferry was repaired in four days, and sails again."
TWO = "Its owner had feared that it would take until the autumn."
DIRTY = f"{ONE}\n\nAdvertisement\n\nThe mayorâ€™s boat is late. {TWO}\n"
FIXED = f"{ONE}\n\nThe mayor’s boat is late. {TWO}\n"
TOLD = "2 fixed (ENC001 1, INJ005 1)"
ASKED = f"{ONE}\n\n{TWO}\n\nReading time: 7 min. | Views: 3 518 | June 4, 2021\n\n{TWO}\n"  # a date goes with the line

RULES = ("--select", "ENC001,INJ005,SHR002,TPL007")  # all of them take a second to compile
