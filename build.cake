// The build. ./build.sh --help lists targets and options.
#load "build/bench.cake"
#load "build/cosmos.cake"
#load "build/failure.cake"
#load "build/fuzz.cake"
#load "build/gen3.cake"
#load "build/options.cake"
#load "build/shell.cake"
#load "build/tools.cake"
#load "build/tests.cake"
#load "build/verify.cake"

BuildOptions options = null;
TestRun tests = null;
var durations = new List<(string Task, TimeSpan Time)>();

string Root(params string[] parts) =>
    System.IO.Path.Combine(parts.Prepend(Context.Environment.WorkingDirectory.FullPath).ToArray());

const string CosmosTests = "ToroCosmos.Cosmos.Tests";
const string Gen3Tests = "ToroCosmos.Gen3.Tests";
string elf = Root("artifacts", "ToroCosmos.Demo.elf");
string Iso() => Root("artifacts", options.IsIl2Cpu ? "ToroCosmos.Demo.Cosmos.iso" : options.IsGen3 ? "ToroCosmos.Demo.Gen3.iso" : "ToroCosmos.Demo.iso");

string Runner() => Root("TestRunner", "bin", options.Configuration, "net10.0", "TestRunner.dll");

void Compile(string project, params string[] properties) =>
    Shell.Run("dotnet", new[] { "build", project, "--configuration", options.Configuration, "--nologo", "--verbosity", "minimal" }
        .Concat(properties).ToArray());

string[] cosmosDemo = { "ToroCosmos.Demo", "Cosmos" };
string[] cosmosSuites = { "tests", "kernels", "ToroCosmos.KernelSuites", "Cosmos" };
string[] cosmosBenchmark = { "benchmarks", "ToroCosmos.BusBenchmark", "Cosmos" };

string[] gen3Demo = { "ToroCosmos.Demo", "Gen3" };
string[] gen3Suites = { "tests", "kernels", "ToroCosmos.KernelSuites", "Gen3" };
string[] gen3Benchmark = { "benchmarks", "ToroCosmos.BusBenchmark", "Gen3" };

/// Boots an image on the machine that the options describe; what it returns is TestRunner's exit code.
int Boot(string image, int timeoutSeconds, string append)
{
    List<string> run = new()
    {
        Runner(), "run", image,
        "--cores", options.Cores,
        "--memory", options.Memory,
        "--firmware", options.Firmware,
        "--accel", options.Accel,
        "--hypervisor", options.Hypervisor,
    };
    if (options.IsDebugged)
    {
        run.Add(options.GdbPort.Length > 0 ? $"--gdb={options.GdbPort}" : "--gdb");
    }

    if (!options.IsDebugged || options.HasTimeout)
    {
        run.AddRange(new[] { "--timeout", timeoutSeconds + "s" });
    }

    if (options.Cpu.Length > 0)
    {
        run.Add($"--cpu={options.Cpu}");
    }

    if (append.Length > 0)
    {
        // As one word: the text may begin with a dash.
        run.Add($"--append={append}");
    }

    return Shell.Status("dotnet", run.ToArray());
}

void CompileCosmos(params string[][] kernels)
{
    foreach (string[] kernel in kernels)
    {
        CosmosKit.Build(Root(kernel), options.CosmosFolder);
    }
}

void CompileGen3(params string[][] kernels)
{
    Gen3Feed feed = Gen3Feed.Find(options.CosmosFeed);
    foreach (string[] kernel in kernels)
    {
        feed.Build(Root(kernel), Root("artifacts", "gen3"), options.Lld);
    }
}

/// Packs what is published, from what is built, into artifacts/packages.
void PackAll()
{
    string folder = Root("artifacts", "packages");
    if (System.IO.Directory.Exists(folder))
    {
        System.IO.Directory.Delete(folder, recursive: true);
    }

    List<string> pack = new()
    {
        "pack", Root("ToroCosmos.sln"), "--no-build", "--configuration", options.Configuration, "--output", folder,
        "--nologo", "--verbosity", "quiet",
    };
    if (CosmosKit.IsThere(options.CosmosFolder))
    {
        Compile(Root("ToroCosmos.Plugs"), $"-p:CosmosDir={CosmosKit.Find(options.CosmosFolder)}");
    }
    else
    {
        // Their version tells them from whole ones.
        Console.WriteLine("There is no Cosmos user kit: the packages are for NativeAOT kernels only.");
        pack.AddRange(new[] { "--version-suffix", "nativeaot", "-p:ToroPackPlugs=false" });
    }

    Shell.Run("dotnet", pack.ToArray());
    foreach (string package in System.IO.Directory.GetFiles(folder, "*.nupkg").Order())
    {
        Console.WriteLine($"artifacts/packages/{System.IO.Path.GetFileName(package)}");
    }
}

string BenchmarkProgram(string project) => Root("benchmarks", project, "bin", options.Configuration, "net10.0", project + ".dll");

void Bench(params string[] more)
{
    List<string> arguments = new()
    {
        BenchmarkProgram("BenchmarkRunner"),
        "--host", BenchmarkProgram("ToroCosmos.HostBenchmarks"),
        "--kernel", Root("artifacts", "ToroCosmos.BusBenchmark.elf"),
        "--demo", elf,
        "--iso", Iso(),
        "--output", Root("artifacts"),
        "--rounds", options.Rounds,
        "--accel", options.Accel,
    };
    if (options.Filter.Length > 0)
    {
        // As one word: the text may begin with a dash.
        arguments.Add($"--filter={options.Filter}");
    }

    int status = Shell.Status("dotnet", arguments.Concat(more).ToArray());
    if (status != 0)
    {
        throw new BuildFailure(status, "Not everything was measured; the reasons are above.");
    }

    if (options.Records)
    {
        System.IO.File.Copy(Root("artifacts", "bench.svg"), Root("docs", "images", "bench.svg"), overwrite: true);
        Console.WriteLine("recorded: docs/images/bench.svg");
    }
}

/// A task whose failures end the build with their message and exit code, without Cake's own report on top.
CakeTaskBuilder Target(string name, string description, Action work) => Task(name).Description(description).Does(() =>
{
    try
    {
        work();
    }
    catch (BuildFailure failure)
    {
        End(failure);
    }
});

void End(BuildFailure failure)
{
    if (durations.Count > 1)
    {
        Console.WriteLine();
        Console.WriteLine($"=== {string.Join(", ", durations.Select(entry => $"{entry.Task} {entry.Time.TotalSeconds:0.0} s"))}");
    }

    if (failure is not null)
    {
        Console.Error.WriteLine(failure.Message);
    }

    int exitCode = failure?.ExitCode ?? 0;
    if (tests is not null)
    {
        foreach (string problem in tests.Problems)
        {
            Console.WriteLine($"Failed: {problem}");
        }

        if (tests.Passed + tests.Failed == 0)
        {
            Console.WriteLine("No test ran.");
        }

        // The last line, whatever happened before.
        Console.WriteLine(tests.Totals);
        exitCode = tests.Succeeded ? exitCode : BuildFailure.General;
    }

    Environment.Exit(exitCode);
}

TaskSetup(context =>
{
    if (context.Task.Name != "Help")
    {
        Console.WriteLine();
        Console.WriteLine($"=== {context.Task.Name}");
    }
});

TaskTeardown(context => durations.Add((context.Task.Name, context.Duration)));

Target("Help", "Lists targets and options.", () =>
{
    Console.WriteLine("Usage: ./build.sh [--target=TARGET] [--OPTION=VALUE ...]      (Windows: ./build.ps1)");
    Console.WriteLine();
    Console.WriteLine("Targets:");
    foreach (string name in BuildOptions.Targets)
    {
        Console.WriteLine($"  {name,-11}{Tasks.Single(task => task.Name == name).Description}");
    }

    Console.WriteLine();
    Console.WriteLine("Options:");
    foreach (BuildOption option in BuildOptions.All)
    {
        string values = option.Name == "target" ? "TARGET" : option.Values;
        string standard = option.Default.Length > 0 ? $" ({option.Default})" : "";
        Console.WriteLine($"  {$"--{option.Name}={values}",-31}{option.Description}{standard}");
    }
});

Target("Setup", "Installs the native tools that are missing, or says how.", () =>
{
    // Each target asks only for what it uses; Setup by itself provides everything.
    ToolUse isoTools = ToolUse.Compile | ToolUse.Iso;
    switch (options.Target)
    {
        case "Build" or "Iso" when options.IsIl2Cpu:
            CosmosKit.Find(options.CosmosFolder);
            break;
        case "Build" or "Iso" when options.IsGen3:
            Gen3Feed.Find(options.CosmosFeed);
            NativeTools.Provide(ToolUse.Compile | ToolUse.Gen3, wished: 0);
            break;
        case "Demo" or "Test" when options.IsGen3:
            Gen3Feed.Find(options.CosmosFeed);
            NativeTools.Provide(ToolUse.Compile | ToolUse.Gen3 | ToolUse.Run, wished: 0);
            break;
        case "Pack":
            CosmosKit.Find(options.CosmosFolder, "--target=Pack");
            break;
        case "Test" when options.CosmosFolder.Length > 0 && !options.IsIl2Cpu:
            CosmosKit.Find(options.CosmosFolder, "--cosmos-dir");
            goto default;
        case "Demo" or "Test" when options.IsIl2Cpu:
            CosmosKit.Find(options.CosmosFolder);
            NativeTools.Provide(options.IsBochs ? ToolUse.RunBochs : ToolUse.Run, wished: 0);
            break;
        case "Build":
        case "Iso":
            NativeTools.Provide(isoTools, wished: ToolUse.UefiIso);
            break;
        case "Demo" when options.Firmware == "uefi":
            NativeTools.Provide(isoTools | ToolUse.UefiIso | ToolUse.Run | ToolUse.RunUefi, wished: 0);
            break;
        case "Demo" when options.IsBochs:
            NativeTools.Provide(isoTools | ToolUse.RunBochs, wished: 0);
            break;
        case "Demo" when options.BootsIso:
            NativeTools.Provide(isoTools | ToolUse.Run, wished: 0);
            break;
        case "Demo" or "Soak" or "Costs":
            NativeTools.Provide(ToolUse.Compile | ToolUse.Run, wished: 0);
            break;
        case "Fuzz":
            break;
        case "Mpi" when options.IsOnCluster:
            NativeTools.Provide(options.On == "openmpi" ? ToolUse.OpenMpi : ToolUse.Mpich, wished: 0);
            break;
        case "Mpi" when options.IsBochs:
            NativeTools.Provide(isoTools | ToolUse.RunBochs, wished: 0);
            break;
        case "Mpi":
            NativeTools.Provide(isoTools | ToolUse.Run, wished: 0);
            break;
        case "Bench":
            NativeTools.Provide(isoTools | ToolUse.Run | ToolUse.Plot, wished: 0);
            break;
        case "BenchPeers":
            PeerGuest.CheckSystem();
            NativeTools.Provide(isoTools | ToolUse.Run | ToolUse.Plot | ToolUse.Peers, wished: 0);
            break;
        case "Setup" when options.IsBochs:
            NativeTools.Provide(isoTools | ToolUse.RunBochs, wished: ToolUse.Run | ToolUse.UefiIso | ToolUse.RunUefi);
            break;
        default:
            NativeTools.Provide(isoTools | ToolUse.Run, wished: ToolUse.UefiIso | ToolUse.RunUefi | ToolUse.RunBochs);
            break;
    }
});

Target("Build", "Builds everything: libraries, tools, tests, the demo's ELF and ISO in artifacts/. The default.", () =>
{
    if (options.IsIl2Cpu)
    {
        switch (options.Target)
        {
            case "Test":
                CompileCosmos(cosmosDemo, cosmosSuites);
                Compile(Root("tests", CosmosTests));
                break;
            case "Demo":
                CompileCosmos(cosmosDemo);
                Compile(Root("TestRunner"));
                break;
            case "Iso":
                CompileCosmos(cosmosDemo);
                break;
            default:
                CompileCosmos(cosmosDemo, cosmosSuites, cosmosBenchmark);
                break;
        }
    }
    else if (options.IsGen3)
    {
        switch (options.Target)
        {
            case "Test":
                CompileGen3(gen3Demo, gen3Suites);
                Gen3Feed.IsThereForTests(options.CosmosFeed);
                Compile(Root("tests", Gen3Tests));
                break;
            case "Demo":
                CompileGen3(gen3Demo);
                Compile(Root("TestRunner"));
                break;
            case "Iso":
                CompileGen3(gen3Demo);
                break;
            default:
                CompileGen3(gen3Demo, gen3Suites, gen3Benchmark);
                break;
        }
    }
    else if (options.Target == "Demo")
    {
        Compile(Root("ToroCosmos.Demo"), $"-p:ToroIso={(options.BootsIso ? "true" : "false")}");
        Compile(Root("TestRunner"));
    }
    else if (options.Target == "Mpi")
    {
        string sample = Root("samples", "mpi", options.Sample);
        if (!System.IO.Directory.Exists(sample))
        {
            string[] samples = System.IO.Directory.GetDirectories(Root("samples", "mpi")).Select(System.IO.Path.GetFileName).Order().ToArray();
            throw new BuildFailure(BuildFailure.General, $"There is no sample '{options.Sample}'; there are {string.Join(", ", samples)}.");
        }

        if (options.IsOnCluster)
        {
            Compile(sample, "-p:MpiHome=cluster");
        }
        else
        {
            Compile(sample, $"-p:ToroIso={(options.BootsIso ? "true" : "false")}");
            Compile(Root("TestRunner"));
        }
    }
    else if (options.Target == "Iso")
    {
        Compile(Root("ToroCosmos.Demo"), "-p:ToroIso=true");
    }
    else if (options.Target == "Pack")
    {
        foreach (string project in new[] { "ToroCosmos.Gen3", "ToroCosmos.VirtIOBus", "ToroCosmos.Mpi", "ToroCosmos.NativeAot", "ToroCosmos.KernelTesting", "TestRunner", "ToroCosmos.Templates" })
        {
            Compile(Root(project));
        }
    }
    else if (options.Target is "Bench" or "BenchPeers")
    {
        Compile(Root("ToroCosmos.Demo"), "-p:ToroIso=true");
        foreach (string project in new[] { "ToroCosmos.BusBenchmark", "ToroCosmos.HostBenchmarks", "BenchmarkRunner" })
        {
            Compile(Root("benchmarks", project));
        }
    }
    else if (options.Target == "Costs")
    {
        foreach (string project in new[] { "ToroCosmos.CostKernel", "BenchmarkRunner" })
        {
            Compile(Root("benchmarks", project));
        }
    }
    else if (options.Target == "Fuzz")
    {
        Compile(Root("tests", "ToroCosmos.Virtio.Fuzz"));
    }
    else if (options.Target == "Soak")
    {
        Compile(Root("tests", "kernels", "ToroCosmos.SoakKernel"));
        Compile(Root("TestRunner"));
    }
    else
    {
        Compile(Root("ToroCosmos.sln"));
        if (options.Target == "Test" && CosmosKit.IsThereForTests(options.CosmosFolder))
        {
            CompileCosmos(cosmosDemo, cosmosSuites);
        }

        if (options.Target == "Test" && Gen3Feed.IsThereForTests(options.CosmosFeed))
        {
            CompileGen3(gen3Demo, gen3Suites);
        }
    }
})
    .IsDependentOn("Setup");

Target("Iso", "Builds the demo's bootable CD image in artifacts/.", () =>
{
    var file = new System.IO.FileInfo(Iso());
    if (!file.Exists)
    {
        throw new BuildFailure(BuildFailure.General, $"The build made no '{file.FullName}'.");
    }

    Console.WriteLine($"artifacts/{file.Name}: {file.Length / 1048576.0:0.0} MB");
})
    .IsDependentOn("Build");

Target("Demo", "Builds the demo kernel and boots it in QEMU or Bochs; its serial line is shown as it comes.", () =>
{
    int status = Boot(options.BootsIso ? Iso() : elf, int.Parse(options.Timeout), options.Append);
    if (status != 0)
    {
        throw new BuildFailure(status, "The demo did not end well; the reason is above.");
    }
})
    .IsDependentOn("Build");

/// Runs a program of samples/mpi under the system's MPI, with a rank for each core that the options name.
int RunOnCluster()
{
    string folder = Root("artifacts", "cluster", options.On);
    System.IO.Directory.CreateDirectory(folder);
    Shell.Run(
        $"mpicc.{options.On}", "-shared", "-fPIC", "-O2", "-o", System.IO.Path.Combine(folder, "libtoro_mpi.so"),
        Root("ToroCosmos.Mpi.Cluster", "toro_mpi.c"));
    string program = Root("samples", "mpi", options.Sample, "bin", "cluster", options.Configuration, "net10.0", $"Mpi.{options.Sample}.dll");
    Environment.SetEnvironmentVariable("LD_LIBRARY_PATH", folder);

    // Containers run everything as root, which Open MPI otherwise refuses.
    Environment.SetEnvironmentVariable("OMPI_ALLOW_RUN_AS_ROOT", "1");
    Environment.SetEnvironmentVariable("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1");
    string[] oversubscribe = options.On == "openmpi" ? new[] { "--oversubscribe" } : Array.Empty<string>();
    return Shell.Status($"mpirun.{options.On}", oversubscribe.Concat(new[] { "-n", options.Cores, "dotnet", program }).ToArray());
}

Target("Mpi", "Builds --sample of samples/mpi and runs it on --cores ranks: booted, or under the system's MPI with --on.", () =>
{
    string image = Root("artifacts", $"Mpi.{options.Sample}.{(options.BootsIso ? "iso" : "elf")}");
    int status = options.IsOnCluster ? RunOnCluster() : Boot(image, int.Parse(options.Timeout), options.Append);
    if (status != 0)
    {
        throw new BuildFailure(status, "The sample did not end well; the reason is above.");
    }
})
    .IsDependentOn("Build");

// TestRunner's own limit.
const int LongestRunSeconds = 24 * 3600;

Target("Soak", "Boots a kernel whose cores all send to each other for --minutes, and counts what is lost or corrupt.", () =>
{
    int seconds = options.Minutes * 60;
    int status = Boot(
        Root("artifacts", "ToroCosmos.SoakKernel.elf"),
        Math.Min(seconds + int.Parse(options.Timeout), LongestRunSeconds),
        $"seconds={seconds} seed={options.Seed} {options.Append}".TrimEnd());
    if (status != 0)
    {
        throw new BuildFailure(status, "The soak did not end well; the reason is above.");
    }
})
    .IsDependentOn("Build");

Target("Test", "Runs every test, on the host and booted, and counts them.", () =>
{
    if (!options.IsCosmos)
    {
        // The tests of the packages use what is packed, as their users do, and the same kit.
        PackAll();
    }

    if (CosmosKit.IsThere(options.CosmosFolder))
    {
        Environment.SetEnvironmentVariable("CosmosDir", CosmosKit.Find(options.CosmosFolder));
    }

    string results = Root("artifacts", "test-results");
    if (System.IO.Directory.Exists(results))
    {
        System.IO.Directory.Delete(results, recursive: true);
    }

    // Tests that build or boot kernels come last: what fails on the host explains them.
    string[] booted = { "ToroCosmos.Costs.Tests", "ToroCosmos.Boot.Tests", "ToroCosmos.Devices.Tests", "ToroCosmos.Build.Tests", "ToroCosmos.KernelSuites.Tests", "ToroCosmos.Programs.Tests", "ToroCosmos.MpiSamples.Tests", "ToroCosmos.Vhost.Tests", "ToroCosmos.Packages.Tests", CosmosTests, Gen3Tests };
    string[] projects = System.IO.Directory.GetFiles(Root("tests"), "*.Tests.csproj", System.IO.SearchOption.AllDirectories)
        .Where(project => !options.IsCosmos || System.IO.Path.GetFileNameWithoutExtension(project) == (options.IsGen3 ? Gen3Tests : CosmosTests))
        .OrderBy(project => booted.Contains(System.IO.Path.GetFileNameWithoutExtension(project)))
        .ThenBy(project => project, StringComparer.Ordinal)
        .ToArray();
    tests = new TestRun(options.Configuration, options.Filter, results);
    foreach (string project in projects)
    {
        tests.Run(project);
    }
})
    .IsDependentOn("Build");

Target("Matrix", "Boots the kernels on every machine of tests/profiles.json that this computer can run.", () =>
{
    string results = Root("artifacts", "test-results");
    System.IO.Directory.CreateDirectory(results);
    List<string> matrix = new()
    {
        Runner(), "matrix", Root("tests", "profiles.json"),
        "--jobs", options.Jobs,
        "--junit", System.IO.Path.Combine(results, "matrix.xml"),
    };
    if (options.Filter.Length > 0)
    {
        // As one word: the text may begin with a dash.
        matrix.Add($"--filter={options.Filter}");
    }

    int status = Shell.Status("dotnet", matrix.ToArray());
    if (status != 0)
    {
        throw new BuildFailure(status, "Not every machine of the matrix passed; the reasons are above.");
    }
})
    .IsDependentOn("Build");

Target("Pack", "Builds the NuGet packages, in artifacts/packages; needs a Cosmos user kit for the plugs in them.", PackAll)
    .IsDependentOn("Build");

Target("Verify", "Checks a model of the bus exhaustively with Spin; planted faults must be found.", () =>
{
    NativeTools.Provide(ToolUse.Verify, wished: 0);
    Models.Check(Root("tests", "models"), Root("artifacts", "models"));
});

Target("Fuzz", "Plays hostile devices against the driver's queue for --minutes, as AFL++ thinks of them.", () =>
    Fuzzing.Run(
        Root("tests", "ToroCosmos.Virtio.Fuzz", "bin", options.Configuration, "net10.0"),
        Root("tests", "ToroCosmos.Virtio.Tests", "Queue", "corpus.txt"),
        Root("artifacts", "fuzz"),
        options.Minutes * 60))
    .IsDependentOn("Build");

Target("Bench", "Measures the bus on the host and booted; a table, artifacts/bench.json and artifacts/bench.svg.", () => Bench())
    .IsDependentOn("Build");

Target("BenchPeers", "The same beside Open MPI, MPICH and a ring in C in a Linux guest; needs Debian or Ubuntu.", () =>
{
    string folder = Root("artifacts", "peers");
    PeerGuest.Build(Root("benchmarks", "peers"), folder);
    Bench("--peers", folder);
})
    .IsDependentOn("Build");

Target("Costs", "Counts the instructions of the bus and the boot, beside those recorded in benchmarks/costs.json.", () =>
{
    List<string> arguments = new()
    {
        BenchmarkProgram("BenchmarkRunner"), "costs",
        "--kernel", Root("artifacts", "ToroCosmos.CostKernel.elf"),
        "--recorded", Root("benchmarks", "costs.json"),
    };
    if (options.Records)
    {
        arguments.Add("--record");
    }

    int status = Shell.Status("dotnet", arguments.ToArray());
    if (status != 0)
    {
        throw new BuildFailure(status, "Not everything was counted; the reasons are above.");
    }
})
    .IsDependentOn("Build");

Target("Clean", "Removes everything that a build makes.", () =>
{
    bool IsProjectOutput(string folder) =>
        System.IO.Directory.EnumerateFiles(System.IO.Path.GetDirectoryName(folder), "*.csproj").Any();

    string[] folders = new[] { "bin", "obj" }
        .SelectMany(name => System.IO.Directory.GetDirectories(Root(), name, System.IO.SearchOption.AllDirectories))
        .Where(IsProjectOutput)
        .Append(Root("artifacts"))
        .Where(System.IO.Directory.Exists)
        .ToArray();
    foreach (string folder in folders)
    {
        System.IO.Directory.Delete(folder, recursive: true);
    }

    Console.WriteLine($"Removed {folders.Length} folders.");
});

// What follows is the program.
try
{
    options = BuildOptions.Parse(BuildOptions.OwnArguments());
}
catch (BuildFailure failure)
{
    End(failure);
}

RunTarget(options.Target);
End(null);
