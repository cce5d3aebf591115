using System;
using System.IO;
using TestRunner.Machines;

namespace TestRunner.Tests.Fakes;

/// <summary>A program in Bochs' place: a shell script that answers <c>--help</c> as Bochs 2.7 does, and else does what a test says.</summary>
internal static class FakeBochs
{
    /// <summary>What <c>bochs --help cpu</c> of Debian's Bochs 2.7 prints.</summary>
    public const string HelpCpu = """
        00000000000i[      ] LTDL_LIBRARY_PATH not set. using compile time default '/usr/lib/x86_64-linux-gnu/bochs/plugins'
        Supported CPU models:

        bx_generic
        pentium
        pentium_mmx
        amd_k6_2_chomper
        p2_klamath
        p3_katmai
        p4_willamette
        core_duo_t2400_yonah
        atom_n270
        p4_prescott_celeron_336
        athlon64_clawhammer
        athlon64_venice
        turion64_tyler
        phenom_8650_toliman
        core2_penryn_t9600
        corei5_lynnfield_750
        corei5_arrandale_m520
        corei7_sandy_bridge_2600k
        zambezi
        trinity_apu
        ryzen
        corei7_ivy_bridge_3770k
        corei7_haswell_4770
        broadwell_ult
        corei7_skylake_x
        corei3_cnl
        corei7_icelake_u
        tigerlake

        00000000000i[SIM   ] quit_sim called with exit code 0
        """;

    private const string Help = "  -q               quick start (skip configuration interface)";

    private const string DebuggerHelp = "  -rc filename     execute debugger commands stored in file";

    private const string Banner = "                        Bochs x86 Emulator 2.7";

    /// <summary>Writes the program.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="machine">What it does as a machine: commands of the shell, in its working folder.</param>
    /// <param name="hasDebugger">Whether its help tells of the debugger.</param>
    /// <returns>Its path.</returns>
    public static string Write(TemporaryFolder folder, string machine = "exit 1", bool hasDebugger = true)
    {
        string path = folder.File("bochs");
        string script = $"""
            #!/bin/sh
            if [ "$1 $2" = "--help cpu" ]; then
            /bin/cat >&2 <<'END'
            {HelpCpu.ReplaceLineEndings("\n")}
            END
            echo '{Banner}'
            exit 0
            fi
            if [ "$1" = "--help" ]; then
            echo '{Help}' >&2
            {(hasDebugger ? $"echo '{DebuggerHelp}' >&2" : "")}
            exit 0
            fi
            {machine}
            """;
        File.WriteAllText(path, script.ReplaceLineEndings("\n") + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return path;
    }
}
