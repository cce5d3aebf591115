using System.Runtime.CompilerServices;
using ToroCosmos.KernelTesting;
using ToroCosmos.Mpi.Engine;
using ToroCosmos.Mpi.Spec;
using ToroCosmos.Seam;
using ToroCosmos.Smp;
using ToroCosmos.VirtIOBus.Loans;

namespace ToroCosmos.KernelSuites;

/// <summary>MPI over a bus of its own, with a rank on each core; made once, for all tests.</summary>
internal static unsafe class MpiRig
{
    /// <summary>Memory of each rank for its messages, in bytes.</summary>
    public const int MemoryBytes = 1 << 18;

    private static MpiWorld? s_world;
    private static byte* s_memory;

    /// <summary>Boot core: makes the world, if no test has.</summary>
    public static bool Build()
    {
        if (s_world != null)
        {
            return true;
        }

        if (!BusRig.Build(bufferSize: 256))
        {
            return false;
        }

        var options = new MpiOptions
        {
            Requests = 128,
            UnexpectedMessages = 64,
            ScratchBytes = 1 << 18,
            WaitLimitNs = 20_000_000_000,
            Waiting = Cores.Lengths,
            Lendable = new MachineMemory(),
        };
        nuint bytes = MpiWorld.RequiredBytes(BusRig.Bus, Cores.Count, options);
        byte* pools = PhysicalMemory.Allocate(bytes, 64);
        s_memory = PhysicalMemory.Allocate((nuint)Cores.Count * MemoryBytes, 64);
        if (!Check.That(pools != null && s_memory != null))
        {
            return false;
        }

        s_world = new MpiWorld(BusRig.Bus, Cores.Count, pools, bytes, BusRig.Sleep, options);
        return true;
    }

    /// <summary>The rank on a core.</summary>
    public static MpiProcess Process(int core) => s_world!.Process(core);

    /// <summary>A rank's memory.</summary>
    public static byte* Memory(int core) => s_memory + ((nint)core * MemoryBytes);

    /// <summary>Checks how a call ended.</summary>
    public static bool Expect(
        MpiError expected,
        MpiError actual,
        [CallerArgumentExpression(nameof(actual))] string? expression = null,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0) => Check.Equal((long)expected, (long)actual, null, expression, file, line);

    /// <summary>Checks that a call was a success.</summary>
    public static bool Ok(
        MpiError actual,
        [CallerArgumentExpression(nameof(actual))] string? expression = null,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0) => Expect(MpiError.Success, actual, expression, file, line);
}
