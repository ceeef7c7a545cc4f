"""In child processes: seconds per call of several calls, in turns, so that a disturbance meets them alike."""
import time


def in_turns(calls, rounds, clock=time.thread_time, floor=2e-3):
    """name -> seconds per call, a sample per round; each sample is of as many calls as take about `floor` seconds."""
    counts, samples = {}, {name: [] for name in calls}
    for name, call in calls.items():
        call()
        start = clock()
        call()
        counts[name] = max(1, min(100_000, int(floor / max(clock() - start, 1e-8))))
    for _ in range(rounds):
        for name, call in calls.items():
            repeats = range(counts[name])
            start = clock()
            for _ in repeats:
                call()
            samples[name].append((clock() - start) / len(repeats))
    return samples
