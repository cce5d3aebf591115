using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using System.Threading;

namespace ToroCosmos.Seam;

public static unsafe partial class Cpu
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static partial void Pause() => X86Base.Pause();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static partial void FullFence() => Interlocked.MemoryBarrier();

    public static partial CpuIdResult CpuId(uint leaf, uint subleaf)
    {
        (int eax, int ebx, int ecx, int edx) = X86Base.CpuId((int)leaf, (int)subleaf);
        return new CpuIdResult((uint)eax, (uint)ebx, (uint)ecx, (uint)edx);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static partial void Call(delegate*<int, void> function, int argument) => function(argument);

    [RuntimeImport("*", "ToroReadTimestamp")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern partial ulong ReadTimestamp();

    [RuntimeImport("*", "ToroCurrentCore")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern partial int CurrentCore();

    [RuntimeImport("*", "ToroAreInterruptsEnabled")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern partial bool AreInterruptsEnabled();

    [RuntimeImport("*", "ToroDisableInterrupts")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern partial void DisableInterrupts();

    [RuntimeImport("*", "ToroEnableInterrupts")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern partial void EnableInterrupts();

    [RuntimeImport("*", "ToroEnableInterruptsAndHalt")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern partial void EnableInterruptsAndHalt();

    [RuntimeImport("*", "ToroDisableInterruptsAndHalt")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern partial void DisableInterruptsAndHalt();

    [RuntimeImport("*", "ToroReadMsr")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern partial ulong ReadMsr(uint register);

    [RuntimeImport("*", "ToroWriteMsr")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern partial void WriteMsr(uint register, ulong value);
}
