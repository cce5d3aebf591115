using System;

namespace ToroCosmos.Seam;

/// <summary>What a member of the seam throws where no plug has taken its place.</summary>
internal static class PlugMissing
{
    public static Exception Error() =>
        new PlatformNotSupportedException("ToroCosmos.Plugs is not among the plugs that this program was compiled with.");
}
