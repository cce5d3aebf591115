using System.Runtime.CompilerServices;
using System.Threading;

namespace ToroCosmos.Devices;

/// <summary>Registers that are accessible at an address.</summary>
/// <remarks>
/// No access is compiled into its caller: of a value that the caller makes narrower, the compiler would read only that part,
/// also where the read is volatile, and devices answer nothing to accesses of another width.
/// </remarks>
[AnyCore]
public sealed unsafe class MappedRegisters : RegisterBlock
{
    private readonly byte* _registers;

    /// <param name="registers">Where the first byte is.</param>
    /// <param name="bytes">How many there are.</param>
    public MappedRegisters(byte* registers, uint bytes)
        : base(bytes)
    {
        _registers = registers;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public override byte Read8(uint offset) => Volatile.Read(ref *(_registers + offset));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public override ushort Read16(uint offset) => Volatile.Read(ref *(ushort*)(_registers + offset));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public override uint Read32(uint offset) => Volatile.Read(ref *(uint*)(_registers + offset));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Write8(uint offset, byte value) => Volatile.Write(ref *(_registers + offset), value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Write16(uint offset, ushort value) => Volatile.Write(ref *(ushort*)(_registers + offset), value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Write32(uint offset, uint value) => Volatile.Write(ref *(uint*)(_registers + offset), value);
}
