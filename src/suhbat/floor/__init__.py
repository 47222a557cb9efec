"""Meet: the chair, the floor, the speakers' list, the room."""
