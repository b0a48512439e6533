"""Lets Optuna's TPE propose, one trial at a time, for somebody else to measure.

First line in: {"space": ..., "seed": ..., "trials": ..., "direction": ...}. Then, for each trial, one
line out with the hyperparameters, and one line in with their value. The last line out is the best.
"""

import json
import sys

import optuna


def distribution(dimension):
    if dimension["kind"] == "categorical":
        return optuna.distributions.CategoricalDistribution(dimension["values"])
    log = dimension.get("scale") == "log"
    if dimension["kind"] == "int":
        return optuna.distributions.IntDistribution(
            dimension["low"], dimension["high"], log=log, step=dimension.get("step", 1)
        )
    return optuna.distributions.FloatDistribution(dimension["low"], dimension["high"], log=log)


def say(value):
    print(json.dumps(value), flush=True)


job = json.loads(sys.stdin.readline())
optuna.logging.set_verbosity(optuna.logging.ERROR)
study = optuna.create_study(
    direction=job["direction"], sampler=optuna.samplers.TPESampler(seed=job["seed"])
)
space = {name: distribution(dimension) for name, dimension in job["space"].items()}
for _ in range(job["trials"]):
    trial = study.ask(space)
    say(trial.params)
    study.tell(trial, json.loads(sys.stdin.readline()))
say({"optuna": optuna.__version__, "best": study.best_value})
