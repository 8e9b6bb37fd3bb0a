"""Computes the statistics of a run from its spikes alone, by their textbook definitions, and prints those that the run tells otherwise.

usage: statistics_of_spikes.py FACTS.json SPIKES.csv BURN_IN_SECONDS SECONDS
"""

import csv
import json
import math
import statistics
import sys


def counts_in(times, start, width, windows):
    counts = [0] * windows
    for time in times:
        window = math.floor((time - start) / width)
        if 0 <= window < windows:
            counts[window] += 1
    return counts


def fano(counts):
    return statistics.variance(counts) / statistics.mean(counts)


facts = json.load(open(sys.argv[1]))
start, seconds = float(sys.argv[3]), float(sys.argv[4])
n = facts["n"]
trains = [[] for _ in range(n)]
with open(sys.argv[2]) as file:
    for row in csv.DictReader(file):
        trains[int(row["neuron"]) - 1].append(float(row["time_s"]))

rates = [len(train) / seconds for train in trains]
regular = [[b - a for a, b in zip(train, train[1:])] for train in trains]
regular = [intervals for intervals in regular if len(intervals) >= 10]
pairs = [list(zip(intervals, intervals[1:])) for intervals in regular]
cv = [statistics.stdev(intervals) / statistics.mean(intervals) for intervals in regular]
cv2 = [statistics.mean(2 * abs(b - a) / (a + b) for a, b in neighbours) for neighbours in pairs]
lv = [statistics.mean(3 * ((a - b) / (a + b)) ** 2 for a, b in neighbours) for neighbours in pairs]

windows = round(seconds)
counts = [counts_in(train, start, 1.0, windows) for train in trains]
busy = [c for c in counts if sum(c) >= 10]
everybody = [sum(column) for column in zip(*counts)]
variances = sum(statistics.variance(c) for c in counts)

mine = {
    "spikes": sum(map(len, trains)),
    "simulated_s": seconds,
    "rate_hz": statistics.mean(rates),
    "rate_sd_hz": statistics.stdev(rates),
    "silent_fraction": sum(not train for train in trains) / n,
    "cv_neurons": len(regular),
    "cv_isi": statistics.mean(cv),
    "cv_isi_sd": statistics.stdev(cv),
    "cv2": statistics.mean(cv2),
    "cv2_sd": statistics.stdev(cv2),
    "lv": statistics.mean(lv),
    "lv_sd": statistics.stdev(lv),
    "fano_neurons": len(busy),
    "fano_1s": statistics.mean(map(fano, busy)),
    "silent_fraction_1s": statistics.mean(c.count(0) / windows for c in counts),
    "population_fano_1s": fano(everybody),
    "mean_correlation_1s": (statistics.variance(everybody) - variances) / ((n - 1) * variances),
}
together = [time for train in trains for time in train]
for name, width in (("1ms", 0.001), ("10ms", 0.01), ("100ms", 0.1)):
    mine[f"population_fano_{name}"] = fano(counts_in(together, start, width, round(seconds / width)))

for name, value in mine.items():
    if not math.isclose(facts[name], value, rel_tol=1e-9, abs_tol=1e-12):
        print(f"{name}: {facts[name]!r} is told, {value!r} computed from the spikes")
