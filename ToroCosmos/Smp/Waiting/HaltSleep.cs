using System.Threading;
using ToroCosmos.Platform;
using ToroCosmos.Seam;

namespace ToroCosmos.Smp.Waiting;

/// <summary>
/// The kernel's sleep: the core halts with interrupts enabled; another core's interrupt, or this core's timer, ends it. Where
/// there are threads, others run meanwhile.
/// An interrupt that arrives after <see cref="Begin"/> stays pending until the halt, so that none is lost.
/// </summary>
/// <remarks>
/// Interrupts are enabled during the halt even where the caller has disabled them, for nothing else would end it;
/// afterwards they are as they were before <see cref="Begin"/>.
/// <para>
/// The timer is left running when a halt ends before it, and ends a later halt instead, or interrupts a running core, where
/// its interrupt means nothing: arming it for each of many short sleeps would cost more than all else that a sleep does.
/// </para>
/// <para>
/// A wake-up that the local APIC does not take is owed: whichever core next goes to sleep, or wakes another one, sends it,
/// and while one is owed no core halts for longer than a millisecond.
/// </para>
/// </remarks>
[AnyCore]
public sealed class HaltSleep : CoreSleep
{
    private const uint OwingMicroseconds = 1000;

    private readonly SleepPort _port;

    /// <summary>By core, written by it alone: 1 when interrupts were disabled before <see cref="Begin"/>.</summary>
    private readonly uint[] _masked;

    /// <summary>By core, its own: what its timer was armed for.</summary>
    private readonly ulong[] _armed;

    /// <summary>By core: 1 when it is to be woken by whoever can.</summary>
    private readonly uint[] _owed;

    private readonly ulong _owingTicks;

    /// <summary>1 when some element of <see cref="_owed"/> may be set; an array, because its elements are aligned.</summary>
    private readonly uint[] _owing = new uint[1];

    /// <param name="port">The machine.</param>
    /// <param name="cores">More than the largest number of a core.</param>
    internal HaltSleep(SleepPort port, int cores)
    {
        _port = port;
        _masked = new uint[cores];
        _armed = new ulong[cores];
        _owed = new uint[cores];
        _owingTicks = TickMath.FromMicroseconds(OwingMicroseconds);
    }

    /// <summary>Whether a wake-up could not be sent so far.</summary>
    public bool IsOwing => Volatile.Read(ref _owing[0]) != 0;

    /// <inheritdoc/>
    public override bool HasTimer => _port.HasTimer;

    /// <inheritdoc/>
    public override void Begin()
    {
        uint masked = _port.AreInterruptsEnabled() ? 0u : 1u;
        _port.DisableInterrupts();
        int core = _port.Core;
        if (_masked[core] != masked)
        {
            // Seldom: the line is shared with other cores.
            _masked[core] = masked;
        }
    }

    /// <inheritdoc/>
    /// <remarks>Where no timer ends the halt in time it returns at once when there is a deadline.</remarks>
    public override void Sleep(ulong deadline)
    {
        if (IsOwing)
        {
            SendOwed();
            deadline = IsOwing ? Sooner(deadline) : deadline;
        }

        int core = _port.Core;
        uint masked = _masked[core];
        if (_port.TryPark(deadline))
        {
            // Another thread may have begun a sleep on this core meanwhile.
            if (masked == 0)
            {
                _port.EnableInterrupts();
            }

            return;
        }

        if (deadline == ulong.MaxValue)
        {
            _port.EnableInterruptsAndHalt();
            Restore();
            return;
        }

        ulong now = Clock.Now;
        if (now >= deadline || !_port.CanEndHaltIn(deadline - now))
        {
            _port.EnableInterrupts();
            Cpu.Pause();
            Restore();
            return;
        }

        ulong armed = _armed[core];
        if (armed <= now || armed > deadline || !_port.IsTimerRunning())
        {
            _port.Arm(deadline - now);
            _armed[core] = deadline;
        }

        _port.EnableInterruptsAndHalt();
        Restore();
    }

    /// <inheritdoc/>
    public override void Cancel()
    {
        if (_masked[_port.Core] == 0)
        {
            _port.EnableInterrupts();
        }
    }

    /// <inheritdoc/>
    public override void Wake(int core)
    {
        if (IsOwing)
        {
            SendOwed();
        }

        TryWake(core);
    }

    /// <summary>
    /// As <see cref="Sleep"/> without a deadline, for a core that has nothing to do: threads that have no core of their own
    /// may run on it meanwhile.
    /// </summary>
    internal void Lend()
    {
        uint masked = _masked[_port.Core];
        if (!_port.TryLend())
        {
            Sleep(ulong.MaxValue);
        }
        else if (masked == 0)
        {
            _port.EnableInterrupts();
        }
    }

    /// <summary>
    /// Has this core's timer interrupt it at a time, or earlier. With interrupts disabled, and only while nothing else
    /// takes the timer's interrupt than what calls <see cref="TimerEnded"/>.
    /// </summary>
    internal void ArmTimer(ulong deadline)
    {
        int core = _port.Core;
        ulong now = Clock.Now;
        ulong armed = _armed[core];
        if (armed <= now || armed > deadline)
        {
            _port.Arm(deadline > now ? deadline - now : 0);
            _armed[core] = deadline > now ? deadline : now + 1;
        }
    }

    /// <summary>This core's timer may have interrupted it. With interrupts disabled.</summary>
    internal void TimerEnded() => _armed[_port.Core] = 0;

    /// <summary>All cores' timers are armed again when they are next needed.</summary>
    internal void ForgetTimers()
    {
        for (int core = 0; core < _armed.Length; core++)
        {
            _armed[core] = 0;
        }
    }

    private void Restore()
    {
        if (_masked[_port.Core] != 0)
        {
            _port.DisableInterrupts();
        }
    }

    private ulong Sooner(ulong deadline)
    {
        ulong soon = Clock.Now + _owingTicks;
        return soon < deadline ? soon : deadline;
    }

    private void SendOwed()
    {
        Volatile.Write(ref _owing[0], 0);

        // Orders the note before the looks: whoever owes from here on writes it again.
        Cpu.FullFence();
        for (int core = 0; core < _owed.Length; core++)
        {
            if (Volatile.Read(ref _owed[core]) != 0)
            {
                Volatile.Write(ref _owed[core], 0);
                TryWake(core);
            }
        }
    }

    private void TryWake(int core)
    {
        if (!_port.TryInterrupt(core))
        {
            Volatile.Write(ref _owed[core], 1);
            Volatile.Write(ref _owing[0], 1);
        }
    }
}
