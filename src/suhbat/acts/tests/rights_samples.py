"""Sample addresses of this package for the rights tests. The forms are tested with their acts."""

PAGES = {"/acts/{name:str}": lambda _w: ["/acts/no.such_act"]}
