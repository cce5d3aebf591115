#load "failure.cake"

/// <summary>One option of the command line: what it means, what it takes, and what it is when left out.</summary>
public sealed record BuildOption(string Name, string Values, string Default, string Description, Func<string, bool> Accepts)
{
    /// <summary>What it means without a value; null when it needs one.</summary>
    public string Alone { get; init; }
}

/// <summary>
/// The command line. Cake's own parser ignores what it does not know; a misspelt option must not pass for a default, so
/// the arguments are read here.
/// </summary>
public sealed class BuildOptions
{
    private readonly Dictionary<string, string> _given = new();

    public static readonly string[] Targets = { "Help", "Setup", "Build", "Iso", "Demo", "Mpi", "Test", "Matrix", "Soak", "Pack", "Verify", "Fuzz", "Bench", "BenchPeers", "Costs", "Clean" };

    public static readonly BuildOption[] All =
    {
        OneOf("target", "Build", "what to do", Targets),
        OneOf("configuration", "Release", "how the C# code is built", "Release", "Debug"),
        OneOf("toolchain", "nativeaot", "what compiles the demo; il2cpu and gen3 make Cosmos kernels of it", "nativeaot", "il2cpu", "gen3"),
        new("cosmos-dir", "FOLDER", "", "the installed Cosmos user kit; else the one that /etc/CosmosUserKit.cfg names", value => value.Length > 0),
        new("cosmos-feed", "FOLDER", "", "the packages of Cosmos gen3", value => value.Length > 0),
        new("lld", "PROGRAM", "", "the linker of gen3's kernels; else the one that Cosmos finds", value => value.Length > 0),
        Number("cores", 3, 1, 255, "cores of the machine that Demo boots; Soak's has 4"),
        Number("memory", 128, 16, 1024 * 1024, "its memory in MB"),
        OneOf("boot", "kernel", "what it boots: the ELF itself, or the CD image, as uefi always does", "kernel", "iso"),
        OneOf("firmware", "bios", "what runs before the boot loader", "bios", "uefi"),
        OneOf("hypervisor", "qemu", "what provides the machine of Demo; bochs boots the CD image", "qemu", "bochs"),
        new("cpu", "NAME", "", "its processor, by the hypervisor's name", value => value.Length > 0),
        OneOf("accel", "auto", "what runs the machine; auto takes KVM where it really works", "auto", "tcg", "kvm"),
        Number("timeout", 60, 1, 86400, "seconds after which a machine that hangs is ended; Soak's has its minutes besides"),
        Number("minutes", 1, 1, 1400, "how long Soak sends and Fuzz plays"),
        Number("seed", 1, 0, int.MaxValue, "where Soak's random numbers begin"),
        Number("gdb", 0, 1, 65535, "Demo waits for gdb, without a limit of time; at this port, or alone for 1234 or one that is free") with { Default = "", Alone = FreePort },
        new("append", "TEXT", "", "the kernel's command line (boot=kernel), for example rounds=1000", _ => true),
        new("filter", "EXPRESSION", "", "which tests Test runs, as dotnet test takes it; for Matrix and Bench, a text in the names of cells or rows", value => value.Length > 0),
        Number("jobs", 1, 1, 64, "machines that Matrix runs side by side"),
        new("sample", "NAME", "hello", "which program of samples/mpi Mpi runs", value => value.Length > 0 && value.All(letter => char.IsAsciiLetterOrDigit(letter))),
        OneOf("on", "kernel", "where Mpi runs it: on the cores of a machine, or under the system's MPI", "kernel", "openmpi", "mpich"),
        OneOf("record", "no", "whether Costs writes benchmarks/costs.json, and Bench or BenchPeers docs/images/bench.svg", "no", "yes"),
        Number("rounds", 3, 1, 1000, "how often Bench goes through everything; each time is five repetitions"),
    };

    /// <summary>The value of --gdb that leaves the port to TestRunner.</summary>
    private const string FreePort = "free";

    /// <summary>Options of Cake itself that only change how the script is run, for who calls <c>dotnet cake</c>.</summary>
    private static readonly string[] s_cakeOptions = { "--verbosity", "--exclusive", "--no-report", "--invalidate-script-cache" };

    public string Target => Value("target");
    public string Configuration => Value("configuration");
    public bool IsIl2Cpu => Value("toolchain") == "il2cpu";
    public bool IsGen3 => Value("toolchain") == "gen3";
    public string CosmosFolder => Value("cosmos-dir");
    public string CosmosFeed => Value("cosmos-feed");
    public string Lld => Value("lld");

    /// <summary>Whether the kernels are Cosmos', of whichever generation.</summary>
    public bool IsCosmos => IsIl2Cpu || IsGen3;
    public string Cores => Target == "Soak" && !_given.ContainsKey("cores") ? "4" : Value("cores");
    public string Memory => Value("memory");
    public string Firmware => Value("firmware");
    public string Sample => Value("sample");
    public string On => Value("on");
    public bool IsOnCluster => On != "kernel";
    public bool IsBochs => Value("hypervisor") == "bochs";
    public string Hypervisor => Value("hypervisor");
    public string Cpu => Value("cpu");
    public string Accel => Value("accel");
    public string Timeout => Value("timeout");
    public bool HasTimeout => _given.ContainsKey("timeout");
    public bool IsDebugged => Value("gdb").Length > 0;
    public string GdbPort => Value("gdb") == FreePort ? "" : Value("gdb");
    public int Minutes => int.Parse(Value("minutes"));
    public string Seed => Value("seed");
    public string Append => Value("append");
    public string Filter => Value("filter");
    public string Jobs => Value("jobs");
    public string Rounds => Value("rounds");
    public bool Records => Value("record") == "yes";

    /// <summary>
    /// UEFI firmware and Bochs load no ELF, so they mean the CD image unless the user says otherwise; a Cosmos kernel is
    /// nothing else.
    /// </summary>
    public bool BootsIso => _given.ContainsKey("boot") ? Value("boot") == "iso" : Firmware == "uefi" || IsBochs || IsCosmos;

    /// <summary>The arguments of this script: from the bootstrapper, or what Cake's command line leaves.</summary>
    public static string[] OwnArguments()
    {
        string lines = Environment.GetEnvironmentVariable("TOROCOSMOS_BUILD_ARGUMENTS");
        return lines is null ? OfCake() : lines.Split('\n')[..^1];
    }

    private static string[] OfCake() => Environment.GetCommandLineArgs().Skip(1)
        .Where(argument => !argument.EndsWith(".cake") && !s_cakeOptions.Contains(argument.Split('=')[0]))
        .ToArray();

    /// <summary>Reads --name=value and --name value.</summary>
    public static BuildOptions Parse(string[] arguments)
    {
        var options = new BuildOptions();
        for (int i = 0; i < arguments.Length; i++)
        {
            string argument = arguments[i];
            if (!argument.StartsWith("--") || argument.Length == 2)
            {
                throw Bad($"'{argument}' is not an option; expected --name=value, for example --target=Demo.");
            }

            string[] parts = argument[2..].Split('=', 2);
            string name = parts[0].ToLowerInvariant();
            BuildOption option = All.FirstOrDefault(known => known.Name == name)
                ?? throw Bad($"There is no option '--{parts[0]}'; expected one of {string.Join(", ", All.Select(known => "--" + known.Name))}.");
            string value = parts.Length == 2 ? parts[1]
                : i + 1 < arguments.Length && !arguments[i + 1].StartsWith("--") ? arguments[++i]
                : option.Alone ?? throw Bad($"--{name} needs a value: {option.Values}.");
            if (value != option.Alone && !option.Accepts(value))
            {
                throw Bad($"--{name} is '{value}'; expected {option.Values}.");
            }

            if (!options._given.TryAdd(name, value))
            {
                throw Bad($"--{name} is given twice.");
            }
        }

        options.CheckTogether();
        return options;
    }

    private void CheckTogether()
    {
        if (IsCosmos && Target is not ("Build" or "Iso" or "Demo" or "Test"))
        {
            throw Bad($"--target={Target} knows no toolchain; expected --target=Build, Iso, Demo or Test with --toolchain={Value("toolchain")}.");
        }

        if (CosmosFeed.Length > 0 && !IsGen3 && Target != "Test")
        {
            throw Bad("Only kernels of Cosmos gen3 are built with its packages; expected --toolchain=gen3 or --target=Test with --cosmos-feed.");
        }

        if (Lld.Length > 0 && CosmosFeed.Length == 0)
        {
            throw Bad("Only kernels of Cosmos gen3 are linked by lld; expected --cosmos-feed with --lld.");
        }

        if (IsCosmos && (Firmware == "uefi" || !BootsIso))
        {
            throw Bad("A Cosmos kernel boots from its CD image by a BIOS; expected neither --boot=kernel nor --firmware=uefi.");
        }

        if (Firmware == "uefi" && !BootsIso)
        {
            throw Bad("UEFI firmware loads no ELF kernel; expected --boot=iso with --firmware=uefi.");
        }

        if (Target == "Costs" && Configuration != "Release")
        {
            throw Bad("The costs that are recorded are those of the Release build; expected no --configuration=Debug with --target=Costs.");
        }

        if (Records && Target is not ("Costs" or "Bench" or "BenchPeers"))
        {
            throw Bad("Only what counts or measures is recorded; expected --target=Costs, Bench or BenchPeers with --record=yes.");
        }

        if (Records && Target != "Costs" && Filter.Length > 0)
        {
            throw Bad("The plot that is recorded shows all rows; expected no --filter with --record=yes.");
        }

        if (IsBochs && (Firmware == "uefi" || !BootsIso || Accel != "auto"))
        {
            throw Bad("Bochs boots the CD image by a BIOS, in its own way; expected none of --boot=kernel, --firmware=uefi and --accel with --hypervisor=bochs.");
        }

        if ((IsBochs || Cpu.Length > 0) && Target is not ("Demo" or "Setup"))
        {
            throw Bad($"--target={Target} knows neither --hypervisor nor --cpu; expected --target=Demo with them.");
        }

        if (IsDebugged && Target != "Demo")
        {
            throw Bad($"--target={Target} has no single machine to debug; expected --target=Demo with --gdb.");
        }

        if (IsDebugged && (IsBochs || IsCosmos))
        {
            throw Bad($"gdb debugs a NativeAOT kernel in QEMU; expected neither --hypervisor=bochs nor --toolchain={Value("toolchain")} with --gdb.");
        }

        if (BootsIso && Target == "Soak")
        {
            throw Bad("Soak boots its kernel without a CD image; expected neither --boot=iso nor --firmware=uefi.");
        }

        if (BootsIso && Append.Length > 0)
        {
            throw Bad("The command line of the CD image is fixed in its boot menu; expected --boot=kernel with --append.");
        }
    }

    private string Value(string name)
    {
        BuildOption option = All.Single(known => known.Name == name);
        if (!_given.TryGetValue(name, out string value))
        {
            return option.Default;
        }

        // Words are taken in any case and used as they are written above.
        return option.Values.Split('|').FirstOrDefault(word => word.Equals(value, StringComparison.OrdinalIgnoreCase)) ?? value;
    }

    private static BuildOption OneOf(string name, string standard, string description, params string[] words) =>
        new(name, string.Join("|", words), standard, description, value => words.Contains(value, StringComparer.OrdinalIgnoreCase));

    private static BuildOption Number(string name, int standard, int minimum, int maximum, string description) =>
        new(
            name,
            $"{minimum}..{maximum}",
            standard.ToString(),
            description,
            value => value.All(char.IsAsciiDigit) && int.TryParse(value, out int number) && number >= minimum && number <= maximum);

    private static BuildFailure Bad(string message) => new(BuildFailure.BadUsage, message + " './build.sh --help' lists all.");
}
