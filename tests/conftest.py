"""This folder is on the path of all tests: cases that several of them share stand here."""
