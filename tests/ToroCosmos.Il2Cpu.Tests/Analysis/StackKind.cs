namespace ToroCosmos.Il2Cpu.Tests.Analysis;

/// <summary>The types that instructions tell apart (ECMA-335, I.12.3.2.1, The evaluation stack).</summary>
internal enum StackKind
{
    /// <summary>Depends on a type argument, or on a type outside the assemblies that are read.</summary>
    Unknown,
    Int32,
    Int64,
    NativeInt,
    Float,
    ManagedPointer,
    Reference,
    Structure,
}
