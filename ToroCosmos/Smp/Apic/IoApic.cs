using System;
using ToroCosmos.Devices;

namespace ToroCosmos.Smp.Apic;

/// <summary>
/// An interrupt controller for devices (Intel 82093AA data sheet). Each of its inputs sends the interrupt to one core that
/// its redirection entry says.
/// </summary>
internal sealed class IoApic
{
    /// <summary>The registers, in bytes.</summary>
    public const uint RegisterBytes = 0x20;

    /// <summary>The largest id of a core that a redirection entry can name.</summary>
    public const uint LargestApicId = 254;

    private const uint SelectRegister = 0;
    private const uint WindowRegister = 0x10;
    private const uint VersionIndex = 1;
    private const uint FirstEntryIndex = 0x10;
    private const uint ActiveLow = 1 << 13;
    private const uint Masked = 1 << 16;

    private readonly RegisterBlock _registers;

    /// <param name="registers">Its registers.</param>
    /// <param name="firstInput">The number of its first input, counted over all controllers.</param>
    public IoApic(RegisterBlock registers, uint firstInput)
    {
        ArgumentNullException.ThrowIfNull(registers);
        _registers = registers;
        FirstInput = firstInput;
        InputCount = ((Read(VersionIndex) >> 16) & 0xFF) + 1;
    }

    /// <summary>The number of its first input, counted over all controllers.</summary>
    public uint FirstInput { get; }

    /// <summary>How many inputs it has.</summary>
    public uint InputCount { get; }

    /// <summary>Whether an input, counted over all controllers, is one of this one's.</summary>
    public bool Has(uint input) => input >= FirstInput && input - FirstInput < InputCount;

    /// <summary>Makes an input interrupt a core when it becomes active.</summary>
    /// <param name="input">An input that it has.</param>
    /// <param name="vector">Which interrupt.</param>
    /// <param name="apicId">The core's id, up to <see cref="LargestApicId"/>.</param>
    /// <param name="isActiveLow">Which level is the active one.</param>
    public void Connect(uint input, byte vector, uint apicId, bool isActiveLow)
    {
        uint index = FirstEntryIndex + ((input - FirstInput) * 2);

        // Masked while its two halves do not fit together.
        Write(index, Masked);
        Write(index + 1, apicId << 24);
        Write(index, vector | (isActiveLow ? ActiveLow : 0));
    }

    private uint Read(uint index)
    {
        _registers.Write32(SelectRegister, index);
        return _registers.Read32(WindowRegister);
    }

    private void Write(uint index, uint value)
    {
        _registers.Write32(SelectRegister, index);
        _registers.Write32(WindowRegister, value);
    }
}
