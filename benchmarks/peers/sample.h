// What all peers share: the clock, how long a value is measured, and the line it is told in (docs/benchmarks.md).
#ifndef SAMPLE_H
#define SAMPLE_H

#include <stddef.h>
#include <stdio.h>
#include <time.h>

// As in the kernel's and the host's benchmarks.
#define RUN_NS 20e6
#define CALIBRATION_NS (RUN_NS / 8)
#define FIRST_ROUNDS 4
#define GROWTH 4

static const size_t message_sizes[] = {8, 64, 1024, 64 * 1024};
#define SIZES (sizeof message_sizes / sizeof message_sizes[0])

static inline double now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e9 + t.tv_nsec;
}

static inline void tell(const char *subject, const char *what, int cores, size_t bytes, const char *metric, double value)
{
    printf("bench %s-%s cores=%d bytes=%zu %s=%.6f\n", subject, what, cores, bytes, metric, value);
    fflush(stdout);
}

#endif
