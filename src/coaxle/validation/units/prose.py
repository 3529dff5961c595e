"""What the section on drive units says around its tables."""

PREFACE = """## Drive units from geometry

Maps of drive units follow from drawn machines: a field solution of the section, losses of iron, copper, magnets,
devices and gears. Here they stand against what is published of the units themselves.

**No maker has published the section of a current machine of BMW or JLR.** The geometry of the Gen5 machines is coaxle's
own design for the published envelope, not BMW's. That of the i3, I-PACE, Zoe, Model 3 and e-tron follows third parties'
files (main dimensions; magnets, windings and steels are partly their or coaxle's guesses), that of the VW ID.3 a
reconstruction by TUM. No car of this page takes those six: they stand here for comparison alone. Stack, turns and
currents of own designs were chosen so that torque and power come out; there only mass, 30-minute power and efficiency
are predictions. The column *how* says which figure is what.
"""

RATINGS = """### Published ratings

*Parts alone*: what machine and inverter give at the unit's rated voltage when its control does not hold them back, with
the power at its lowest voltage in brackets; the error and the verdict (target 10 %) are those of this figure. *Within
limits*: with the torque and power that the unit's control allows in the library, which is what its map holds. *How*:
*chosen* so that the figure comes out, *fitted* to it, or *blind*.
"""

MISSES = """Behind the misses (none was tuned away; explanations are reasoning, not measurements):
"""

POINTS = """### Measured losses of the VW ID.3's unit

124 points from inverter input to machine shaft on a vehicle dynamometer (published with TUMFTM/Eco_Driving_Toolbox),
against TUM's reconstruction of the machine, an IGBT set of the module's class at 10 kHz (the car's frequency is not
told) and 400 V. Nothing is fitted. Temperatures of the measurement are not told: windings and magnets are as hot as in
the reconstruction; the second row of the first table shows the 85 and 75 degC of all other maps. The first row was
chosen after both had been seen.
"""

READING = """What the regions tell:

- **Slow**: loss comes out too low, by a part that hardly depends on speed: about 0.2 kW at light load, 0.7 kW at full
  torque. Iron and magnets are as good as absent there, so it is copper or inverter. The same machine's losses are met
  within 5 to 15 % of those of the reconstruction's own tool (see below); at light load copper is small as well, which
  leaves the inverter (its devices, frequency and control supply are another set's) or the measurement.
- **Fast, light load**: too high by a few per cent, where field weakening, iron, magnets (the reaction of their currents
  is left out) and friction rule.
- **The worst point** lies at 12 700 rpm and 101 Nm: measured with 96.6 % between neighbours of 94.5 and 95.0 %.
"""

CHECKS = """### The chain, link by link

Each link is held by a test (`python -m pytest` and its name); bounds are what the tests assert.
"""
