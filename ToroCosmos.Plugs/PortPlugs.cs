using IL2CPU.API.Attribs;
using ToroCosmos.Seam;

namespace ToroCosmos.Plugs;

/// <summary>The instructions of <see cref="Port"/>.</summary>
[Plug(Target = typeof(Port))]
public static unsafe class PortPlugs
{
    [PlugMethod(Assembler = typeof(Read8Lines))]
    public static byte Read8(ushort port) => throw null!;

    [PlugMethod(Assembler = typeof(Read16Lines))]
    public static ushort Read16(ushort port) => throw null!;

    [PlugMethod(Assembler = typeof(Read32Lines))]
    public static uint Read32(ushort port) => throw null!;

    [PlugMethod(Assembler = typeof(Write8Lines))]
    public static void Write8(ushort port, byte value) => throw null!;

    [PlugMethod(Assembler = typeof(Write16Lines))]
    public static void Write16(ushort port, ushort value) => throw null!;

    [PlugMethod(Assembler = typeof(Write32Lines))]
    public static void Write32(ushort port, uint value) => throw null!;

    /// <summary>The instruction alone.</summary>
    public sealed class Read8Lines : AssemblyLines
    {
        /// <inheritdoc/>
        protected override string Lines => """
            mov edx, [ebp + 8]
            xor eax, eax
            in al, dx
            push eax
            """;
    }

    /// <summary>The instruction alone.</summary>
    public sealed class Read16Lines : AssemblyLines
    {
        /// <inheritdoc/>
        protected override string Lines => """
            mov edx, [ebp + 8]
            xor eax, eax
            in ax, dx
            push eax
            """;
    }

    /// <summary>The instruction alone.</summary>
    public sealed class Read32Lines : AssemblyLines
    {
        /// <inheritdoc/>
        protected override string Lines => """
            mov edx, [ebp + 8]
            xor eax, eax
            in eax, dx
            push eax
            """;
    }

    /// <summary>The instruction alone.</summary>
    public sealed class Write8Lines : AssemblyLines
    {
        /// <inheritdoc/>
        protected override string Lines => """
            mov edx, [ebp + 12]
            mov eax, [ebp + 8]
            out dx, al
            """;
    }

    /// <summary>The instruction alone.</summary>
    public sealed class Write16Lines : AssemblyLines
    {
        /// <inheritdoc/>
        protected override string Lines => """
            mov edx, [ebp + 12]
            mov eax, [ebp + 8]
            out dx, ax
            """;
    }

    /// <summary>The instruction alone.</summary>
    public sealed class Write32Lines : AssemblyLines
    {
        /// <inheritdoc/>
        protected override string Lines => """
            mov edx, [ebp + 12]
            mov eax, [ebp + 8]
            out dx, eax
            """;
    }
}
