using ToroCosmos.VirtIOBus;

namespace ToroCosmos.SoakKernel;

/// <summary>What the kernel's command line asks for.</summary>
internal sealed class SoakOptions
{
    private const uint MaximumSeconds = 7 * 24 * 3600;

    /// <summary>How long the cores send.</summary>
    public uint Seconds { get; private set; } = 60;

    /// <summary>Where the random numbers begin.</summary>
    public uint Seed { get; private set; } = 1;

    /// <summary>What is done wrong on purpose.</summary>
    public SoakFault Fault { get; private set; }

    /// <summary>How much the bus checks.</summary>
    public BusChecks Checks { get; private set; } = new BusOptions().Checks;

    /// <summary>Why the command line cannot be followed; null when it can.</summary>
    public string? Error { get; private set; }

    public static SoakOptions Parse(string[] arguments)
    {
        var options = new SoakOptions();
        foreach (string argument in arguments)
        {
            options.Error ??= options.Take(argument);
        }

        return options;
    }

    private string? Take(string argument)
    {
        string[] parts = argument.Split('=', 2);
        string value = parts.Length == 2 ? parts[1] : "";
        switch (parts[0])
        {
            case "seconds" when uint.TryParse(value, out uint seconds) && seconds is >= 1 and <= MaximumSeconds:
                Seconds = seconds;
                return null;
            case "seconds":
                return $"'{argument}' is not a number from 1 to {MaximumSeconds}";
            case "seed" when uint.TryParse(value, out uint seed):
                Seed = seed;
                return null;
            case "seed":
                return $"'{argument}' is not a number from 0 to {uint.MaxValue}";
            case "fault":
                SoakFault? fault = value switch
                {
                    "corrupt" => SoakFault.Corrupt,
                    "lose" => SoakFault.Lose,
                    "repeat" => SoakFault.Repeat,
                    _ => null,
                };
                Fault = fault ?? SoakFault.None;
                return fault is null ? $"'{argument}' is not one of fault=corrupt, fault=lose, fault=repeat" : null;
            case "checks" when value is "standard" or "full":
                Checks = value == "full" ? BusChecks.Full : BusChecks.Standard;
                return null;
            case "checks":
                return $"'{argument}' is not one of checks=standard, checks=full";
            default:
                return $"unknown option '{argument}'; the soak knows seconds=N, seed=N, checks=standard|full and fault=corrupt|lose|repeat";
        }
    }
}
