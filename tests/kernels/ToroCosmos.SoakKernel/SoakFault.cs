namespace ToroCosmos.SoakKernel;

/// <summary>What a core does wrong once, to show that it is noticed.</summary>
internal enum SoakFault
{
    None,

    /// <summary>A message is changed after its checksum was made.</summary>
    Corrupt,

    /// <summary>A message is counted and not sent.</summary>
    Lose,

    /// <summary>A message is sent twice.</summary>
    Repeat,
}
