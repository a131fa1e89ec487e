"""What people type about people. Forms check the input; the workflow checks the world."""
