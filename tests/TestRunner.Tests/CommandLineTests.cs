using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using TestRunner.Cli;
using TestRunner.Machines;
using TestRunner.Tests.Fakes;
using Xunit;

namespace TestRunner.Tests;

/// <summary>The runner as a user starts it: exit codes and messages.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _kernel;

    public CommandLineTests()
    {
        _kernel = _folder.File("kernel.elf");
        File.WriteAllBytes(_kernel, [0x7F, (byte)'E', (byte)'L', (byte)'F']);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--cores=0", "expected a number from 1 to 1024")]
    [InlineData("--cores=x", "expected a number from 1 to 1024")]
    [InlineData("--memory=-1", "expected a number from 1")]
    [InlineData("--machine=isa", "expected one of pc, q35")]
    [InlineData("--accel=hvf", "expected one of auto, tcg, tcg-single, tcg-counted, kvm")]
    [InlineData("--firmware=coreboot", "expected one of bios, uefi")]
    [InlineData("--firmware=uefi", "UEFI firmware does not load an ELF")]
    [InlineData("--topology=x", "sockets=N,cores=N,threads=N")]
    [InlineData("--timeout=soon", "not a duration")]
    [InlineData("--expect=/none/such.txt", "/none/such.txt")]
    [InlineData("--serial=/none/such.log", "/none/such.log")]
    [InlineData("--junit=/none/such.xml", "/none/such.xml")]
    [InlineData("--tap=/none/such.tap", "/none/such.tap")]
    [InlineData("--silence=0s", "not a duration")]
    [InlineData("--device=help", "not a device")]
    [InlineData("--device=-kernel", "not a device")]
    [InlineData("--cpu=max -s", "not a processor")]
    [InlineData("--hypervisor=xen", "expected one of qemu, vmware, bochs")]
    [InlineData("--hypervisor=bochs", "Bochs loads no ELF")]
    [InlineData("--hypervisor=vmware", "VMware loads no ELF")]
    [InlineData("--gdb=0", "expected a number from 1 to 65535")]
    [InlineData("--gdb=x", "expected a number from 1 to 65535")]
    [InlineData("--colour=red", "--colour")]
    public async Task Bad_usage_is_told_in_one_line(string option, string message)
    {
        (int status, string errors) = await RunnerAsync(["run", _kernel, option]);

        Assert.Equal(2, status);
        Assert.Contains(message, errors, StringComparison.Ordinal);
        Assert.Single(errors.Trim().Split('\n'));
    }

    [Fact]
    public async Task A_missing_kernel_is_bad_usage()
    {
        (int status, string errors) = await RunnerAsync(["run", "/none.elf"]);

        Assert.Equal(2, status);
        Assert.Contains("/none.elf", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_emulator_is_told_with_what_to_do()
    {
        (int status, string errors) = await RunnerAsync(["run", _kernel], path: "/none");

        Assert.Equal(3, status);
        Assert.Contains("--target=Setup", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_that_must_not_be_written_is_bad_usage()
    {
        string log = _folder.File("folder");
        Directory.CreateDirectory(log);

        (int status, string errors) = await RunnerAsync(["run", _kernel, "--serial", log]);

        Assert.Equal(2, status);
        Assert.Contains(log, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_for_gdb_that_is_taken_is_bad_usage()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        int port = ((IPEndPoint)other.LocalEndpoint).Port;

        (int status, string errors) = await RunnerAsync(["run", _kernel, $"--gdb={port}"]);

        Assert.Equal(2, status);
        Assert.Contains($"Port {port} is taken", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_matrix_has_no_gdb()
    {
        (int status, string errors) = await RunnerAsync(["matrix", "profiles.json", "--gdb"]);

        Assert.Equal(2, status);
        Assert.Contains("--gdb", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_ways_to_judge_are_bad_usage()
    {
        string file = _folder.File("lines.txt");
        await File.WriteAllTextAsync(file, "");

        (int status, string errors) = await RunnerAsync(["run", _kernel, "--tests", "--expect", file]);

        Assert.Equal(2, status);
        Assert.Contains("--expect and --tests", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vmware", "vmrun was not found")]
    [InlineData("bochs", "bochs is not on the PATH; './build.sh --target=Setup' installs it")]
    public async Task A_missing_hypervisor_is_told(string hypervisor, string message)
    {
        (int status, string errors) = await RunnerAsync(["run", WriteIso(), "--hypervisor", hypervisor, "--cores", "2"], path: "/none");

        Assert.Equal(3, status);
        Assert.Contains(message, errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("max")]
    [InlineData("ryzen,+avx")]
    public async Task A_processor_that_bochs_does_not_have_is_bad_usage(string model)
    {
        FakeBochs.Write(_folder);

        (int status, string errors) = await RunnerAsync(["run", WriteIso(), "--hypervisor", "bochs", "--cpu", model], path: _folder.Path);

        Assert.Equal(2, status);
        Assert.Contains($"--cpu: Bochs 2.7 has no processor '{model}'; expected one of bx_generic, ", errors, StringComparison.Ordinal);
        Assert.Single(errors.Trim().Split('\n'));
    }

    [Fact]
    public async Task Bochs_boots_in_a_folder_of_its_own_where_the_image_is()
    {
        FakeBochs.Write(_folder, "[ -s image.iso ] && echo '00000000042p[ACPI  ] >>PANIC<< ACPI control: soft power off' >log.txt");

        (int status, string errors) = await RunnerAsync(["run", WriteIso(), "--hypervisor", "bochs", "--cpu", "ryzen"], path: _folder.Path);

        Assert.Contains("TestRunner: pc, BIOS, 3 cores, 128 MB, Bochs", errors, StringComparison.Ordinal);
        Assert.Equal(0, status);
    }

    [Fact]
    public async Task Wrong_profiles_are_bad_usage_with_the_place()
    {
        string profiles = _folder.File("profiles.json");
        await File.WriteAllTextAsync(profiles, "{\n \"images\": {},\n \"cellz\": [] }");

        (int status, string errors) = await RunnerAsync(["matrix", profiles]);

        Assert.Equal(2, status);
        Assert.Contains("profiles.json:3: $", errors, StringComparison.Ordinal);
        Assert.Contains("cellz", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_probe_says_what_is_missing_and_that_is_no_failure()
    {
        (int status, _) = await RunnerAsync(["probe"], path: "/none");

        Assert.Equal(0, status);
    }

    [Theory]
    [InlineData("60s", 60)]
    [InlineData("2m", 120)]
    [InlineData("500ms", 0.5)]
    [InlineData("1.5", 1.5)]
    public void Durations_are_read(string text, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Duration.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("0s")]
    [InlineData("-1s")]
    [InlineData("s")]
    [InlineData("1h")]
    [InlineData("99999999999m")]
    public void Anything_else_is_no_duration(string text) => Assert.Throws<FormatException>(() => Duration.Parse(text));

    private string WriteIso()
    {
        string iso = _folder.File("k.iso");
        byte[] sectors = new byte[17 * 2048];
        "\u0001CD001"u8.CopyTo(sectors.AsSpan(16 * 2048));
        File.WriteAllBytes(iso, sectors);
        return iso;
    }

    private static async Task<(int Status, string Errors)> RunnerAsync(IEnumerable<string> arguments, string? path = null)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.ArgumentList.Add(typeof(Duration).Assembly.Location);
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        if (path is not null)
        {
            start.Environment["PATH"] = path;
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string errors = await process.StandardError.ReadToEndAsync();
        await output;
        await process.WaitForExitAsync();
        return (process.ExitCode, errors);
    }
}
