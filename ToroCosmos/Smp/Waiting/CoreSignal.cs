using System;
using System.Threading;

namespace ToroCosmos.Smp.Waiting;

/// <summary>
/// A signal to a core without a message: from an interrupt handler on the same core, or from anything on another one. It
/// counts how often it was set, so that none is lost; what it means is up to its users.
/// <para>
/// A signal has one setter: the code of one core, or one interrupt's handler on one core, and not both, for setting is no
/// atomic operation. Several setters have a signal each.
/// </para>
/// </summary>
[AnyCore]
public sealed unsafe class CoreSignal : WaitSource
{
    /// <summary>The memory that a signal needs, in bytes.</summary>
    public const int MemoryBytes = 2 * MemoryAlignment;

    /// <summary>The alignment of that memory, in bytes.</summary>
    public const int MemoryAlignment = 128;

    private readonly SignalWords* _words;
    private readonly CoreSleep _sleep;
    private readonly bool _isOwn;

    /// <summary>Makes a signal that is not set. For the boot core.</summary>
    /// <param name="core">The core that waits for it.</param>
    /// <param name="setter">The core that sets it.</param>
    /// <param name="sleep">How cores sleep and wake each other.</param>
    /// <param name="memory">
    /// <see cref="MemoryBytes"/> aligned to <see cref="MemoryAlignment"/>, with any content; the signal's from now on.
    /// </param>
    /// <exception cref="ArgumentException">An argument is outside its range.</exception>
    public CoreSignal(int core, int setter, CoreSleep sleep, byte* memory)
        : base(core)
    {
        ArgumentNullException.ThrowIfNull(sleep);
        if (core < 0 || setter < 0)
        {
            throw new ArgumentOutOfRangeException(core < 0 ? nameof(core) : nameof(setter), "There is no such core.");
        }

        if (memory == null || ((nuint)memory & (MemoryAlignment - 1)) != 0)
        {
            throw new ArgumentException("A signal needs memory aligned to 128 bytes.", nameof(memory));
        }

        _words = (SignalWords*)memory;
        *_words = default;
        _sleep = sleep;
        _isOwn = core == setter;
    }

    /// <summary>Sets the signal once more, and wakes the core that waits for it. For its setter alone.</summary>
    public void Set()
    {
        Volatile.Write(ref _words->Set, Volatile.Read(ref _words->Set) + 1);

        // An interrupt on the core that waits has ended its halt already, and before the halt waits for it.
        if (!_isOwn)
        {
            CoreWait.WakeIfAsleep(&_words->Asleep, _sleep, Core);
        }
    }

    /// <summary>Takes all that was set so far. For the core that waits.</summary>
    /// <returns>How many times the signal was set since the last call, modulo 2^32; 0 for not at all.</returns>
    public uint Take()
    {
        uint set = Volatile.Read(ref _words->Set);
        uint count = set - Volatile.Read(ref _words->Taken);
        Volatile.Write(ref _words->Taken, set);
        return count;
    }

    /// <inheritdoc/>
    public override bool HasNews() => Volatile.Read(ref _words->Set) != Volatile.Read(ref _words->Taken);

    /// <inheritdoc/>
    public override void RequestWakeUp() => Volatile.Write(ref _words->Asleep, 1);

    /// <inheritdoc/>
    public override void SuppressWakeUps() => Volatile.Write(ref _words->Asleep, 0);
}
