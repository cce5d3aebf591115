namespace ToroCosmos.Il2Cpu.Tests.ClassLibrary;

/// <summary>Where a member of the class library works.</summary>
internal enum Support
{
    /// <summary>On every core, at any time: it neither allocates nor throws, and keeps no state.</summary>
    EveryCore,

    /// <summary>On the boot core.</summary>
    BootCore,

    /// <summary>On no core.</summary>
    Nowhere,
}
