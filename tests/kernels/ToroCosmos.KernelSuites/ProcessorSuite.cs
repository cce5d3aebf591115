using ToroCosmos.KernelTesting;
using ToroCosmos.NativeAot.Memory;
using ToroCosmos.Seam;

namespace ToroCosmos.KernelSuites;

/// <summary>The state that compiled code finds a processor in.</summary>
internal static class ProcessorSuite
{
    private const uint CapabilityMsr = 0xFE;
    private const uint FirstVariableMsr = 0x200;
    private const ulong IsValid = 1 << 11;

    [KernelTest(On = KernelTestCores.All)]
    internal static void Every_core_has_the_same_known_state()
    {
        string? wrong = ProcessorState.FindWrong();
        Check.That(wrong == null, wrong ?? "");
    }

    [KernelTest(On = KernelTestCores.All)]
    internal static void Every_core_has_the_boot_cores_memory_types() => Check.That(MemoryTypeRanges.AreBootCores());

    /// <summary>Changes the first half of a pair that is not in use: without its second half it means nothing.</summary>
    [KernelTest(On = KernelTestCores.Last, MinimumCores = 2)]
    internal static void A_core_with_other_memory_types_takes_the_boot_cores()
    {
        int pairs = MemoryTypeRanges.Count == 0 ? 0 : (int)(Cpu.ReadMsr(CapabilityMsr) & 0xFF);
        uint register = FirstVariableMsr + (2 * ((uint)pairs - 1));
        if (pairs == 0 || (Cpu.ReadMsr(register + 1) & IsValid) != 0)
        {
            return;
        }

        ulong before = Cpu.ReadMsr(register);
        Cpu.DisableInterrupts();
        Cpu.WriteMsr(register, before ^ 0x1000_0000);
        bool differed = !MemoryTypeRanges.AreBootCores();
        MemoryTypeRanges.TakeBootCores();
        Cpu.EnableInterrupts();
        Check.That(differed);
        Check.That(MemoryTypeRanges.AreBootCores());
        Check.That(Cpu.ReadMsr(register) == before);
        string? wrong = ProcessorState.FindWrong();
        Check.That(wrong == null, wrong ?? "");
    }
}
