"""Who the states are, how they are called, and the standing formats that join them."""
