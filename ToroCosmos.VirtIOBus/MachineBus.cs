using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using ToroCosmos.Memory;
using ToroCosmos.Seam;
using ToroCosmos.Smp;
using ToroCosmos.Smp.Waiting;
using ToroCosmos.VirtIOBus.Loans;

namespace ToroCosmos.VirtIOBus;

/// <summary>
/// The bus of the running machine: one for all its cores, used from whichever core the code runs on. The boot core
/// builds it with <see cref="Start"/>; then every core, the boot core included, calls
/// <see cref="BusEndpoint.InitializeQueues"/> of <see cref="Current"/> once.
/// </summary>
public static unsafe class MachineBus
{
    private static MessageBus? s_bus;

    /// <summary>The bus that <see cref="Start"/> built.</summary>
    /// <remarks>For the boot core, as every call that may throw.</remarks>
    /// <exception cref="InvalidOperationException">It was not started.</exception>
    public static MessageBus Bus => Started();

    /// <summary>The end of the bus that belongs to the core this code runs on.</summary>
    /// <exception cref="InvalidOperationException">The bus was not started.</exception>
    [AnyCore]
    public static BusEndpoint Current => Started().EndpointOf(Cpu.CurrentCore());

    /// <summary>
    /// Builds the bus for all cores that are online, and has it copy in the way that is fastest on this machine
    /// (<see cref="CopyMeasurement"/>). On the boot core, after <see cref="Cores.Start"/>, and until it has returned true.
    /// The bus of a machine with one core has no links.
    /// </summary>
    /// <param name="options">The sizes; null for the defaults.</param>
    /// <returns>
    /// False when the machine has not the memory that <see cref="MessageBus.RequiredBytes"/> tells: there is no bus, and
    /// a smaller one can be tried.
    /// </returns>
    /// <exception cref="InvalidOperationException">
    /// <see cref="Cores.Start"/> was not called, or the bus was started before, which goes on as it is.
    /// </exception>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public static bool Start(BusOptions? options = null)
    {
        if (s_bus != null)
        {
            throw new InvalidOperationException("MachineBus.Start was called before; the machine has one bus.");
        }

        if (Cores.Sleep is not CoreSleep sleep)
        {
            throw new InvalidOperationException("A bus is for all cores that are online; call Cores.Start first.");
        }

        options = (options ?? new BusOptions()).With(Cores.Lengths, new MachineMemory(), new MachineCallingCore());
        nuint bytes = MessageBus.RequiredBytes(Cores.Count, options);
        byte* memory = bytes == 0 ? null : PhysicalMemory.Allocate(bytes, MessageBus.MemoryAlignment);
        if (memory == null && bytes != 0)
        {
            return false;
        }

        _ = CopyMeasurement.Tune();
        s_bus = new MessageBus(memory, bytes, Cores.Count, sleep, options);
        return true;
    }

    /// <summary>Sends a message to another core and waits for room; see <see cref="BusEndpoint"/>.</summary>
    /// <param name="core">The receiver.</param>
    /// <param name="buffer">The message.</param>
    [AnyCore]
    public static BusStatus SendTo(int core, ReadOnlySpan<byte> buffer) => Current.SendTo(core, buffer);

    /// <summary>Waits for the next message of another core; see <see cref="BusEndpoint"/>.</summary>
    /// <param name="core">The sender.</param>
    /// <param name="buffer">Where the message goes.</param>
    /// <returns>The message's length, or the negated <see cref="BusStatus"/>.</returns>
    [AnyCore]
    public static int RecvFrom(int core, Span<byte> buffer)
    {
        BusStatus status = Current.RecvFrom(core, buffer, out int length);
        return status == BusStatus.Ok ? length : -(int)status;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static MessageBus Started()
    {
        // Asked for, because a null reference is no fault where IL2CPU compiles it.
        MessageBus? bus = s_bus;
        if (bus == null)
        {
            ThrowNotStarted();
        }

        return bus;
    }

    [DoesNotReturn]
    private static void ThrowNotStarted() => throw new InvalidOperationException("MachineBus.Start was not called.");
}
