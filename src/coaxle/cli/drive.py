"""``coaxle drive``: one car over one cycle."""

from __future__ import annotations

from pathlib import Path

import typer


def drive(
    project: Path = typer.Argument(..., help="The project file."),
    car: str = typer.Argument(..., help="Name of a carline."),
    powertrain: str = typer.Argument(..., help="Name of a powertrain that it may take."),
    cycle: str = typer.Option(None, "--cycle", help="Legal cycle, or your own CSV or Excel file; default: the rules'."),
    scenario: str = typer.Option(None, "--scenario", help="Scenario laid over the project."),
    warm: bool = typer.Option(False, "--warm", help="Start with a warm engine."),
    as_json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    """Drive one car over a cycle: consumption, CO2, every loss, and whether it can follow."""
    from coaxle.cli.words import progress, say_json, say_table
    from coaxle.vehicle.runs import ENERGIES, Ended
    from coaxle.vehicle.settings import DriveSettings
    from coaxle.workbench.workbench import read

    bench = read(project, scenario)
    with progress(f"driving {car} / {powertrain}", quiet=as_json):
        runs = bench.drive(car, powertrain, _cycle(cycle), DriveSettings(warmth=1.0 if warm else 0.0))
    kilometres = float(runs.distance.sum()) / 1e3
    if as_json:
        say_json(
            {
                "carline": car,
                "powertrain": powertrain,
                "cycle": runs.cycle,
                "ended": Ended(int(runs.ended[0])).name,
                "distance [km]": kilometres,
                "consumption": runs.consumption,
                "wall energy [Wh/km]": float(runs.wall_energy[0]) / 3.6,
                "fuel [l/100km]": float(runs.fuel_consumption[0]) * 1e8,
                "co2 [g/km]": float(runs.emission[0]) * 1e6,
                "energies [kWh]": {name: float(runs.total(name)[0]) / 3.6e6 for name in ENERGIES},
                "residual [-]": float(runs.residual[0]),
                "miss": {
                    "speed [km/h]": float(runs.miss_speed[0]) * 3.6,
                    "power [kW]": float(runs.miss_power[0]) / 1e3,
                    "time [s]": float(runs.miss_time[0]),
                    "first [s]": float(runs.miss_first[0]),
                },
                "phases": {
                    phase: {
                        "distance [km]": float(runs.distance[0, p]) / 1e3,
                        "wall energy [Wh/km]": float(runs.wall[0, p] / runs.distance[0, p]) / 3.6,
                        "fuel [l/100km]": float(runs.fuel_volume[0, p] / runs.distance[0, p]) * 1e8,
                        "co2 [g/km]": float(runs.co2[0, p] / runs.distance[0, p]) * 1e6,
                    }
                    for p, phase in enumerate(runs.phases)
                },
            }
        )
        return
    typer.echo(f"{car} / {powertrain} on {runs.cycle}, {kilometres:.2f} km: {runs.consumption}")
    if runs.ended[0] != Ended.OK:
        speed, power = runs.miss_speed[0] * 3.6, runs.miss_power[0] / 1e3
        typer.echo(
            f"it does not follow ({Ended(int(runs.ended[0])).name}): {speed:.1f} km/h and {power:.1f} kW short "
            f"for {runs.miss_time[0]:.0f} s, first at {runs.miss_first[0]:.0f} s"
        )
    rows = []
    for name in ENERGIES:
        energy = float(runs.total(name)[0])
        rows.append((name, f"{energy / 3.6e6:.3f}", f"{energy / 3.6 / kilometres / 1e3:.1f}"))
    say_table("", ("energy", "kWh", "Wh/km"), rows)


def _cycle(word: str | None):  # type: ignore[no-untyped-def]
    if word is None or not Path(word).suffix:
        return word
    from coaxle.cycles.read import read_cycle

    return read_cycle(Path(word))
