"""What a house has decided: its concepts, how they are loaded, validated and found in texts."""
