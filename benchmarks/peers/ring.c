// Two threads of one process, each on a processor of its own: the floor (a flag there and back) and a plain ring for one
// sender and one receiver, each side with a copy of the other's index.
#define _GNU_SOURCE
#include "sample.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define LINE 128
#define CORES 2
#define MOST_SLOTS 64

struct ring {
    _Alignas(LINE) _Atomic uint32_t sent;
    uint32_t received_seen;
    _Alignas(LINE) _Atomic uint32_t received;
    uint32_t sent_seen;
    _Alignas(LINE) uint32_t slots;
    size_t bytes;
    char *memory;
};

struct flags {
    _Alignas(LINE) _Atomic uint32_t there;
    _Alignas(LINE) _Atomic uint32_t back;
};

// What is measured, in rounds: one side each. Set by the first thread before it starts the second.
static void (*first_side)(long rounds), (*second_side)(long rounds);
static size_t bytes;
static long all_rounds;

static struct ring rings[2];
static struct flags flags;
static uint32_t flags_served;
static char *buffers[2];

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static void pin(int processor)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(processor, &set);
    if (sched_setaffinity(0, sizeof set, &set) != 0)
        fail("sched_setaffinity");
}

static void *allocate(size_t bytes)
{
    void *memory = aligned_alloc(LINE, (bytes + LINE - 1) / LINE * LINE);
    if (memory == NULL)
        fail("aligned_alloc");
    return memset(memory, 1, bytes);
}

static void clear(struct ring *ring)
{
    free(ring->memory);
    memset(ring, 0, sizeof *ring);
    ring->slots = bytes <= 1024 ? MOST_SLOTS : 4;
    ring->bytes = bytes;
    ring->memory = allocate(ring->slots * bytes);
}

static void send(struct ring *ring, const char *message)
{
    uint32_t sent = atomic_load_explicit(&ring->sent, memory_order_relaxed);
    while (sent - ring->received_seen == ring->slots)
        ring->received_seen = atomic_load_explicit(&ring->received, memory_order_acquire);
    memcpy(ring->memory + (sent & (ring->slots - 1)) * ring->bytes, message, ring->bytes);
    atomic_store_explicit(&ring->sent, sent + 1, memory_order_release);
}

static void receive(struct ring *ring, char *buffer)
{
    uint32_t received = atomic_load_explicit(&ring->received, memory_order_relaxed);
    while (received == ring->sent_seen)
        ring->sent_seen = atomic_load_explicit(&ring->sent, memory_order_acquire);
    memcpy(buffer, ring->memory + (received & (ring->slots - 1)) * ring->bytes, ring->bytes);
    atomic_store_explicit(&ring->received, received + 1, memory_order_release);
}

static void serve_flag(long rounds)
{
    uint32_t last = flags_served + rounds;
    for (uint32_t i = flags_served + 1; i <= last; i++) {
        atomic_store_explicit(&flags.there, i, memory_order_release);
        while (atomic_load_explicit(&flags.back, memory_order_acquire) != i)
            ;
    }
    flags_served = last;
}

static void return_flag(long rounds)
{
    for (uint32_t i = 1; i <= rounds; i++) {
        while (atomic_load_explicit(&flags.there, memory_order_acquire) != i)
            ;
        atomic_store_explicit(&flags.back, i, memory_order_release);
    }
}

static void serve_messages(long rounds)
{
    for (long i = 0; i < rounds; i++) {
        send(&rings[0], buffers[0]);
        receive(&rings[1], buffers[0]);
    }
}

static void return_messages(long rounds)
{
    for (long i = 0; i < rounds; i++) {
        receive(&rings[0], buffers[1]);
        send(&rings[1], buffers[1]);
    }
}

static void send_all(long rounds)
{
    for (long i = 0; i < rounds; i++)
        send(&rings[0], buffers[0]);
}

static void receive_all(long rounds)
{
    for (long i = 0; i < rounds; i++)
        receive(&rings[0], buffers[1]);
}

static void *run_second(void *unused)
{
    (void)unused;
    pin(1);
    // The first thread does not begin to measure before this one runs.
    atomic_store(&flags.back, UINT32_MAX);
    while (atomic_load(&flags.there) != UINT32_MAX)
        ;
    atomic_store(&flags.back, 0);
    second_side(all_rounds);
    return NULL;
}

static double time_batches(int batches, long rounds)
{
    pthread_t thread;
    double times[MOST_BATCHES];
    clear(&rings[0]);
    clear(&rings[1]);
    flags_served = 0;
    all_rounds = batches * rounds;
    atomic_store(&flags.there, 0);
    atomic_store(&flags.back, 0);
    if (pthread_create(&thread, NULL, run_second, NULL) != 0)
        fail("pthread_create");
    while (atomic_load(&flags.back) != UINT32_MAX)
        ;
    atomic_store(&flags.there, UINT32_MAX);
    while (atomic_load(&flags.back) != 0)
        ;
    for (int i = 0; i < batches; i++) {
        double begin = now_ns();
        first_side(rounds);
        times[i] = now_ns() - begin;
    }
    pthread_join(thread, NULL);
    return median(times, batches);
}

// Nanoseconds a round.
static double measure(void (*first)(long), void (*second)(long), size_t message_bytes)
{
    first_side = first;
    second_side = second;
    bytes = message_bytes;
    return measure_rounds(time_batches);
}

int main(void)
{
    pin(0);
    buffers[0] = allocate(message_sizes[SIZES - 1]);
    buffers[1] = allocate(message_sizes[SIZES - 1]);
    double time = measure(serve_flag, return_flag, sizeof(uint32_t));
    tell("linux-flag", "oneway", CORES, sizeof(uint32_t), "ns", time / 2);
    for (size_t i = 0; i < SIZES; i++) {
        time = measure(serve_messages, return_messages, message_sizes[i]);
        tell("linux-ring", "oneway", CORES, message_sizes[i], "ns", time / 2);
        time = measure(send_all, receive_all, message_sizes[i]);
        tell("linux-ring", "stream", CORES, message_sizes[i], "Mmsg/s", 1000 / time);
    }
    return 0;
}
