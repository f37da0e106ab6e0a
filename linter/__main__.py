"""`python -m linter`: the newslint command."""

from linter.cli.main import main

if __name__ == "__main__":
    main()
