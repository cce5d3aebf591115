using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using ToroCosmos.Acpi;

namespace ToroCosmos.Tests.Acpi;

/// <summary>
/// Physical memory of captured or made-up stretches. Each stretch is a copy of exactly its bytes, followed by a page
/// that faults; a stretch that was not put there, or goes on beyond its end, is not mapped.
/// </summary>
internal sealed unsafe class FakeMemory : AcpiMemory, IDisposable
{
    private readonly List<(ulong Address, GuardedBytes Bytes)> _stretches = [];

    public static FakeMemory OfMachine(string name)
    {
        var memory = new FakeMemory();
        foreach (string file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Acpi", "Tables", name), "*.bin"))
        {
            string address = Path.GetFileName(file).Split('.')[0];
            memory.Put(ulong.Parse(address, NumberStyles.HexNumber, CultureInfo.InvariantCulture), File.ReadAllBytes(file));
        }

        return memory;
    }

    public FakeMemory Put(ulong address, byte[] bytes)
    {
        _stretches.Add((address, new GuardedBytes(bytes)));
        return this;
    }

    /// <summary>How often memory was asked for, and how much of it.</summary>
    public int Maps { get; private set; }

    public long MappedBytes { get; private set; }

    public override byte* Map(ulong address, nuint bytes)
    {
        Maps++;
        MappedBytes += (long)bytes;
        foreach ((ulong start, GuardedBytes stretch) in _stretches)
        {
            if (address >= start && address - start <= (ulong)stretch.Length && bytes <= (ulong)stretch.Length - (address - start))
            {
                return stretch.Start + (address - start);
            }
        }

        return null;
    }

    public void Dispose()
    {
        foreach ((_, GuardedBytes stretch) in _stretches)
        {
            stretch.Dispose();
        }
    }
}
