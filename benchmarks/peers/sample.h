// What all peers share: the clock, how long a value is measured, and the line it is told in (docs/benchmarks.md).
#ifndef SAMPLE_H
#define SAMPLE_H

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

// As in the kernel's and the host's benchmarks: a value is the median of many short batches of rounds.
#define BATCH_NS 200e3
#define CALIBRATION_NS (BATCH_NS / 4)
#define VALUE_NS 20e6
#define CALIBRATION_BATCHES 9
#define FEWEST_BATCHES 9
#define MOST_BATCHES ((int)(VALUE_NS / BATCH_NS))
#define GROWTH 4

static const size_t message_sizes[] = {8, 64, 1024, 64 * 1024};
#define SIZES (sizeof message_sizes / sizeof message_sizes[0])

static inline double now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e9 + t.tv_nsec;
}

static inline int compare_times(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static inline double median(double *times, int count)
{
    qsort(times, count, sizeof *times, compare_times);
    return times[count / 2];
}

// Nanoseconds a round. time_batches does so many batches of so many rounds and gives back the median of a batch's time.
static inline double measure_rounds(double (*time_batches)(int batches, long rounds))
{
    long rounds = 1;
    double time = time_batches(CALIBRATION_BATCHES, rounds);
    while (time < CALIBRATION_NS) {
        rounds *= GROWTH;
        time = time_batches(CALIBRATION_BATCHES, rounds);
    }

    double round = time / rounds;
    rounds = BATCH_NS > round ? BATCH_NS / round : 1;
    double batches = VALUE_NS / (rounds * round);
    int count = batches < FEWEST_BATCHES ? FEWEST_BATCHES : batches > MOST_BATCHES ? MOST_BATCHES : batches;
    return time_batches(count, rounds) / rounds;
}

static inline void tell(const char *subject, const char *what, int cores, size_t bytes, const char *metric, double value)
{
    printf("bench %s-%s cores=%d bytes=%zu %s=%.6f\n", subject, what, cores, bytes, metric, value);
    fflush(stdout);
}

#endif
