"""What can be said only across articles: lines that a site's template repeats."""
