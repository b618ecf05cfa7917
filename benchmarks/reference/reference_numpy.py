#!/usr/bin/env python3
"""The speed reference's model (README.md) in NumPy, single precision."""
import argparse
import time

import numpy as np

VILLAGE, PLACES, LINE = 200, 20, np.float32(1.0)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--households", type=int, default=1_000_000)
    parser.add_argument("--months", type=int, default=120)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--csv", default="reference_numpy.csv")
    options = parser.parse_args()
    villages = options.households // VILLAGE
    n = villages * VILLAGE
    f = np.float32
    random = np.random.Generator(np.random.SFC64(options.seed))
    z = np.zeros(n, f)
    assets = np.full(n, 2, f)
    ill = np.zeros(n, np.uint8)
    headcounts = {}

    begin = time.perf_counter()
    with open(options.csv, "w") as csv:
        csv.write("month,village,headcount,gap,mean\n")
        for month in range(1, options.months + 1):
            z *= f(0.98)
            z += f(0.05) * random.standard_normal(n, f)
            earned = np.exp(z + f(0.3) * random.standard_normal(n, f))
            earned += np.where(assets > 10, f(0.01), f(0.002)) * assets
            ill[random.random(n, f) < f(0.01)] = 3
            is_ill = ill > 0
            ill -= is_ill
            cost = np.where(is_ill, f(0.5) * earned, f(0))
            assets += earned - np.maximum(f(0.8) * earned, f(0.5)) - cost
            np.maximum(assets, 0, out=assets)

            income = earned.reshape(villages, VILLAGE)
            cut = np.partition(income, PLACES - 1, axis=1)[:, PLACES - 1 : PLACES]
            transfer = np.where((income <= cut) & (income < LINE), LINE - income, f(0))
            assets += transfer.reshape(n)
            income += transfer
            mean = income.mean(axis=1)
            if month % 12 == 0:
                headcount = (income < LINE).mean(axis=1)
                gap = np.maximum(LINE - income, 0).mean(axis=1)
                rows = zip(headcount.tolist(), gap.tolist(), mean.tolist())
                csv.writelines(
                    f"{month},{v},{h:.6g},{g:.6g},{m:.6g}\n" for v, (h, g, m) in enumerate(rows)
                )
                headcounts[month] = float(headcount.mean())
                csv.write(f"{month},all,{headcount.mean()},{gap.mean()},{mean.mean()}\n")
    seconds = time.perf_counter() - begin

    print(f"{n * options.months / seconds * 1e-6:.1f} M household-months/s  ({seconds:.3f} s)")
    right = True
    for month, low, high in ((12, 0.388, 0.394), (120, 0.058, 0.064)):
        if month in headcounts:
            inside = low <= headcounts[month] <= high
            right &= inside
            print(f"headcount in month {month}: {headcounts[month]:.4f} "
                  f"(expected {low} to {high}){'' if inside else '  WRONG'}")
    return 0 if right else 1


if __name__ == "__main__":
    raise SystemExit(main())
