using System;
using ToroCosmos.NativeAot.Interrupts;
using ToroCosmos.NativeAot.Processor;
using Xunit;

namespace ToroCosmos.NativeAot.Tests;

/// <summary>Which divisor a division that faulted had: in every form that the instruction has.</summary>
public unsafe class DivisionTests
{
    /// <summary>The instruction; the register that is set, or the one that points into memory; from there the divisor.</summary>
    [Theory]
    [InlineData("F7 F9", "rcx")]                  // idiv ecx
    [InlineData("48 F7 FE", "rsi")]               // idiv rsi
    [InlineData("41 F7 F9", "r9")]                // idiv r9d
    [InlineData("49 F7 F7", "r15")]               // div r15
    [InlineData("66 F7 F9", "rcx")]               // idiv cx
    [InlineData("F6 F9", "rcx")]                  // idiv cl
    [InlineData("40 F6 FF", "rdi")]               // idiv dil
    public void A_divisor_in_a_register(string instruction, string register)
    {
        InterruptFrame frame = default;
        ulong* place = Register(&frame, register);

        *place = ulong.MaxValue;
        Assert.False(HasZeroDivisor(instruction, &frame));
        *place = 0;
        Assert.True(HasZeroDivisor(instruction, &frame));
    }

    [Fact]
    public void Bits_of_a_register_that_the_operand_does_not_have_do_not_count()
    {
        InterruptFrame frame = default;

        frame.Rcx = 0xFFFF_FFFF_0000_0000;
        Assert.True(HasZeroDivisor("F7 F9", &frame));
        Assert.False(HasZeroDivisor("48 F7 F9", &frame));
        frame.Rcx = 0x1_0000;
        Assert.True(HasZeroDivisor("66 F7 F9", &frame));
        frame.Rcx = 0x100;
        Assert.True(HasZeroDivisor("F6 F9", &frame));
        Assert.False(HasZeroDivisor("F6 FD", &frame));  // idiv ch
        frame.Rax = 0x00FF;
        Assert.True(HasZeroDivisor("F6 FC", &frame));   // idiv ah
    }

    [Theory]
    [InlineData("F7 38", "rax", 0)]               // idiv dword [rax]
    [InlineData("F7 7D F8", "rbp", -8)]           // idiv dword [rbp - 8]
    [InlineData("48 F7 BB 00 01 00 00", "rbx", 0x100)]  // idiv qword [rbx + 0x100]
    [InlineData("F7 7C 24 10", "rsp", 16)]        // idiv dword [rsp + 16]
    [InlineData("41 F7 3C 24", "r12", 0)]         // idiv dword [r12]
    [InlineData("41 F7 7D 04", "r13", 4)]         // idiv dword [r13 + 4]
    public void A_divisor_in_memory(string instruction, string register, int distance)
    {
        ulong* memory = stackalloc ulong[128];
        new Span<ulong>(memory, 128).Fill(ulong.MaxValue);
        InterruptFrame frame = default;
        *Register(&frame, register) = (ulong)(memory + 64);

        Assert.False(HasZeroDivisor(instruction, &frame));
        *(ulong*)((byte*)(memory + 64) + distance) = 0;
        Assert.True(HasZeroDivisor(instruction, &frame));
    }

    [Theory]
    [InlineData("F7 7C CB 10", 3 * 8 + 16)]       // idiv dword [rbx + rcx * 8 + 16]
    [InlineData("48 F7 3C 4B", 3 * 2)]            // idiv qword [rbx + rcx * 2]
    public void A_divisor_in_memory_with_an_index(string instruction, int distance)
    {
        ulong* memory = stackalloc ulong[16];
        new Span<ulong>(memory, 16).Fill(ulong.MaxValue);
        InterruptFrame frame = default;
        frame.Rbx = (ulong)memory;
        frame.Rcx = 3;

        Assert.False(HasZeroDivisor(instruction, &frame));
        *(ulong*)((byte*)memory + distance) = 0;
        Assert.True(HasZeroDivisor(instruction, &frame));
    }

    [Fact]
    public void A_divisor_beside_the_code()
    {
        InterruptFrame frame = default;

        // idiv dword [rip + 2], then two bytes, then the divisor.
        Assert.True(HasZeroDivisor("F7 3D 02 00 00 00 90 90 00 00 00 00", &frame));
        Assert.False(HasZeroDivisor("F7 3D 02 00 00 00 90 90 00 00 00 80", &frame));
    }

    private static bool HasZeroDivisor(string instruction, InterruptFrame* frame)
    {
        fixed (byte* code = Convert.FromHexString(instruction.Replace(" ", "", StringComparison.Ordinal)))
        {
            frame->Rip = (ulong)code;
            return Division.HasZeroDivisor(frame);
        }
    }

    private static ulong* Register(InterruptFrame* frame, string name) => name switch
    {
        "rax" => &frame->Rax,
        "rbx" => &frame->Rbx,
        "rcx" => &frame->Rcx,
        "rsi" => &frame->Rsi,
        "rdi" => &frame->Rdi,
        "rbp" => &frame->Rbp,
        "rsp" => &frame->Rsp,
        "r9" => &frame->R9,
        "r12" => &frame->R12,
        "r13" => &frame->R13,
        "r15" => &frame->R15,
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}
