using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ToroCosmos.KernelSuites;
using ToroCosmos.Platform;
using ToroCosmos.Smp;

namespace ToroCosmos.OptionsKernel;

/// <summary>
/// A kernel with other build properties than the default, entered with registers that a firmware might have left
/// (left_over.asm): tells whether every core is what the properties ask for.
/// </summary>
internal static class Program
{
    /// <summary>Most of <c>ToroStackSize</c>, and more than its default.</summary>
    private const int StackKibibytes = 900;
    private const int Kibibyte = 1024;

    private static int Main()
    {
        Cores.Start();
        for (int core = 0; core < Cores.Count; core++)
        {
            if (core == 0)
            {
                Report(core);
            }
            else
            {
                Cores.Run(core, Report);
                Cores.Join(core);
            }
        }

        return 0;
    }

    private static void Report(int core)
    {
        MachineConsole.WriteLine($"Core[{core}]: {ProcessorState.FindWrong() ?? "processor state as it should be"}");
        MachineConsole.WriteLine($"Core[{core}]: vectors of 256 bits: {Vector256.IsHardwareAccelerated && Vector256.Sum(Ramp(core)) == 28 + (8 * core)}");
        MachineConsole.WriteLine($"Core[{core}]: {UseStack(StackKibibytes)} KiB of stack used");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector256<int> Ramp(int first) => Vector256<int>.Indices + Vector256.Create(first);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int UseStack(int kibibytes)
    {
        Block block = default;
        block[kibibytes] = 1;
        return kibibytes == 0 ? 0 : UseStack(kibibytes - 1) + block[kibibytes];
    }

    [InlineArray(Kibibyte)]
    private struct Block
    {
        private byte _first;
    }
}
