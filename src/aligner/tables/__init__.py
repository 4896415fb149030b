"""What the terminal shows: tables for people, one JSON object a line for programs."""
