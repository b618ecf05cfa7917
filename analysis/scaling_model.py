#!/usr/bin/env python3
"""How long every rural household of China would take on clusters of several sizes: a model.

    terrace run tpa -o sizes -q --set population.sample.counties=1 --set population.sample.villages=0.0005 \\
        --set time.start=2011-01 --set time.end=2015-12 --set output.panel.households=0
    python3 analysis/scaling_model.py sizes [--household-month 3e-7] [--cores 64] ...

Takes the number of counties and their sizes from a run with all counties; everything else is an
option, whose default is the value that docs/performance.md gives with its source. Counties are dealt
to ranks and to threads as Terrace does it. Prints a table.
"""
import argparse
import heapq
import math
import pathlib

import h5py
import numpy


def county_sizes(folder):
    """True households of each county: those that were simulated, by the share that they are."""
    with h5py.File(pathlib.Path(folder) / "trajectories.h5") as file:
        county = file["county"]
        return numpy.sort(numpy.asarray(county["households"])[0, 0, :])[::-1]


def deal(sizes, ranks):
    """Counties of each rank: the largest first, each to the rank with the fewest households."""
    queue = [(0.0, rank) for rank in range(ranks)]
    out = [[] for _ in range(ranks)]
    for size in sizes:
        load, rank = heapq.heappop(queue)
        out[rank].append(size)
        heapq.heappush(queue, (load + size, rank))
    return out


def longest(sizes, threads):
    """Households that the busiest thread has, where each takes the next county when it is free."""
    busy = [0.0] * threads
    for size in sizes:
        heapq.heappush(busy, heapq.heappop(busy) + size)
    return max(busy)


def household_year(a):
    """Seconds of one thread, the start shared out over the years."""
    return 12 * a.household_month + a.household_start / a.years


def year(sizes, nodes, a):
    """Seconds of a year by part, and bytes of memory of the fullest machine."""
    of_ranks = deal(sizes, nodes)
    per_household = household_year(a) / a.shared_memory
    numbers = numpy.random.default_rng(1)  # counties come by number, which says nothing of size
    compute = max(longest(numbers.permutation(own), a.cores) for own in of_ranks) * per_household
    told = len(sizes) * a.county_bytes
    gather = (math.ceil(math.log2(nodes)) * a.latency + told * (nodes - 1) / nodes / a.bandwidth +
              told / a.unpack)
    serial = len(sizes) * (a.county_serial + a.county_record)
    memory = max(sum(own) for own in of_ranks) * a.household_bytes + 3 * told
    return compute, gather if nodes > 1 else 0.0, serial, memory


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", help="results of a run with all counties")
    parser.add_argument("--household-month", type=float, default=3e-7, help="seconds, one thread")
    parser.add_argument("--household-start", type=float, default=1.3e-5,
                        help="seconds more a household for people and the first year")
    parser.add_argument("--shared-memory", type=float, default=0.8,
                        help="speed of a thread while all cores of a machine work, to that of one")
    parser.add_argument("--county-bytes", type=float, default=36e3, help="told of a county a year")
    parser.add_argument("--county-serial", type=float, default=1.5e-4,
                        help="seconds a county and year of what every rank does alike")
    parser.add_argument("--county-record", type=float, default=2e-4,
                        help="seconds a county and year of rank 0's writing")
    parser.add_argument("--household-bytes", type=float, default=180.0)
    parser.add_argument("--cores", type=int, default=64, help="of a machine, all for one rank")
    parser.add_argument("--latency", type=float, default=2e-6, help="seconds a message")
    parser.add_argument("--bandwidth", type=float, default=10e9, help="bytes a second and machine")
    parser.add_argument("--unpack", type=float, default=1e9, help="bytes a second, of reports told")
    parser.add_argument("--years", type=int, default=13)
    parser.add_argument("--nodes", type=int, nargs="+", default=[1, 10, 38, 100, 1000])
    a = parser.parse_args()
    sizes = county_sizes(a.run)
    work = sizes.sum() * household_year(a)
    print(f"{len(sizes):,} counties with {sizes.sum() / 1e6:.1f} million households, the largest with "
          f"{sizes[0]:,.0f} ({sizes[0] / sizes.mean():.1f} times the mean)")
    print(f"one thread: {work:,.0f} s a year of the model; the largest county alone: "
          f"{sizes[0] * household_year(a):.2f} s\n")
    print("| machines | cores | counties, s | gather, s | alike, s | year, s | whole run | "
          "efficiency | memory a machine |")
    print("|---|---|---|---|---|---|---|---|---|")
    for nodes in a.nodes:
        compute, gather, serial, memory = year(sizes, nodes, a)
        total = compute + gather + serial
        print(f"| {nodes:,} | {nodes * a.cores:,} | {compute:.2f} | {gather:.3f} | {serial:.2f} | "
              f"{total:.2f} | {total * a.years / 60:.1f} min | "
              f"{work / (nodes * a.cores) / total:.1%} | {memory / 1e9:.1f} GB |")


if __name__ == "__main__":
    main()
