"""What is wrong in a text: rules, the runner that applies them, reporters."""
