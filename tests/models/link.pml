/*
 * The bus's link between two cores, for the model checker Spin: the in-order split virtqueue of ToroCosmos/Virtio/Queue
 * with the sleep protocol of ToroCosmos/Smp/Waiting/Waiter.cs, on a machine whose stores wait in a buffer.
 *
 * What it stands for:
 *   - One link, from the sender (the VirtIO device) to the receiver (the driver); with BOTH_WAYS a second one back.
 *   - Indices run free and wrap at WRAP, as the real ones do at 65536. SIZE slots; room is given back BATCH at a time.
 *   - Total store order (Intel SDM 3A, Memory Ordering): a store leaves its core's buffer some time later, in order; a
 *     load may pass it; a fence waits until the buffer is empty. Every shared field has one writer, which keeps a
 *     private copy, so no load has to look into the own buffer.
 *   - A sender does not fence between its index and its look whether the receiver sleeps. What is in its buffer when it has
 *     looked in vain has left it when the receiver has waited for long enough (SETTLED): that is what the time is for.
 *   - Interrupts: a wake-up stays pending while the core has interrupts disabled, and is lost on it before. It arrives when
 *     the stores before it can be seen.
 *   - With LOOKS and NO_SETTLING the receiver's wait is too short, and its timer has it look once more after a longer one.
 *
 * What is checked: each message arrives once, whole and in order (assertions), nobody reads a slot that is being
 * written (the value is the message's number), both sides come to their end (no invalid end state): no lost wake-up, no
 * deadlock.
 *
 * Planted faults, each of which must be found: NO_SETTLING (no wait for the sender's buffer), SETTLE_FIRST (the wait is
 * before the announcement), NO_LOOK_SETTLED (no look after it), EARLY_WAKE (a wake-up arrives before the stores before it),
 * NO_FENCE_REQUEST, NO_FENCE_PUBLISH, EARLY_INDEX, NO_LAST_LOOK, SIZE=3.
 */
#ifndef SIZE
#define SIZE 2
#endif
#ifndef BATCH
#define BATCH 1
#endif
#ifndef WRAP
#define WRAP 8
#endif
#ifndef MESSAGES
#define MESSAGES 5
#endif

#ifdef BOTH_WAYS
#define LINKS 2
#else
#define LINKS 1
#endif

/* Fields of a link in memory. */
#define USED_INDEX(l)   ((l) * FIELDS + 0)
#define AVAIL_INDEX(l)  ((l) * FIELDS + 1)
#define AVAIL_FLAGS(l)  ((l) * FIELDS + 2)      /* 1: the receiver needs no interrupt */
#define USED_FLAGS(l)   ((l) * FIELDS + 3)      /* 1: the sender needs no notification */
#define SLOT(l, i)      ((l) * FIELDS + 4 + (i))
#define FIELDS          (4 + SIZE)

#define SLOT_OF(index)  ((index) % SIZE)
#define DISTANCE(a, b)  (((a) + WRAP - (b)) % WRAP)

#define BUFFERED 6

byte memory[LINKS * FIELDS];
chan buffer[2] = [BUFFERED] of { byte, byte };
bool pending[2];

/* How many of the oldest stores in a core's buffer were there when it last looked in vain whether the other one sleeps. */
byte missed[2];

/* The private shadows: of the sender of a link, and of its receiver. */
byte sendNext[LINKS], availSeen[LINKS];
byte recvNext[LINKS], usedSeen[LINKS], availShown[LINKS];

#define STORE(core, field, value)   buffer[core] ! field, value
#define FENCE(core)                 empty(buffer[core])

/* A store reaches memory. */
active [2] proctype StoreBuffer()
{
    byte field, value;
end:
    do
    :: atomic {
        buffer[_pid] ? field, value -> memory[field] = value; field = 0; value = 0;
        if
        :: missed[_pid] > 0 -> missed[_pid]--
        :: else
        fi
       }
    od
}

inline wake(core, peer)
{
#ifndef EARLY_WAKE
    FENCE(core);
#endif
    pending[peer] = true
}

/* What a sender missed can be seen by now: that is what its receiver waits for. */
#define SETTLED(peer)   (missed[peer] == 0)

/* How often the timer may end a sleep for a look. */
byte looks[2];

/* InOrderDevice: TryReserve, Commit. */
inline lookForRoom(l)
{
    availSeen[l] = memory[AVAIL_INDEX(l)];
    assert(DISTANCE(availSeen[l], sendNext[l]) <= SIZE)
}

inline commit(core, peer, l, value)
{
#ifdef EARLY_INDEX
    STORE(core, USED_INDEX(l), (sendNext[l] + 1) % WRAP);
    STORE(core, SLOT(l, SLOT_OF(sendNext[l])), value);
#else
    STORE(core, SLOT(l, SLOT_OF(sendNext[l])), value);
    STORE(core, USED_INDEX(l), (sendNext[l] + 1) % WRAP);
#endif
    sendNext[l] = (sendNext[l] + 1) % WRAP;
    if
    :: memory[AVAIL_FLAGS(l)] == 0 -> wake(core, peer)
    :: atomic { else -> missed[core] = len(buffer[core]) }
    fi
}

/* InOrderDriver: TryPeek, Release, Flush. */
inline lookForMessage(l)
{
    usedSeen[l] = memory[USED_INDEX(l)];
    assert(DISTANCE(usedSeen[l], recvNext[l]) <= DISTANCE(availShown[l], recvNext[l]))
}

inline publish(core, peer, l)
{
    availShown[l] = (recvNext[l] + SIZE) % WRAP;
    STORE(core, AVAIL_INDEX(l), availShown[l]);
#ifndef NO_FENCE_PUBLISH
    FENCE(core);
#endif
    if
    :: memory[USED_FLAGS(l)] == 0 -> wake(core, peer)
    :: else
    fi
}

#define WITHHELD(l) DISTANCE((recvNext[l] + SIZE) % WRAP, availShown[l])

inline take(core, peer, l, expected)
{
    assert(memory[SLOT(l, SLOT_OF(recvNext[l]))] == expected);
    recvNext[l] = (recvNext[l] + 1) % WRAP;
    if
    :: WITHHELD(l) >= BATCH -> publish(core, peer, l)
    :: else
    fi
}

/* BusEndpoint.Wait gives withheld room back first; of the links that this core receives on. */
inline flush(core, peer, l)
{
    if
    :: WITHHELD(l) != 0 -> publish(core, peer, l)
    :: else
    fi
}

/* CoreSleep.Begin: what came before was taken as an interrupt. */
inline begin(core) { pending[core] = false }

inline halt(core, settled)
{
    if
    :: pending[core]
#ifdef LOOKS
    :: looks[core] > 0 && settled -> looks[core]--
#endif
    fi;
    begin(core)
}

/*
 * Waiter: announce, fence, wait until it is settled what was missed before, look once more, halt; the same again when
 * an interrupt ended the halt and there is no news, without another announcement.
 */
inline sleepUntil(core, flags, settled, news)
{
    begin(core);
#ifdef SETTLE_FIRST
    settled;
#endif
    STORE(core, flags, 0);
#ifndef NO_FENCE_REQUEST
    FENCE(core);
#endif
#ifdef NO_LOOK_SETTLED
    if
    :: news -> skip
    :: else -> settled; halt(core, settled)
    fi;
#endif
#ifdef NO_LAST_LOOK
    settled;
    halt(core, settled);
#endif
#if !defined(NO_SETTLING) && !defined(SETTLE_FIRST)
    settled;
#endif
    do
    :: news -> break
    :: else -> halt(core, settled)
    od;
    STORE(core, flags, 1)
}

inline send(core, peer, l, value)
{
    do
    :: sendNext[l] != availSeen[l] -> break
    :: else ->
        lookForRoom(l);
        if
        :: sendNext[l] != availSeen[l] -> break
        :: else ->
#ifdef BOTH_WAYS
            flush(core, peer, 1 - l);
#endif
            looks[core] = 0;
            sleepUntil(core, USED_FLAGS(l), true, memory[AVAIL_INDEX(l)] != sendNext[l])
        fi
    od;
    commit(core, peer, l, value)
}

inline receive(core, peer, l, expected)
{
    do
    :: recvNext[l] != usedSeen[l] -> break
    :: else ->
        lookForMessage(l);
        if
        :: recvNext[l] != usedSeen[l] -> break
        :: else ->
            flush(core, peer, l);
            looks[core] = 1;
            sleepUntil(core, AVAIL_FLAGS(l), SETTLED(peer), memory[USED_INDEX(l)] != recvNext[l])
        fi
    od;
    take(core, peer, l, expected)
}

proctype Core0()
{
    byte i = 0;
    do
    :: i == MESSAGES -> break
    :: else ->
        send(0, 1, 0, i + 1);
#ifdef BOTH_WAYS
        if
        :: i % 2 == 1 -> receive(0, 1, 1, i); receive(0, 1, 1, i + 1)
        :: else
        fi;
#endif
        i++
    od
}

proctype Core1()
{
    byte i = 0;
    do
    :: i == MESSAGES -> break
    :: else ->
        receive(1, 0, 0, i + 1);
#ifdef BOTH_WAYS
        send(1, 0, 1, i + 1);
#endif
        i++
    od
}

init
{
    byte l = 0;
    d_step {
        do
        :: l == LINKS -> break
        :: else ->
            memory[AVAIL_INDEX(l)] = SIZE;
            memory[AVAIL_FLAGS(l)] = 1;
            memory[USED_FLAGS(l)] = 1;
            availShown[l] = SIZE;
            l++
        od
    }
    atomic { run Core0(); run Core1() }
}
