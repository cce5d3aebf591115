namespace ToroCosmos.Seam;

public static unsafe partial class Cpu
{
    public static partial void Pause() => throw PlugMissing.Error();

    public static partial void FullFence() => throw PlugMissing.Error();

    public static partial CpuIdResult CpuId(uint leaf, uint subleaf)
    {
        uint eax;
        uint ebx;
        uint ecx;
        uint edx;
        ReadCpuId(leaf, subleaf, &eax, &ebx, &ecx, &edx);
        return new CpuIdResult(eax, ebx, ecx, edx);
    }

    public static partial void Call(delegate*<int, void> function, int argument) => throw PlugMissing.Error();

    public static partial ulong ReadTimestamp() => throw PlugMissing.Error();

    public static partial int CurrentCore() => throw PlugMissing.Error();

    public static partial bool AreInterruptsEnabled() => throw PlugMissing.Error();

    public static partial void DisableInterrupts() => throw PlugMissing.Error();

    public static partial void EnableInterrupts() => throw PlugMissing.Error();

    public static partial void EnableInterruptsAndHalt() => throw PlugMissing.Error();

    public static partial void DisableInterruptsAndHalt() => throw PlugMissing.Error();

    public static partial ulong ReadMsr(uint register) => throw PlugMissing.Error();

    public static partial void WriteMsr(uint register, ulong value) => throw PlugMissing.Error();

    private static void ReadCpuId(uint leaf, uint subleaf, uint* eax, uint* ebx, uint* ecx, uint* edx) =>
        throw PlugMissing.Error();
}
