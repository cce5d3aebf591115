using System.Runtime.CompilerServices;
using ToroCosmos.Gen3.Image;
using ToroCosmos.NativeAot.Processor;
using ToroCosmos.Platform;
using ToroCosmos.Seam;

namespace ToroCosmos.Gen3.Smp;

/// <summary>The core that Cosmos runs on.</summary>
internal static unsafe class BootCore
{
    private const ulong OsXsave = 1 << 18;
    private const uint ExtendedState = 0xD;

    // Not on the heap, which there is not yet when this core takes its number.
    private static CoreBlock s_block;

    /// <summary>Gives it its number.</summary>
    public static void Initialize()
    {
        ImageLayout* image = ImageLayout.Get();
        var core = (CoreBlock*)Unsafe.AsPointer(ref s_block);
        CoreBlock.Initialize(core, 0, 0, 0);
        Registers.SetCoreBlock(core);
        MachineSerialPort.Initialize();

        // What the interrupt entries save: everything that Cosmos has enabled (Intel SDM 1, Managing State Using the XSAVE
        // Feature Set).
        *image->ExtendedStateSize = (Registers.ReadCr4() & OsXsave) != 0 ? Cpu.CpuId(ExtendedState).Ebx : 0;
    }
}
