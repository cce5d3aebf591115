using System;
using System.Collections.Generic;
using ToroCosmos.Seam;

namespace ToroCosmos.Il2Cpu.Planted;

public static class UnknownCall
{
    [Violates("UnknownCall")]
    public static long OfTheClassLibrary() => Environment.TickCount64;

    [Violates("UnknownCall")]
    public static TimeSpan Constructor() => new(1);

    [Violates("UnknownCall")]
    public static void OfAnAssemblyThatIsNotRead() => Cpu.Pause();

    public static int Known(List<int> a) => a.Count + Math.Max(a[0], 1);
}
