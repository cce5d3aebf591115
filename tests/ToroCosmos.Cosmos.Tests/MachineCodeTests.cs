using System;
using System.IO;
using Xunit;

namespace ToroCosmos.Cosmos.Tests;

/// <summary>
/// Instructions that no emulator shows to be missing, in the code that was made. The boot loader loads the kernel as it is
/// on the CD.
/// </summary>
public class MachineCodeTests
{
    [SkippableFact]
    public void A_model_specific_register_is_written_after_all_earlier_stores()
    {
        byte[] mfence = [0x0F, 0xAE, 0xF0], lfence = [0x0F, 0xAE, 0xE8];
        byte[] arguments = [0x8B, 0x45, 0x08, 0x8B, 0x55, 0x0C, 0x8B, 0x4D, 0x10], wrmsr = [0x0F, 0x30];

        byte[] image = File.ReadAllBytes(CosmosKernels.Suites.Path);

        Assert.True(Has(image, [.. arguments, .. wrmsr]), "The code of WriteMsr is another.");
        Assert.True(Has(image, [.. mfence, .. lfence, .. arguments, .. wrmsr]));
    }

    private static bool Has(byte[] image, ReadOnlySpan<byte> code) => image.AsSpan().IndexOf(code) >= 0;
}
