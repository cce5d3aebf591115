using System;

namespace ToroCosmos.Seam;

/// <summary>No machine of these tests is left halting.</summary>
internal static class Cpu
{
    public static void DisableInterruptsAndHalt() => throw new InvalidOperationException("the machine halts instead of ending");
}
