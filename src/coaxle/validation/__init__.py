"""Predicted against measured: certification tests of real cars, split into calibration and test.

Comes in: tables of records with their source. Goes out: errors, by class and by maker, and the page that tells them.
Never lives here: a parameter of one car.
"""
