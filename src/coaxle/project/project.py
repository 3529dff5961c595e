"""The sections of a project file. Entries name one another; the workbench turns names into objects."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from coaxle.alliance.partner import Family, Partner, Plant, Rules, Transport
from coaxle.design.battery import Battery
from coaxle.design.edu import Edu, LossModel, PartsEdu, SealedEdu
from coaxle.design.engine import Combustion, Engine
from coaxle.design.gearbox import Gearbox
from coaxle.design.inverter import Inverter
from coaxle.design.machine.kinds import Machine
from coaxle.design.thermal import Cooling
from coaxle.study.needs import Needs
from coaxle.units import Money, Name, Power, Ratio, Share, SignedMass
from coaxle.vehicle.body import Body
from coaxle.vehicle.powertrain import Alternator, Charger, Idling, Regeneration, Transmission


@dataclass(frozen=True, slots=True, kw_only=True)
class Currency:
    """The one currency of a project and the price year of its figures."""

    code: Literal["EUR"]
    price_year: int
    source: str
    assumed: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Years:
    """First and last calendar year of the horizon."""

    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BevEntry:
    """A battery-electric powertrain by the names of its parts."""

    kind: Literal["bev"]
    battery: Annotated[str, Name(("batteries",))]
    front: Annotated[str, Name(("edus",))] | None = None
    rear: Annotated[str, Name(("edus",))] | None = None
    front_share: Share | None = None
    charger: Charger
    regeneration: Regeneration
    auxiliaries: Power
    source: str
    assumed: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class IceEntry:
    """A combustion powertrain by the names of its parts."""

    kind: Literal["ice"]
    engine: Annotated[str, Name(("engines",))]
    transmission: Annotated[str, Name(("transmissions",))]
    axle_loss: Share
    driven: Literal["front", "rear", "all"]
    auxiliaries: Power
    alternator: Alternator
    idling: Idling
    stop_start: bool
    recuperation: bool
    source: str
    assumed: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """What it takes to fit a powertrain into a carline.

    A final drive (combustion only), mass beside its parts (tank, exhaust, cradle; may be negative), money once.
    """

    axle_ratio: Ratio | None = None
    extra_mass: SignedMass = 0.0
    application: Money = 0.0
    assumed: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Carline:
    """A carline at one level of performance: its body, what it may take, what it must do, how many are sold.

    ``body`` was tested with ``reference``, one of ``options``; another powertrain changes the mass by the difference of
    their parts. ``sales`` gives cars a year at some years, linear between them; ``regulated_share`` of them are
    registered where the fleet target counts.
    """

    partner: Annotated[str, Name(("partners",))]
    brand: str
    model: str
    body: Body
    reference: Annotated[str, Name(("powertrains",))]
    options: dict[Annotated[str, Name(("powertrains",))], Option]
    plant: Annotated[str, Name(("plants",))]
    sales: dict[int, int]
    regulated_share: Share
    needs: Needs
    source: str
    assumed: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A whole project file, its includes and one scenario laid over it."""

    coaxle: Literal[1]
    name: str
    currency: Currency
    years: Years
    discount: Share
    partners: dict[str, Partner]
    families: dict[str, Family]
    combustions: dict[str, Combustion] = field(default_factory=dict)
    loss_models: dict[str, LossModel] = field(default_factory=dict)
    engines: dict[str, Engine] = field(default_factory=dict)
    machines: dict[str, Machine] = field(default_factory=dict)
    inverters: dict[str, Inverter] = field(default_factory=dict)
    gearboxes: dict[str, Annotated[Gearbox, "kind"]] = field(default_factory=dict)
    coolings: dict[str, Annotated[Cooling, "kind"]] = field(default_factory=dict)
    edus: dict[str, Annotated[Edu | PartsEdu | SealedEdu, "kind"]] = field(default_factory=dict)
    batteries: dict[str, Battery] = field(default_factory=dict)
    transmissions: dict[str, Transmission] = field(default_factory=dict)
    powertrains: dict[str, Annotated[BevEntry | IceEntry, "kind"]]
    carlines: dict[str, Carline]
    plants: dict[str, Plant]
    transport: Transport
    rules: Rules
    scenarios: dict[str, dict[str, Any]] = field(default_factory=dict)
