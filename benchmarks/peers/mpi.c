// An MPI between two processes, each on a processor of its own. The argument is the subject's name.
#include "sample.h"

#include <mpi.h>
#include <stdlib.h>
#include <string.h>

#define LARGEST (64 * 1024)
#define WINDOW 64

static const size_t group_sizes[] = {8, 1024};
static int rank, ranks;
static size_t bytes;
static char *out, *in;
static void (*measured)(long rounds);

static void one_way(long rounds)
{
    for (long i = 0; i < rounds; i++) {
        if (rank == 0) {
            MPI_Send(out, bytes, MPI_CHAR, 1, 0, MPI_COMM_WORLD);
            MPI_Recv(in, bytes, MPI_CHAR, 1, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        } else if (rank == 1) {
            MPI_Recv(in, bytes, MPI_CHAR, 0, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
            MPI_Send(in, bytes, MPI_CHAR, 0, 0, MPI_COMM_WORLD);
        }
    }
}

// A round is a window of messages in flight at once, and an answer.
static void stream(long rounds)
{
    MPI_Request requests[WINDOW];
    MPI_Status statuses[WINDOW];
    for (long i = 0; i < rounds && rank < 2; i++) {
        for (int w = 0; w < WINDOW; w++) {
            if (rank == 0)
                MPI_Isend(out, bytes, MPI_CHAR, 1, 0, MPI_COMM_WORLD, &requests[w]);
            else
                MPI_Irecv(in, bytes, MPI_CHAR, 0, 0, MPI_COMM_WORLD, &requests[w]);
        }
        MPI_Waitall(WINDOW, requests, statuses);
        if (rank == 0)
            MPI_Recv(in, 0, MPI_CHAR, 1, 1, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        else
            MPI_Send(out, 0, MPI_CHAR, 0, 1, MPI_COMM_WORLD);
    }
}

static void barrier(long rounds)
{
    for (long i = 0; i < rounds; i++)
        MPI_Barrier(MPI_COMM_WORLD);
}

// The root moves on, so that no broadcast begins before the one before has arrived.
static void broadcast(long rounds)
{
    for (long i = 0; i < rounds; i++)
        MPI_Bcast(out, bytes, MPI_CHAR, i % ranks, MPI_COMM_WORLD);
}

static void all_reduce(long rounds)
{
    for (long i = 0; i < rounds; i++)
        MPI_Allreduce(out, in, bytes / sizeof(double), MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
}

static double time_batches(int batches, long rounds)
{
    double times[MOST_BATCHES];
    MPI_Barrier(MPI_COMM_WORLD);
    for (int i = 0; i < batches; i++) {
        double begin = now_ns();
        measured(rounds);
        times[i] = now_ns() - begin;
    }

    // All go by the clock of one, or they would not do the same number of rounds.
    double time = median(times, batches);
    MPI_Bcast(&time, 1, MPI_DOUBLE, 0, MPI_COMM_WORLD);
    return time;
}

// Nanoseconds a round.
static double measure(void (*run)(long), size_t message_bytes)
{
    measured = run;
    bytes = message_bytes;
    memset(out, 0, LARGEST);
    return measure_rounds(time_batches);
}

static void tell_first(const char *subject, const char *what, const char *metric, double value)
{
    if (rank == 0)
        tell(subject, what, ranks, bytes, metric, value);
}

int main(int count, char **words)
{
    MPI_Init(&count, &words);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &ranks);
    const char *subject = count > 1 ? words[1] : "mpi";
    out = calloc(1, LARGEST);
    in = calloc(1, LARGEST);
    if (out == NULL || in == NULL || ranks < 2) {
        fprintf(stderr, "two processes with some memory are needed\n");
        MPI_Abort(MPI_COMM_WORLD, 1);
    }
    for (size_t i = 0; i < SIZES; i++) {
        double time = measure(one_way, message_sizes[i]);
        tell_first(subject, "oneway", "ns", time / 2);
        time = measure(stream, message_sizes[i]);
        tell_first(subject, "stream", "Mmsg/s", WINDOW * 1000 / time);
    }
    double time = measure(barrier, 0);
    tell_first(subject, "barrier", "ns", time);
    for (size_t i = 0; i < sizeof group_sizes / sizeof group_sizes[0]; i++) {
        time = measure(broadcast, group_sizes[i]);
        tell_first(subject, "bcast", "ns", time);
        time = measure(all_reduce, group_sizes[i]);
        tell_first(subject, "allreduce", "ns", time);
    }
    MPI_Finalize();
    return 0;
}
