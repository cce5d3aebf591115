#load "failure.cake"
#load "options.cake"
#load "shell.cake"

/// <summary>What a native tool is needed for.</summary>
[Flags]
public enum ToolUse
{
    Compile = 1,
    Iso = 2,
    UefiIso = 4,
    Run = 8,
    RunUefi = 16,
    Verify = 32,
    Plot = 64,
    Peers = 128,
    RunBochs = 256,
    Gen3 = 512,
    OpenMpi = 1024,
    Mpich = 2048,
}

/// <summary>A native tool: how to see that it is there, and which package of each package manager brings it.</summary>
public sealed record NativeTool(
    string Name, ToolUse Use, Func<bool> IsThere, string Apt, string Dnf, string Pacman, string Zypper, string Brew);

/// <summary>A package manager and its command line for installing.</summary>
public sealed record PackageManager(string Program, string Install, bool NeedsRoot, Func<NativeTool, string> Package);

/// <summary>Finds missing native tools and installs them where that is possible.</summary>
public static class NativeTools
{
    private static readonly NativeTool[] s_tools =
    {
        new("nasm", ToolUse.Compile, () => Shell.Has("nasm"), "nasm", "nasm", "nasm", "nasm", "nasm"),
        new("awk", ToolUse.Compile, () => Shell.Has("awk"), "mawk", "gawk", "gawk", "gawk", "gawk"),
        new(
            "GNU binutils (ld, nm, objcopy, strip)",
            ToolUse.Compile,
            () => new[] { "ld", "nm", "objcopy", "strip" }.All(Shell.Has),
            "binutils", "binutils", "binutils", "binutils", "x86_64-elf-binutils"),
        new("musl, the C library for mathematics", ToolUse.Compile, HasMusl, "musl-dev", "musl-libc-static", "musl", "musl-devel-static", "musl-cross"),
        new(
            "GRUB's tools and console font",
            ToolUse.Compile | ToolUse.Iso,
            () => Shell.Has("grub-mkimage") && System.IO.File.Exists("/usr/share/grub/ascii.pf2"),
            "grub-common", "grub2-tools-extra", "grub", "grub2", "i686-elf-grub"),
        new("GRUB's BIOS modules", ToolUse.Iso, () => HasGrub("i386-pc"), "grub-pc-bin", "grub2-pc-modules", "grub", "grub2-i386-pc", "i686-elf-grub"),
        new("xorriso", ToolUse.Iso | ToolUse.Gen3, () => Shell.Has("xorriso"), "xorriso", "xorriso", "libisoburn", "xorriso", "xorriso"),
        new("mtools", ToolUse.Iso, () => Shell.Has("mformat"), "mtools", "mtools", "mtools", "mtools", "mtools"),
        new("GRUB's UEFI modules", ToolUse.UefiIso, () => HasGrub("x86_64-efi"), "grub-efi-amd64-bin", "grub2-efi-x64-modules", "grub", "grub2-x86_64-efi", "x86_64-elf-grub"),
        new("QEMU for x86-64", ToolUse.Run, () => Shell.Has("qemu-system-x86_64"), "qemu-system-x86", "qemu-system-x86-core", "qemu-system-x86", "qemu-x86", "qemu"),
        new("Bochs with its text display and BIOS", ToolUse.RunBochs, HasBochs, "bochs bochs-term bochsbios vgabios", "bochs bochs-bios vgabios", "bochs", "bochs", "bochs"),
        new("clang and lld", ToolUse.Gen3, () => Shell.Has("clang") && Shell.Has("ld.lld"), "clang lld", "clang lld", "clang lld", "clang lld", "llvm lld"),
        new("make and a C compiler", ToolUse.Gen3, () => Shell.Has("make") && Shell.Has("cc"), "make gcc libc6-dev", "make gcc", "make gcc", "make gcc", "make"),
        new("Spin, the model checker", ToolUse.Verify, () => Shell.Has("spin"), "spin", "spin", "spin", "spin", "spin"),
        new("a C compiler", ToolUse.Verify | ToolUse.Peers | ToolUse.OpenMpi | ToolUse.Mpich, () => Shell.Has("gcc"), "gcc", "gcc", "gcc", "gcc", "gcc"),
        new("gnuplot", ToolUse.Plot, () => Shell.Has("gnuplot"), "gnuplot-nox", "gnuplot", "gnuplot", "gnuplot", "gnuplot"),
        new("the C library's headers", ToolUse.Peers | ToolUse.OpenMpi | ToolUse.Mpich, () => System.IO.File.Exists("/usr/include/stdio.h"), "libc6-dev", "glibc-devel", "glibc", "glibc-devel", "gcc"),
        new("Open MPI", ToolUse.Peers | ToolUse.OpenMpi, () => HasMpi("/usr/lib/x86_64-linux-gnu/openmpi/include", "mpicc.openmpi", "orterun"), "openmpi-bin libopenmpi-dev", "openmpi-devel", "openmpi", "openmpi-devel", "open-mpi"),
        new("MPICH", ToolUse.Peers | ToolUse.Mpich, () => HasMpi("/usr/include/x86_64-linux-gnu/mpich", "mpicc.mpich", "mpiexec.hydra"), "mpich libmpich-dev", "mpich-devel", "mpich", "mpich-devel", "mpich"),
        new("a static busybox", ToolUse.Peers, () => Shell.Has("busybox"), "busybox-static", "busybox", "busybox", "busybox-static", "busybox"),
        new("cpio", ToolUse.Peers, () => Shell.Has("cpio"), "cpio", "cpio", "cpio", "cpio", "cpio"),
        new("OVMF, the UEFI firmware for QEMU", ToolUse.RunUefi, HasOvmf, "ovmf", "edk2-ovmf", "edk2-ovmf", "qemu-ovmf-x86_64", "qemu"),
    };

    private static readonly PackageManager[] s_managers =
    {
        new("apt-get", "apt-get install --no-install-recommends", true, tool => tool.Apt),
        new("dnf", "dnf install", true, tool => tool.Dnf),
        new("pacman", "pacman -S --needed", true, tool => tool.Pacman),
        new("zypper", "zypper install --no-recommends", true, tool => tool.Zypper),
        new("brew", "brew install", false, tool => tool.Brew),
    };

    /// <summary>Sees to it that the tools for some uses are there.</summary>
    /// <param name="required">Without these the build stops.</param>
    /// <param name="wished">These are installed where possible; without them the build says so and goes on.</param>
    public static void Provide(ToolUse required, ToolUse wished)
    {
        NativeTool[] missing = s_tools.Where(tool => ((required | wished) & tool.Use) != 0 && !tool.IsThere()).ToArray();
        if (missing.Length == 0)
        {
            Console.WriteLine("All native tools are there.");
            return;
        }

        Console.WriteLine($"Missing: {string.Join("; ", missing.Select(tool => tool.Name))}.");
        PackageManager manager = s_managers.FirstOrDefault(candidate => Shell.Has(candidate.Program));
        string[] elevation = manager?.Program == "apt-get" ? Elevation() : null;
        if (elevation is not null)
        {
            InstallWithApt(missing, elevation);
            missing = missing.Where(tool => !tool.IsThere()).ToArray();
        }

        NativeTool[] blocking = missing.Where(tool => (required & tool.Use) != 0).ToArray();
        if (blocking.Length > 0)
        {
            throw new BuildFailure(BuildFailure.General, $"Native tools are missing. {HowTo(manager, missing)}");
        }

        if (missing.Length > 0)
        {
            Console.WriteLine($"Going on without; what needs it is left out. {HowTo(manager, missing)}");
        }
    }

    private static void InstallWithApt(NativeTool[] missing, string[] elevation)
    {
        string[] packages = missing.SelectMany(tool => tool.Apt.Split(' ')).Distinct().ToArray();
        Console.WriteLine($"Installing with apt: {string.Join(' ', packages)}");

        // Nobody may be there to answer questions, and another apt may hold the lock for a moment.
        string[] apt = elevation
            .Concat(new[] { "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-y", "-q", "-o", "DPkg::Lock::Timeout=120" })
            .ToArray();
        Shell.Run(apt[0], apt[1..].Append("update").ToArray());
        Shell.Run(apt[0], apt[1..].Concat(new[] { "install", "--no-install-recommends" }).Concat(packages).ToArray());
    }

    /// <summary>What to put before a command that needs rights; null when there are none without a password.</summary>
    private static string[] Elevation() =>
        Environment.UserName == "root" ? Array.Empty<string>()
        : Shell.Has("sudo") && Shell.Succeeds("sudo", "-n", "true") ? new[] { "sudo", "-n" }
        : null;

    private static string HowTo(PackageManager manager, NativeTool[] missing)
    {
        if (manager is null)
        {
            return $"Install them with your package manager: {string.Join("; ", missing.Select(tool => tool.Name))}.";
        }

        string packages = string.Join(' ', missing.Select(manager.Package).Distinct());
        return $"This installs them: {(manager.NeedsRoot && Environment.UserName != "root" ? "sudo " : "")}{manager.Install} {packages}";
    }

    private static bool HasGrub(string platform) =>
        new[] { "/usr/lib/grub", "/usr/share/grub2", "/usr/share/grub" }
            .Any(folder => System.IO.Directory.Exists(System.IO.Path.Combine(folder, platform)));

    /// <summary>Debian has Bochs, its displays and its BIOSes apart; elsewhere they come together.</summary>
    private static bool HasBochs() =>
        Shell.Has("bochs")
        && (!System.IO.Directory.Exists("/usr/lib/x86_64-linux-gnu/bochs/plugins")
            || System.IO.Directory.EnumerateFiles("/usr/lib/x86_64-linux-gnu/bochs/plugins", "libbx_term_gui.so*").Any()
            && System.IO.File.Exists("/usr/share/bochs/BIOS-bochs-latest")
            && System.IO.File.Exists("/usr/share/bochs/VGABIOS-lgpl-latest"));

    private static bool HasMusl() => System.IO.File.Exists("/usr/lib/x86_64-linux-musl/libc.a");

    /// <summary>Whether an MPI has what compiles, where Debian puts it, and what runs.</summary>
    private static bool HasMpi(string headers, string compiler, string launcher) =>
        System.IO.File.Exists(System.IO.Path.Combine(headers, "mpi.h")) && Shell.Has(compiler) && Shell.Has(launcher);

    /// <summary>The places that TestRunner looks in (UefiFirmware).</summary>
    private static bool HasOvmf() => new[]
    {
        "/usr/share/OVMF/OVMF_CODE_4M.fd",
        "/usr/share/OVMF/OVMF_CODE.fd",
        "/usr/share/edk2/ovmf/OVMF_CODE.fd",
        "/usr/share/edk2/x64/OVMF_CODE.4m.fd",
        "/usr/share/qemu/ovmf-x86_64-code.bin",
        "/usr/share/ovmf/OVMF.fd",
    }.Any(System.IO.File.Exists);
}
