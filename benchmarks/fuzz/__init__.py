"""Feed the program what nobody would write, and see that it holds: python -m benchmarks.fuzz.

A target takes any bytes, does with them what the program does with such input, and raises Broken where something is not
as promised. feeding changes good inputs at random and keeps what breaks; the other modules each have the targets of one
kind of input, in TARGETS.
"""
