"""What a content repository is: its files, its site, where its articles lie; and what newslint adds to it."""
