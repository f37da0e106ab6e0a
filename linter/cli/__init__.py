"""The command: one file per subcommand; it parses and prints, nothing else."""
