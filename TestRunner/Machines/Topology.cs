using System;
using System.Globalization;

namespace TestRunner.Machines;

/// <summary>
/// How the virtual cores are spread over packages. APIC ids follow it: three cores in a socket leave a gap after each
/// socket (0, 1, 2, 4, 5, 6), since every level of the topology takes a whole number of id bits.
/// </summary>
/// <param name="Sockets">Number of packages.</param>
/// <param name="Cores">Cores in a package.</param>
/// <param name="Threads">Threads in a core.</param>
public sealed record Topology(int Sockets, int Cores, int Threads)
{
    /// <summary>What <see cref="Parse"/> understands, for messages.</summary>
    public const string Form = "sockets=N,cores=N,threads=N";

    /// <summary>Number of virtual processors in all.</summary>
    public int Processors => Sockets * Cores * Threads;

    /// <summary>Reads <c>sockets=2,cores=3,threads=1</c>; what is left out is 1.</summary>
    /// <exception cref="FormatException">The text has another form.</exception>
    public static Topology Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var topology = new Topology(1, 1, 1);
        foreach (string part in text.Split(','))
        {
            string[] pair = part.Split('=');
            if (pair.Length != 2
                || !int.TryParse(pair[1], NumberStyles.None, CultureInfo.InvariantCulture, out int count)
                || count is < 1 or > MachineLimits.MaximumCores)
            {
                throw new FormatException($"'{part}' is not part of a topology; expected {Form}.");
            }

            topology = pair[0] switch
            {
                "sockets" => topology with { Sockets = count },
                "cores" => topology with { Cores = count },
                "threads" => topology with { Threads = count },
                _ => throw new FormatException($"'{pair[0]}' is no level of a topology; expected {Form}."),
            };
        }

        return topology;
    }

    /// <summary>The form that <see cref="Parse"/> reads and QEMU's <c>-smp</c> takes.</summary>
    public override string ToString() => $"sockets={Sockets},cores={Cores},threads={Threads}";
}
