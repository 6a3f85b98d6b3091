"""What the comparison of names knows: its writing units and learned weights."""
