using System;
using System.Buffers.Binary;
using ToroCosmos.VirtIOBus;

namespace MyKernel;

/// <summary>A small service: a core that answers a number with its double.</summary>
internal static class Doubling
{
    /// <summary>How long a question may take to be answered.</summary>
    private const ulong TimeoutNs = 2_000_000_000;

    /// <summary>What the service does with a number.</summary>
    public static int Double(int number) => checked(number * 2);

    /// <summary>Answers one question of core 0; runs on any other core.</summary>
    public static void Serve(int core)
    {
        Span<byte> message = stackalloc byte[sizeof(int)];
        BusEndpoint bus = MachineBus.Current;
        if (bus.RecvFrom(0, message, TimeoutNs, out int length) == BusStatus.Ok && length == message.Length)
        {
            BinaryPrimitives.WriteInt32LittleEndian(message, Double(BinaryPrimitives.ReadInt32LittleEndian(message)));
            bus.SendTo(0, message, TimeoutNs);
        }
    }

    /// <summary>Asks a core that serves; runs on core 0.</summary>
    /// <returns>The answer, or -1 when none came in time.</returns>
    public static int Ask(int core, int number)
    {
        Span<byte> message = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(message, number);
        BusEndpoint bus = MachineBus.Current;
        return bus.SendTo(core, message, TimeoutNs) == BusStatus.Ok
            && bus.RecvFrom(core, message, TimeoutNs, out int length) == BusStatus.Ok
            && length == message.Length
            ? BinaryPrimitives.ReadInt32LittleEndian(message)
            : -1;
    }
}
