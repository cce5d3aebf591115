using ToroCosmos.Seam;

namespace ToroCosmos.KernelTesting;

/// <summary>A test as the build registered it. Made by generated code, on the boot core.</summary>
public sealed unsafe class KernelTestCase
{
    private readonly delegate*<int, void> _method;

    /// <summary>Registers a test.</summary>
    /// <param name="id">Class and method, joined by a dot: unique in the kernel.</param>
    /// <param name="name">Its name for people.</param>
    /// <param name="place">File and line, the file relative to the project.</param>
    /// <param name="method">The test, which takes the number of the core it runs on.</param>
    public KernelTestCase(string id, string name, string place, delegate*<int, void> method)
    {
        Id = id;
        Name = name;
        Place = place;
        _method = method;
    }

    public string Id { get; }

    public string Name { get; }

    public string Place { get; }

    /// <summary>As in <see cref="KernelTestAttribute.On"/>.</summary>
    public KernelTestCores On { get; init; }

    /// <summary>As in <see cref="KernelTestAttribute.Core"/>.</summary>
    public int Core { get; init; }

    /// <summary>As in <see cref="KernelTestAttribute.MinimumCores"/>.</summary>
    public int MinimumCores { get; init; } = 1;

    /// <summary>As in <see cref="KernelTestAttribute.Skip"/>.</summary>
    public string? Skip { get; init; }

    /// <summary>Runs the test on this core.</summary>
    internal void Invoke(int core) => Cpu.Call(_method, core);
}
