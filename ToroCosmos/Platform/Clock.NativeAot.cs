using System;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime;
using System.Runtime.CompilerServices;
using ToroCosmos.Seam;

namespace ToroCosmos.Platform;

// Works in an ordinary process too.
public static partial class Clock
{
    private const string KernelSwitch = "ToroCosmos.IsKernel";

    private static readonly bool s_isKernel = AppContext.TryGetSwitch(KernelSwitch, out bool isKernel) && isKernel;

    public static partial ulong TicksPerSecond => IsKernel ? Rate() : (ulong)Stopwatch.Frequency;

    public static partial ulong Now
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => IsKernel ? Cpu.ReadTimestamp() : (ulong)Stopwatch.GetTimestamp();
    }

    /// <summary>True where a kernel's targets compiled this: a constant to their compiler.</summary>
    [FeatureSwitchDefinition(KernelSwitch)]
    private static bool IsKernel => s_isKernel;

    [RuntimeImport("*", "ToroClockRate")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern ulong Rate();
}
