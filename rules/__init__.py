"""The shipped rules, one YAML file each; installed as linter.rules."""
