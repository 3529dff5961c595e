"""HiGHS: a model goes in, values and a proven bound come out.

Never lives here: what the columns mean.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import highspy
import numpy as np

from coaxle.alliance.model import Model
from coaxle.errors import ComputationError
from coaxle.numerics.arrays import Array

TOLERANCE = 1e-9
"""How far a value may lie off a bound, a row or a whole number [thousand units, million cars times g/km, or -]: a
millionth of a unit, far below the euro to which every plan is audited."""


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Outcome:
    """What the solver found.

    Parameters
    ----------
    values : (n,)
        Value of each column.
    objective, bound : float
        Cost of these values, and what no values can go below [MEUR].
    duals : (m,)
        Change of the objective per unit by which a row is eased [MEUR], <= 0 for an upper side; zeros for a model with
        whole numbers.
    timed_out : bool
        Whether the time ended before the gap was reached.

    """

    values: Array
    objective: float
    bound: float
    duals: Array
    timed_out: bool


def optimize(
    model: Model, gap: float, time_limit: float, threads: int, start: Mapping[int, float] | None = None
) -> Outcome | None:
    """Return the best values found, None where no values satisfy the rows.

    Parameters
    ----------
    model : Model
        What to minimise.
    gap : float
        Stop when objective - bound is at most this [MEUR].
    time_limit : float
        Stop after this long [s].
    threads : int
        How many.
    start : mapping of int to float, optional
        Known good values of some of the whole-number columns.

    Raises
    ------
    ComputationError
        Where the time ended before any values were found, or the solver gave up.

    """
    if not (np.isfinite(model.cost).all() and np.isfinite(model.value).all() and np.isfinite(model.offset)):
        # HiGHS 1.15 never comes back from a NaN among the costs, whatever its time limit.
        raise ComputationError("plan: a cost or a coefficient is too large a number, or none")
    highs = _loaded(model, gap, time_limit, threads)
    if start:
        highs.setSolution(len(start), np.array(list(start), dtype=np.int32), np.array(list(start.values())))
    if highs.run() == highspy.HighsStatus.kError:
        # The scheduler of this thread of ours still has the size of an earlier run.
        highspy.Highs.resetGlobalScheduler(True)
        highs.run()
    status, info = highs.getModelStatus(), highs.getInfo()
    if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible):
        return None
    timed_out = status == highspy.HighsModelStatus.kTimeLimit
    if timed_out and info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        raise ComputationError(f"plan: no plan was found within {time_limit:g} s; a longer time limit is wanted")
    if not timed_out and status not in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kModelEmpty):
        raise ComputationError(f"plan: the solver ended with '{highs.modelStatusToString(status)}'")
    solution = highs.getSolution()
    whole = bool(model.integer.any())
    objective = float(info.objective_function_value)
    return Outcome(
        values=np.array(solution.col_value),
        objective=objective,
        # Every cost is >= 0, so the offset is a bound even before the solver has one.
        bound=max(float(info.mip_dual_bound), model.offset) if whole else objective,
        duals=np.zeros(len(model.rows)) if whole else np.array(solution.row_dual),
        timed_out=timed_out,
    )


def _loaded(model: Model, gap: float, time_limit: float, threads: int) -> highspy.Highs:
    highs: highspy.Highs = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, value in (
        ("output_flag", False),
        ("threads", threads),
        ("time_limit", time_limit),
        ("mip_abs_gap", gap),
        ("mip_rel_gap", 0.0),
        ("mip_feasibility_tolerance", TOLERANCE),
        ("primal_feasibility_tolerance", TOLERANCE),
        ("dual_feasibility_tolerance", TOLERANCE),
    ):
        _done(highs.setOptionValue(option, value), f"option {option} = {value}")
    if highs.version().startswith("1.14."):
        # Its presolve loses optima and says nothing (ERGO-Code/HiGHS 2957, 3043, 3073; mended in 1.15.0).
        _done(highs.setOptionValue("presolve", "off"), "option presolve")
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(model.columns), len(model.rows)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = model.cost, model.lower, model.upper
    lp.row_lower_, lp.row_upper_ = model.row_lower, model.row_upper
    lp.offset_ = model.offset
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = model.start, model.index, model.value
    if model.integer.any():
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        lp.integrality_ = [kinds[int(whole)] for whole in model.integer]
    _done(highs.passModel(lp), "model")
    return highs


def _done(status: highspy.HighsStatus, what: str) -> None:
    if status == highspy.HighsStatus.kError:
        raise ComputationError(f"plan: the solver refuses the {what}")
