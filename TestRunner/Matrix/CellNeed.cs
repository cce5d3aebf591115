namespace TestRunner.Matrix;

/// <summary>Something that not every computer's QEMU has.</summary>
public enum CellNeed
{
    /// <summary>A processor with x2APIC.</summary>
    X2Apic,
}
