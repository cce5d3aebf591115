using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;

namespace TestRunner.Machines;

/// <summary>
/// Finds out whether KVM works by booting a tiny guest on it. That /dev/kvm exists and opens proves little: a software
/// KVM inside another virtual machine may stop at the first SSE instruction, and every C# program uses SSE.
/// </summary>
/// <param name="qemu">Path of QEMU.</param>
/// <param name="memory">Where the answer is kept.</param>
public sealed class KvmProbe(string qemu, KvmProbeMemory memory)
{
    /// <summary>The guest needs milliseconds; a busy computer needs some patience.</summary>
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(5);

    private const string Device = "/dev/kvm";

    /// <summary>The remembered answer, or the one of a probe made now.</summary>
    public KvmAnswer Ask()
    {
        if (!File.Exists(Device))
        {
            return new KvmAnswer(false, $"there is no {Device}", ProbedNow: false);
        }

        try
        {
            using FileStream device = new(Device, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            return new KvmAnswer(false, $"{Device} cannot be opened by this user", ProbedNow: false);
        }

        string key = KvmProbeMemory.KeyFor(qemu);
        KvmAnswer? known = memory.Recall(key);
        if (known is not null)
        {
            return known;
        }

        KvmAnswer answer = Boot();
        memory.Remember(key, answer);
        return answer;
    }

    /// <summary>QEMU's arguments for the probe guest.</summary>
    /// <param name="accelerator">What to run it on.</param>
    /// <param name="image">Path of the image.</param>
    public static IReadOnlyList<string> Arguments(string accelerator, string image) =>
    [
        "-accel", accelerator, "-smp", "1", "-m", "16", "-nodefaults", "-display", "none", "-no-reboot",
        "-bios", image, "-device", "isa-debug-exit,iobase=0xf4,iosize=4",
    ];

    private KvmAnswer Boot()
    {
        using var folder = new TemporaryFolder();
        string image = folder.File("probe.bin");
        File.WriteAllBytes(image, KvmProbeImage.Create());

        var start = new ProcessStartInfo(qemu)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in Arguments("kvm", image))
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            using Process process = Process.Start(start)
                ?? throw new MachineException($"'{qemu}' could not be started.");
            // Read in the background: a full pipe would stop QEMU, and it may write without end.
            process.OutputDataReceived += (_, _) => { };
            process.ErrorDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            if (!process.WaitForExit(s_limit))
            {
                process.Kill();
                process.WaitForExit();
                return new KvmAnswer(
                    false, $"KVM is there but a guest that uses SSE did not end within {s_limit.TotalSeconds:0} s", true);
            }

            return process.ExitCode == KvmProbeImage.SuccessStatus
                ? new KvmAnswer(true, "KVM ran a probe guest that uses SSE", true)
                : new KvmAnswer(false, $"KVM is there but a guest that uses SSE failed on it (status {process.ExitCode})", true);
        }
        catch (Win32Exception exception)
        {
            throw new MachineException($"'{qemu}' could not be started: {exception.Message}", exception);
        }
    }
}
