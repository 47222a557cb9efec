"""How the walk of rights fills in what stands at the door itself: the forms are walked with their acts."""

PAGES = {"/acts/{name:str}": lambda _w: ["/acts/no.such_act"]}
