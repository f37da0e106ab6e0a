"""The page of the `html` report: what it is told of a run, and the files it is made of."""
