"""How fast the pages are: the pages, who opens them, the county a hundred times as large, the rounds and the bounds."""
