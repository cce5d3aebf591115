using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using TestRunner.Machines;

namespace TestRunner.VMware;

/// <summary>VMware's command-line tool: where it is, and what it is told.</summary>
public static class VmrunCommand
{
    /// <summary>The name of the program.</summary>
    public const string Program = "vmrun";

    /// <summary>Where the installers of Windows and macOS leave it, off the PATH.</summary>
    private static readonly string[] s_places =
    [
        @"C:\Program Files (x86)\VMware\VMware Workstation\vmrun.exe",
        @"C:\Program Files\VMware\VMware Workstation\vmrun.exe",
        @"C:\Program Files (x86)\VMware\VMware VIX\vmrun.exe",
        "/Applications/VMware Fusion.app/Contents/Library/vmrun",
    ];

    /// <summary>The path of vmrun, or null.</summary>
    public static string? Find() => ProgramFinder.Find(Program) ?? s_places.FirstOrDefault(File.Exists);

    /// <summary>The product that vmrun's <c>-T</c> names: fusion on macOS; elsewhere player where there is no Workstation.</summary>
    public static string Product() =>
        OperatingSystem.IsMacOS() ? "fusion"
        : ProgramFinder.Find("vmware") is null && ProgramFinder.Find("vmplayer") is not null ? "player"
        : "ws";

    /// <summary>Starts a machine without a window.</summary>
    public static IReadOnlyList<string> Start(string product, string vmx) => ["-T", product, "start", vmx, "nogui"];

    /// <summary>Ends a machine at once.</summary>
    public static IReadOnlyList<string> Stop(string product, string vmx) => ["-T", product, "stop", vmx, "hard"];

    /// <summary>Lists the machines that run.</summary>
    public static IReadOnlyList<string> List(string product) => ["-T", product, "list"];

    /// <summary>Whether a machine is in what <c>list</c> printed: a line with the count, then a path a line.</summary>
    public static bool Runs(string list, string vmx)
    {
        ArgumentNullException.ThrowIfNull(list);
        StringComparison comparison = OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return list.Split('\n').Any(line => line.Trim().Equals(vmx, comparison));
    }
}
