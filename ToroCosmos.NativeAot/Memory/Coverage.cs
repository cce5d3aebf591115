using System;

namespace ToroCosmos.NativeAot.Memory;

/// <summary>What page tables have in a stretch of addresses.</summary>
[Flags]
internal enum Coverage
{
    None = 0,

    /// <summary>Some of it is not mapped.</summary>
    Holes = 1,

    /// <summary>Some is mapped with the caching that was asked about.</summary>
    Same = 2,

    /// <summary>Some is mapped with another one.</summary>
    Others = 4,
}
