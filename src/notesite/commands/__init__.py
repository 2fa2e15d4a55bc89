"""What the author does with notes on the command line; each command takes data and yields the lines to print."""
