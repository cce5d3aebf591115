namespace ToroCosmos.KernelTesting;

/// <summary>Where a test runs.</summary>
public enum KernelTestCores
{
    /// <summary>On core 0, the one that booted; only there may a test hand out work with <see cref="Smp.Cores"/>.</summary>
    Boot,

    /// <summary>On the core with the highest number; core 0 on a machine with one.</summary>
    Last,

    /// <summary>On all cores at once; the test ends when all have returned.</summary>
    All,

    /// <summary>On the core that <see cref="KernelTestAttribute.Core"/> names.</summary>
    One,
}
