/*
 * A core that waits for several things at once, for the model checker Spin: ToroCosmos/Smp/Waiting (WaitSet, Waiter,
 * CoreSignal) with the sleep of HaltSleep, on a machine whose stores wait in a buffer.
 *
 * What it stands for:
 *   - Core 0 waits for four sources: what core 1 sends, what core 2 sends, a signal of core 2, and a signal of a device
 *     whose interrupt core 0 handles itself. A source counts what was made in one word, which its maker writes; core 0
 *     counts what it has taken, and announces its sleep in a word for each source. That is a signal as it stands in the
 *     code; a link has indices and flags in these places, which link.pml has in detail.
 *   - Core 1 makes the next item only when core 0 has answered the one before. Core 0 keeps its answers back until it
 *     sleeps, as a bus keeps back room and messages.
 *   - Total store order (Intel SDM 3A, Memory Ordering), as in link.pml: every shared word has one writer.
 *   - Who sends over a link does not fence before it looks whether core 0 sleeps, as link.pml has it: what was in its buffer
 *     when it looked in vain has left it when core 0 has waited for long enough (SETTLED). Who sets a signal does fence.
 *   - Interrupts of core 0: the wake-up and the device's are each pending until core 0 has interrupts enabled. It has not
 *     from the beginning of a sleep to the halt, which begins and enables them with nothing between.
 *   - With LIMIT the time of a wait can pass as often as that, whenever core 0 halts; it then waits again.
 *
 * What is checked: nothing is taken that was not made, and all is taken (no invalid end state: no lost wake-up, no
 * deadlock). What touches only a core's own words is one step with the access beside it.
 *
 * Planted faults that must be found: NO_SETTLING, LATE_ANNOUNCEMENT, NOT_ANNOUNCED=s, NO_FENCE_REQUEST, NO_FENCE_SET, NO_LAST_LOOK=s,
 * TAKEN_TWICE, NO_FLUSH, NO_DISABLE. One that must not: NOT_WITHDRAWN costs wake-ups only.
 */
#ifndef SENT_1
#define SENT_1 1
#endif
#ifndef SENT_2
#define SENT_2 1
#endif
#ifndef SIGNALS
#define SIGNALS 1
#endif
#ifndef INTERRUPTS
#define INTERRUPTS 1
#endif
#ifndef LIMIT
#define LIMIT 0
#endif

#define CORES 3
#define SOURCES 4

/* The sources. */
#define FROM_1  0
#define FROM_2  1
#define SIGNAL  2
#define DEVICE  3

/* Words in memory. */
#define MADE(s)     (s)
#define ASLEEP(s)   (SOURCES + (s))
#define ANSWERED    (2 * SOURCES)
#define WORDS       (2 * SOURCES + 1)

#define BUFFERED 8

byte memory[WORDS];
chan buffer[CORES] = [BUFFERED] of { byte, byte };

/* How many of the oldest stores in a core's buffer were there when it last looked in vain whether core 0 sleeps. */
byte missed[CORES];

#define SETTLED (missed[1] == 0 && missed[2] == 0)

/* Core 0: interrupts that wait for it, whether it takes them, and whether one has ended its halt. */
bool wakePending, devicePending;
bool takesInterrupts = true;
bool interrupted;

/* Core 0's own, the device's count among them: its handler runs on core 0, which sees its own stores at once. */
byte taken[SOURCES], deviceMade;
byte first, answers;
byte limits = LIMIT;

#define STORE(core, word, value)    buffer[core] ! word, value
#define FENCE(core)                 empty(buffer[core])

#define LOOK(s) ((s) == DEVICE -> deviceMade : memory[MADE(s)])
#define NEWS(s) (LOOK(s) != taken[s])

#ifdef NO_LAST_LOOK
#define LAST_NEWS(s) ((halted || (s) != NO_LAST_LOOK) && NEWS(s))
#else
#define LAST_NEWS(s) NEWS(s)
#endif

/* A store reaches memory. */
active [CORES] proctype StoreBuffer()
{
    byte word, value;
end:
    do
    :: atomic {
        buffer[_pid] ? word, value -> memory[word] = value; word = 0; value = 0;
        if
        :: missed[_pid] > 0 -> missed[_pid]--
        :: else
        fi
       }
    od
}

/* Core 0 takes an interrupt. The wake-up's has no handler; the device's sets a signal. */
active proctype Interrupts()
{
end:
    do
    :: atomic { takesInterrupts && wakePending -> wakePending = false; interrupted = true }
    :: atomic { takesInterrupts && devicePending -> devicePending = false; deviceMade++; interrupted = true }
    od
}

/* InOrderDevice.Publish; a wake-up arrives when the stores before it can be seen. */
inline send(core, s, count)
{
    STORE(core, MADE(s), count);
    if
    :: memory[ASLEEP(s)] == 1 -> FENCE(core); wakePending = true
    :: atomic { memory[ASLEEP(s)] != 1 -> missed[core] = len(buffer[core]) }
    fi
}

/* CoreSignal.Set, CoreWait.WakeIfAsleep */
inline set(core, s, count)
{
    STORE(core, MADE(s), count);
#ifndef NO_FENCE_SET
    FENCE(core);
#endif
    if
    :: memory[ASLEEP(s)] == 1 -> wakePending = true
    :: else
    fi
}

proctype Core1()
{
    byte i = 0;
    do
    :: i == SENT_1 -> break
    :: d_step { i < SENT_1 && memory[ANSWERED] == i -> i++ };
        send(1, FROM_1, i)
    od
}

proctype Core2()
{
    byte i = 0, j = 0;
    do
    :: i == SENT_2 && j == SIGNALS -> break
    :: i < SENT_2 && (i <= j || j == SIGNALS) -> i++; send(2, FROM_2, i)
    :: j < SIGNALS && (j < i || i == SENT_2) -> j++; set(2, SIGNAL, j)
    od
}

proctype Device()
{
    byte i = 0;
    do
    :: i == INTERRUPTS -> break
    :: d_step { i < INTERRUPTS && !devicePending -> devicePending = true; i++ }
    od
}

/* WaitSet.TakeTurns: the next source in turn that has news; SOURCES when none has. */
inline takeTurns()
{
    d_step { left = SOURCES; s = first };
    do
    :: d_step { left == 0 -> s = SOURCES }; break
    :: d_step { left > 0 && NEWS(s) -> left = 0; first = (s + 1) % SOURCES }; break
    :: d_step { left > 0 && !NEWS(s) -> s = (s + 1) % SOURCES; left-- }
    od
}

/* What its user does: a signal is taken at once, and of a link the next message. */
inline take()
{
    if
    :: s == SIGNAL || s == DEVICE ->
#ifdef TAKEN_TWICE
        /* The count is of one look, and what is remembered of another one. */
        total = total + (LOOK(s) - taken[s]);
        taken[s] = LOOK(s)
#else
        d_step { i = LOOK(s); total = total + (i - taken[s]); taken[s] = i; i = 0 }
#endif
    :: d_step { s == FROM_1 -> taken[s]++; total++; answers++ }
    :: d_step { s == FROM_2 -> taken[s]++; total++ }
    fi;
    assert(taken[s] <= (s == FROM_1 -> SENT_1 : (s == FROM_2 -> SENT_2 : (s == SIGNAL -> SIGNALS : INTERRUPTS))))
}

/* WaitSource.Flush */
inline flush()
{
#ifdef NO_FLUSH
    skip
#else
    if
    :: atomic { answers != shown -> STORE(0, ANSWERED, answers); shown = answers }
    :: answers == shown
    fi
#endif
}

inline announce(value)
{
    atomic {
        s = 0;
        do
        :: s == SOURCES -> break
        :: else ->
            if
#ifdef NOT_ANNOUNCED
            :: value == 1 && s == NOT_ANNOUNCED -> skip
#endif
#ifdef NOT_WITHDRAWN
            :: value == 0 -> skip
#endif
            /* The handler on this core needs none. */
            :: s == DEVICE -> skip
            :: else -> STORE(0, ASLEEP(s), value)
            fi;
            s++
        od;
        s = 0
    }
}

/* The last look before the halt: s is the first source with news. */
inline lastLook()
{
    do
    :: s == SOURCES -> break
    :: s < SOURCES && LAST_NEWS(s) -> break
    :: d_step { s < SOURCES && !LAST_NEWS(s) -> s++ }
    od
}

/* HaltSleep.Begin */
inline begin()
{
#ifndef NO_DISABLE
    takesInterrupts = false
#else
    skip
#endif
}

/* HaltSleep.Sleep: left is 1 when the time was over. */
inline halt()
{
    atomic { interrupted = false; takesInterrupts = true };
    if
    :: interrupted
    :: limits > 0 -> limits--; left = 1
    fi;
    halted = true
}

/*
 * Waiter.Halt: announce, fence, wait until it is settled what was missed before, look once more, halt; the same again when
 * an interrupt ended the halt and there is no news, without another announcement.
 */
inline sleep()
{
    begin();
#ifndef LATE_ANNOUNCEMENT
    announce(1);
#ifndef NO_FENCE_REQUEST
    FENCE(0);
#endif
#endif
#ifndef NO_SETTLING
    SETTLED;
#endif
    do
    :: left == 1 -> break
    :: left == 0 ->
        s = 0;
        lastLook();
        if
        :: s < SOURCES -> break
        :: s == SOURCES ->
#ifdef LATE_ANNOUNCEMENT
            announce(1);
            FENCE(0);
#endif
            halt();
            begin()
        fi
    od;
    atomic { left = 0; halted = false; takesInterrupts = true };
    announce(0)
}

proctype Core0()
{
    byte s, i, left, shown, total;
    bool halted;
    do
    :: total == SENT_1 + SENT_2 + SIGNALS + INTERRUPTS -> break
    :: else ->
        takeTurns();
        if
        :: s < SOURCES -> take()
        :: else -> flush(); sleep()
        fi;
        s = 0
    od;
    flush()
}

init
{
    atomic { run Core0(); run Core1(); run Core2(); run Device() }
}
