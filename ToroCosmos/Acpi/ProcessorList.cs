using System;

namespace ToroCosmos.Acpi;

/// <summary>The processors that a table of the firmware lists, each once, in the table's order.</summary>
public sealed class ProcessorList
{
    /// <summary>The most processors that are listed.</summary>
    public const int Maximum = 1024;

    private readonly uint[] _apicIds;

    /// <param name="capacity">As many as the table has room for; no more than <see cref="Maximum"/> are listed.</param>
    internal ProcessorList(int capacity) => _apicIds = new uint[Math.Min(Maximum, capacity)];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>How many were left out because an earlier one has the same APIC id.</summary>
    public int DuplicateCount { get; private set; }

    /// <summary>The largest APIC id; 0 when there is no processor.</summary>
    public uint LargestApicId { get; private set; }

    /// <summary>The APIC id of a processor.</summary>
    /// <param name="index">From 0, below <see cref="Count"/>.</param>
    public uint ApicId(int index) => _apicIds[index];

    /// <summary>Adds a processor, unless it is listed already.</summary>
    /// <returns>False when the list is full.</returns>
    internal bool TryAdd(uint apicId)
    {
        if (IsListed(apicId))
        {
            DuplicateCount++;
            return true;
        }

        if (Count == _apicIds.Length)
        {
            return false;
        }

        _apicIds[Count++] = apicId;
        LargestApicId = Math.Max(LargestApicId, apicId);
        return true;
    }

    private bool IsListed(uint apicId)
    {
        for (int i = 0; i < Count; i++)
        {
            if (_apicIds[i] == apicId)
            {
                return true;
            }
        }

        return false;
    }
}
