using System.Runtime.CompilerServices;
using ToroCosmos.KernelTesting;
using ToroCosmos.Seam;
using ToroCosmos.Smp;
using ToroCosmos.Smp.Waiting;
using ToroCosmos.VirtIOBus;
using ToroCosmos.VirtIOBus.Links;
using ToroCosmos.VirtIOBus.Loans;

namespace ToroCosmos.KernelSuites;

/// <summary>A fresh bus for a test, over all cores.</summary>
internal static unsafe class BusRig
{
    private static MessageBus? s_bus;

    /// <summary>The bus of the test that runs.</summary>
    public static MessageBus Bus => s_bus!;

    /// <summary>The shared memory of the links, for cores that do not keep to the protocol.</summary>
    public static LinkTable Links { get; private set; }

    /// <summary>How the cores of the bus sleep, and how often they did.</summary>
    public static CountingSleep Sleep { get; private set; } = null!;

    /// <summary>Boot core: builds a bus; every core initializes its queues, unless told otherwise.</summary>
    public static bool Build(
        int queueSize = 16,
        int bufferSize = 64,
        WaitLengths? waiting = null,
        bool initialize = true,
        BusChecks checks = BusChecks.Standard,
        CoreSleep? sleep = null)
    {
        var options = new BusOptions
        {
            QueueSize = queueSize,
            BufferSize = bufferSize,
            Waiting = waiting ?? Cores.Lengths,
            Lendable = new MachineMemory(),
            Checks = checks,
        };
        nuint bytes = MessageBus.RequiredBytes(Cores.Count, options);
        byte* memory = PhysicalMemory.Allocate(bytes, MessageBus.MemoryAlignment);
        if (!Check.That(memory != null))
        {
            return false;
        }

        Links = new LinkTable(memory, Cores.Count, options.LinkSizes);
        Sleep = new CountingSleep(sleep ?? Cores.Sleep!, Cores.Count);
        s_bus = new MessageBus(memory, bytes, Cores.Count, Sleep, options);
        if (initialize)
        {
            Cores.RunOnAll(&InitializeQueues);
        }

        return true;
    }

    /// <summary>The core's end.</summary>
    public static BusEndpoint End(int core) => s_bus!.Endpoint(core);

    /// <summary>What a hostile sender could do to a link: scribbles over its used ring.</summary>
    public static void Scribble(int sender, int receiver) =>
        *Links.Queue(Links.Find(sender, receiver)).UsedIndex = 0x7000;

    /// <summary>Checks how a call on the bus ended.</summary>
    public static bool Expect(
        BusStatus expected,
        BusStatus actual,
        [CallerArgumentExpression(nameof(actual))] string? expression = null,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0) => Check.Equal((long)expected, (long)actual, null, expression, file, line);

    /// <summary>Checks that a message was received, and its length.</summary>
    public static bool ExpectLength(
        int expected,
        BusStatus status,
        int length,
        [CallerArgumentExpression(nameof(status))] string? expression = null,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0) =>
        Expect(BusStatus.Ok, status, expression, file, line) && Check.Equal(expected, length, null, expression, file, line);

    private static void InitializeQueues(int core) => Expect(BusStatus.Ok, s_bus!.Endpoint(core).InitializeQueues());
}
