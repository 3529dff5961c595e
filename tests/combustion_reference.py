"""A combustion car in plain Python, step by step, component by component: the twin of the kernel.

Nothing is shared with the kernel but the rules: losses are added up part by part, look-ups are NumPy's, and the speed
that can be reached is found with SciPy.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import atan, cos, exp, sin
from typing import Any

import numpy as np
from scipy.optimize import brentq

from coaxle.cycles.cycle import Cycle
from coaxle.numerics.grid import bilinear
from coaxle.vehicle.powertrain import Ice, Vehicle

G = 9.80665
NAMES = ("source", "wheel_out", "wheel_in", "brake", "unit", "transmission", "storage", "auxiliaries", "idle")


@dataclass
class Motor:
    """A running engine: speed, map torque, fuel rate [kg/s], and the torque into gearbox or launch device."""

    w: float
    torque: float
    rate: float
    into: float
    feasible: bool
    easy: bool
    cut: bool


@dataclass
class Twin:
    vehicle: Vehicle
    cycle: Cycle
    warmth: float
    log: list[dict[str, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        power = self.vehicle.powertrain
        assert isinstance(power, Ice)
        self.p = power
        self.m = power.engine
        self.t = power.transmission
        known = np.isfinite(self.m.fuel)
        self.fuel = np.array(self.m.fuel)
        for row, ok in zip(self.fuel, known, strict=True):
            n = int(ok.sum())
            row[n:] = np.interp(n, [0, n], [row[n - 1], row[n - 1]]) + (row[n - 1] - row[n - 2]) * np.arange(
                1, row.size - n + 1
            )
        self.cold0 = 1.0 - self.warmth
        self.burnt = 0.0
        self.stage = self.m.warm_up_energy / 64
        self.stage_end = self.stage
        self.cold = self.cold0 * exp(-1 / 128)
        self.content = 0.0

    # -- the parts ---------------------------------------------------------------------------------------------
    def ratio(self, k: int) -> float:
        return self.t.ratios[k] * self.p.axle_ratio / self.vehicle.body.wheel_radius

    def drag(self, w: float) -> float:
        return float(np.interp(w, self.m.speed, self.m.torque_drag))

    def wide_open(self, w: float) -> float:
        return float(np.interp(w, self.m.speed, self.m.torque_max))

    def rate(self, w: float, torque: float) -> float:
        w = min(max(w, self.m.speed[0]), self.m.speed[-1])
        if torque >= 0:
            return float(bilinear(self.m.speed, self.m.torque, self.fuel, np.array(w), np.array(torque)))
        zero = float(np.interp(w, self.m.speed, self.fuel[:, 0]))
        return zero * max(0.0, (torque - self.drag(w)) / -self.drag(w))

    def motor(self, w: float, into: float, alternator: float, inertia: float) -> Motor:
        extra = (self.m.cold_friction - 1) * self.cold * -self.drag(w)
        torque = into + alternator / w + inertia + extra
        top = self.wide_open(w)
        cut = torque <= self.drag(w)
        rate = 0.0 if cut else self.rate(w, torque)
        return Motor(w, torque, rate, into, torque <= top, torque <= (1 - self.t.torque_reserve) * top, cut)

    def box_drag(self) -> float:
        return self.t.drag * (1 + (self.t.cold_drag - 1) * self.cold)

    def through(self, power: float) -> float:
        """Return the power at the gearbox input, without its drag, for a power at the wheels."""
        for loss in (self.p.axle_loss, self.t.mesh):
            power = power / (1 - loss) if power > 0 else power * (1 - loss)
        return power

    def back(self, power: float) -> float:
        """Return the power at the wheels for a power at the gearbox input, without its drag."""
        for loss in (self.t.mesh, self.p.axle_loss):
            power = power * (1 - loss) if power > 0 else power / (1 - loss)
        return power

    def closed(self, k: int, force: float, v: float, a: float, alternator: float) -> Motor:
        w = v * self.ratio(k)
        into = self.through(force * v) / w + self.box_drag()
        return self.motor(w, into, alternator, self.m.inertia * a * self.ratio(k))

    def slip(self, force: float, v: float, alternator: float) -> Motor:
        turbine = v * self.ratio(0)
        w = max(self.t.launch_speed, turbine)
        torque = self.through(force * v) / turbine + self.box_drag()
        ratio = max(1.0, self.t.stall_ratio + (1 - self.t.stall_ratio) * (turbine / w) / self.t.coupling)
        return self.motor(w, torque / ratio, alternator, 0.0)

    def idle(self, v: float, electric: float) -> Motor:
        w = self.m.idle_speed + self.p.idling.cold_rise * self.cold
        creep = self.t.standstill_drag * max(0.0, 1 - v * self.ratio(0) / w)
        return self.motor(w, creep, electric / self.p.alternator.efficiency, 0.0)

    # -- the road ----------------------------------------------------------------------------------------------
    def force(self, v0: float, v1: float, dt: float, angle: float) -> float:
        mass = self.vehicle.mass
        f0, f1, f2 = self.vehicle.body.coefficients(mass)
        square = (v0**2 + v0 * v1 + v1**2) / 3
        inertia = mass * (1 + self.vehicle.body.rotating_share) * (v1 - v0) / dt
        return inertia + f0 + f1 * (v0 + v1) / 2 + f2 * square + mass * G * sin(angle)

    def held(self, v0: float, v1: float, dt: float, angle: float) -> float:
        """Return the speed nearest to ``v1`` that the tyres allow."""
        b, mass = self.vehicle.body, self.vehicle.mass
        load = mass * G * cos(angle)

        def over(v: float) -> float:
            lift = mass * ((v - v0) / dt + G * sin(angle)) * b.centre_height / b.wheelbase
            normal = {"front": b.front_load * load - lift, "rear": (1 - b.front_load) * load + lift, "all": load}
            return self.force(v0, v, dt, angle) - b.grip * max(normal[self.p.driven], 0.0)

        def under(v: float) -> float:
            return self.force(v0, v, dt, angle) + b.grip * load

        if under(v1) < 0:
            return float(brentq(under, v1, v0 + 2 * G * dt, xtol=1e-14, rtol=1e-15))
        if self.force(v0, v1, dt, angle) > 0 and over(v1) > 0:
            return float(brentq(over, 0.0, v1, xtol=1e-14, rtol=1e-15)) if over(0.0) < 0 else 0.0
        return v1

    # -- one step ----------------------------------------------------------------------------------------------
    def choose(
        self, force: float, v: float, a: float, electric: float, g: int, hold: float
    ) -> tuple[int, Motor | None]:
        pull = force >= 0
        floor = self.t.lugging_speed if pull else self.t.overrun_speed
        band = [k for k in range(len(self.t.ratios)) if floor <= v * self.ratio(k) <= self.m.speed[-1]]
        power = electric / self.p.alternator.efficiency
        if g in band and (hold > 0 or not pull):
            motor = self.closed(g, force, v, a, power)
            if motor.cut or (hold > 0 and motor.feasible):
                return g, motor
        if not band and v * self.ratio(0) < floor:
            return -1, None
        found = [(k, self.closed(k, force, v, a, power)) for k in reversed(band)]
        easy = [(k, motor) for k, motor in found if motor.easy]
        if easy:
            best = easy[0]
            for this in easy[1:]:
                if this[1].rate >= best[1].rate:
                    break
                best = this
            return best
        able = [(k, motor) for k, motor in found if motor.feasible]
        return min(able, key=lambda pair: pair[1].rate) if able else (-2, None)

    def can(self, k: int, v0: float, v1: float, dt: float, angle: float, electric: float) -> bool:
        if v0 + v1 == 0:
            return k < 0
        v, a, force = (v0 + v1) / 2, (v1 - v0) / dt, self.force(v0, v1, dt, angle)
        if k < 0 and force <= 0:
            return True
        power = electric / self.p.alternator.efficiency
        if k < 0:
            return (
                v * self.ratio(0) <= max(self.t.lugging_speed, self.t.launch_speed)
                and self.slip(force, v, power).feasible
            )
        inside = self.t.lugging_speed <= v * self.ratio(k) <= self.m.speed[-1]
        return inside and self.closed(k, force, v, a, power).feasible

    def reach(self, v0: float, wanted: float, dt: float, angle: float, electric: float) -> tuple[float, int]:
        best, best_k = 0.0, -2
        for k in range(-1, len(self.t.ratios)):
            low, high = 0.0, wanted
            if k >= 0:
                low = max(0.0, 2 * self.t.lugging_speed / self.ratio(k) * (1 + 1e-12) - v0)
                high = min(high, 2 * self.m.speed[-1] / self.ratio(k) * (1 - 1e-12) - v0)
            if high < low:
                continue
            if self.can(k, v0, high, dt, angle, electric):
                found = high
            elif self.can(k, v0, low, dt, angle, electric):
                sign = lambda v, k=k: 1.0 if self.can(k, v0, v, dt, angle, electric) else -1.0  # noqa: E731
                found = brentq(sign, low, high, xtol=1e-14, rtol=1e-15)
                while not self.can(k, v0, found, dt, angle, electric):
                    found -= 1e-14
            else:
                continue
            if found >= best:
                best, best_k = found, k
        return best, best_k

    def electric(self, pull: bool, dt: float) -> float:
        aux, a = self.p.auxiliaries, self.p.alternator
        if pull and self.content > 0:
            return aux - min(aux, self.content / dt)
        if pull and self.content < 0:
            return aux + min(a.power - aux, -self.content / a.round_trip / dt)
        return aux

    def run(self) -> dict[str, Any]:
        c, p, a = self.cycle, self.p, self.p.alternator
        energy = {name: np.zeros(len(c.phases)) for name in NAMES}
        distance = np.zeros(len(c.phases))
        top = self.m.speed[-1] / self.ratio(len(self.t.ratios) - 1)
        miss = {"speed": 0.0, "power": 0.0, "time": 0.0}
        v, g, hold, still, off, resting = min(c.speed[0], top), 0, 0.0, 0.0, False, 0.0
        heating = self.m.fuel_kind.heating_value
        for n in range(c.time.size - 1):
            phase = int(np.searchsorted(c.borders, c.time[n], side="right")) - 1
            dt = c.time[n + 1] - c.time[n]
            angle = atan((c.grade[n] + c.grade[n + 1]) / 2)
            v0, v1, trace_moves = v, min(c.speed[n + 1], top), c.speed[n] + c.speed[n + 1] > 0
            if v0 + v1 > 0:
                v1 = self.held(v0, v1, dt, angle)
            lost: dict[str, float] = dict.fromkeys(NAMES, 0.0)
            restart = 0.0
            if off and trace_moves:
                off, restart = False, p.idling.restart * resting * heating
            motor: Motor | None = None
            if v0 + v1 > 0:
                force = self.force(v0, v1, dt, angle)
                pull = force >= 0
                made = self.electric(pull, dt)
                k, motor = self.choose(force, (v0 + v1) / 2, (v1 - v0) / dt, made, g, hold)
                if pull and k < 0:
                    if self.can(-1, v0, v1, dt, angle, made):
                        k = -1
                    else:
                        made = min(made, p.auxiliaries)
                        v1, k = self.reach(v0, v1, dt, angle, made)
                        force = self.force(v0, v1, dt, angle) if k != -2 else 0.0
                    if v0 + v1 > 0:
                        power = made / a.efficiency
                        mean, rise = (v0 + v1) / 2, (v1 - v0) / dt
                        motor = self.closed(k, force, mean, rise, power) if k >= 0 else None
                        if k == -1 and force > 0:
                            motor = self.slip(force, mean, power)
            mean = (v0 + v1) / 2
            wheel = 0.0
            if mean > 0:
                still = 0.0
                wheel = force * mean
                if motor is None:  # the launch device is open
                    motor = self.idle(mean, made)
                    lost["brake"] = max(-wheel, 0.0)
                    lost["transmission"] = motor.into * motor.w
                elif k < 0:
                    lost["transmission"] = motor.into * motor.w - wheel
                else:
                    made = self.hold_back(motor, wheel, made, dt, lost)
                lost["unit"] = (
                    motor.rate * heating
                    - self.given(motor, made)
                    + made * (1 / a.efficiency - 1)
                    + self.spin(k, v0, v1, dt)
                )
                new = max(k, 0)
                if new != g:
                    g, hold = new, self.t.shift_hold
                hold -= dt
            else:
                g, hold = 0, 0.0
                idle = self.idle(0.0, p.auxiliaries)
                resting = idle.rate
                wants = p.stop_start and self.cold <= 1 - p.idling.stop_warmth
                off = off or (wants and still >= p.idling.stop_delay and not trace_moves)
                still += dt
                made = 0.0 if off else p.auxiliaries
                if not off:
                    motor = idle
                    lost["transmission"] = idle.into * idle.w
                    lost["idle"] = idle.rate * heating - idle.into * idle.w - made
            lost["idle"] += restart / dt
            lost["wheel_out"], lost["wheel_in"] = max(wheel, 0.0), min(wheel, 0.0)
            lost["auxiliaries"], lost["storage"] = p.auxiliaries, made - p.auxiliaries
            lost["source"] = (motor.rate * heating if motor else 0.0) + restart / dt
            kept = (made - p.auxiliaries) * dt
            self.content += kept * (a.round_trip if kept > 0 else 1.0)
            self.burnt += lost["source"] * dt
            for name in NAMES:
                energy[name][phase] += lost[name] * dt
            distance[phase] += mean * dt
            if self.burnt > self.stage_end:
                self.stage_end = self.burnt + self.stage
                self.cold = self.cold0 * exp(-(self.burnt + self.stage / 2) / self.m.warm_up_energy)
            if v1 != c.speed[n + 1]:
                asked = self.force(c.speed[n], c.speed[n + 1], dt, angle) * (c.speed[n] + c.speed[n + 1]) / 2
                miss["time"] += dt
                miss["speed"] = max(miss["speed"], abs(c.speed[n + 1] - v1))
                if v1 < c.speed[n + 1]:
                    miss["power"] = max(miss["power"], asked - wheel)
            self.log.append({"gear": g + 1, "speed": v1, "w": motor.w if motor and not off else 0.0, **lost})
            v = v1
        return {"energy": energy, "distance": distance, "miss": miss}

    def hold_back(self, motor: Motor, wheel: float, made: float, dt: float, lost: dict[str, float]) -> float:
        """Write what gearbox, axle and brakes take in a closed gear; return what the alternator makes."""
        a = self.p.alternator
        into = self.through(wheel)
        if motor.torque < self.drag(motor.w):
            surplus = (self.drag(motor.w) - motor.torque) * motor.w
            if self.p.recuperation and self.content < a.content:
                room = (a.content - self.content) / a.round_trip / dt
                more = max(0.0, min(surplus * a.efficiency, a.power - made, room))
                made += more
                surplus -= more / a.efficiency
            into += surplus
            lost["brake"] = self.back(into) - wheel
        at_wheels = wheel + lost["brake"]
        axle_in = at_wheels / (1 - self.p.axle_loss) if at_wheels > 0 else at_wheels * (1 - self.p.axle_loss)
        lost["transmission"] = (axle_in - at_wheels) + (into - axle_in) + self.box_drag() * motor.w
        return made

    def given(self, motor: Motor, made: float) -> float:
        """Return the power that the crankshaft gives, its own inertia included [W]."""
        extra = (self.m.cold_friction - 1) * self.cold * -self.drag(motor.w)
        return (max(motor.torque, self.drag(motor.w)) - extra) * motor.w

    def spin(self, k: int, v0: float, v1: float, dt: float) -> float:
        """Return the power that goes into the inertia of the engine [W]."""
        if k < 0:
            return 0.0
        return self.m.inertia * self.ratio(k) ** 2 * (v1 - v0) / dt * (v0 + v1) / 2
