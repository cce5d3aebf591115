using System;

namespace TestRunner.Machines;

/// <summary>
/// A guest of a few instructions that finds out whether SSE works: it is the machine's whole firmware, so that nothing
/// runs before it. It leaves through isa-debug-exit.
/// </summary>
public static class KvmProbeImage
{
    /// <summary>QEMU's exit status when every instruction worked: isa-debug-exit makes 2 * 0x10 + 1 of it.</summary>
    public const int SuccessStatus = 33;

    /// <summary>QEMU takes firmware in whole blocks of 64 KiB and puts the last one below 4 GiB.</summary>
    private const int Size = 0x10000;

    /// <summary>Intel SDM 3A, First Instruction Executed: 16 bytes below the end.</summary>
    private const int ResetVector = 0xFFF0;

    private const int CodeOffset = 0xFF00;

    /// <summary>16-bit code; the data address 0x500 is ordinary memory below 1 MiB.</summary>
    private static ReadOnlySpan<byte> Code =>
    [
        0xFA, // cli
        0x31, 0xC0, // xor ax, ax
        0x8E, 0xD8, // mov ds, ax
        0x0F, 0x20, 0xC0, // mov eax, cr0
        0x24, 0xFB, // and al, ~4: EM off, SSE is not emulated
        0x0C, 0x02, // or al, 2: MP
        0x0F, 0x22, 0xC0, // mov cr0, eax
        0x0F, 0x20, 0xE0, // mov eax, cr4
        0x80, 0xCC, 0x06, // or ah, 6: OSFXSR and OSXMMEXCPT
        0x0F, 0x22, 0xE0, // mov cr4, eax
        0x0F, 0x57, 0xC0, // xorps xmm0, xmm0
        0x0F, 0x29, 0x06, 0x00, 0x05, // movaps [0x500], xmm0
        0x0F, 0x28, 0x0E, 0x00, 0x05, // movaps xmm1, [0x500]
        0xB0, 0x10, // mov al, 0x10
        0xE6, 0xF4, // out 0xf4, al
        0xF4, // hlt
        0xEB, 0xFD, // jmp to the hlt
    ];

    /// <summary>The firmware image.</summary>
    public static byte[] Create()
    {
        byte[] image = new byte[Size];
        Code.CopyTo(image.AsSpan(CodeOffset));

        // jmp near, relative to the instruction after it
        const int JumpLength = 3;
        short distance = CodeOffset - (ResetVector + JumpLength);
        image[ResetVector] = 0xE9;
        BitConverter.TryWriteBytes(image.AsSpan(ResetVector + 1), distance);
        return image;
    }
}
