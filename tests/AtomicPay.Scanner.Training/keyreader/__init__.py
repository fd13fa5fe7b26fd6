"""Trains the network that reads one text line of a picture, made for keys: every character counts, no language helps."""
