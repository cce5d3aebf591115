using System;

namespace ToroCosmos.Il2Cpu.Planted;

/// <summary>What a member throws whose place a plug takes; the guard knows such members by it.</summary>
internal static class PlugMissing
{
    public static Exception Error() => new PlatformNotSupportedException();
}
