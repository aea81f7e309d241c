"""What a contestant written in Python answers to a race."""
import resource
import sys
import time


def serve(check, run):
    """check() gives the numbers all must agree on; run(n) does n pieces of work."""
    out = sys.stdout
    sys.stdout = sys.stderr
    for line in sys.stdin:
        words = line.split()
        if words[0] == "check":
            answer = " ".join(repr(float(value)) for value in check())
        elif words[0] == "peak":
            answer = repr(1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
        else:
            start = time.perf_counter()
            run(int(words[1]))
            answer = repr(time.perf_counter() - start)
        out.write(answer + "\n")
        out.flush()
