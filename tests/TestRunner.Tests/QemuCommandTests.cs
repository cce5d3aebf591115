using System;
using System.Collections.Generic;
using System.Linq;
using TestRunner.Machines;
using Xunit;

namespace TestRunner.Tests;

public class QemuCommandTests
{
    private static readonly MachineSpec s_kernel = new() { Image = new BootImage("/k.elf", BootImageKind.Kernel) };

    private static readonly MachineSpec s_iso = new() { Image = new BootImage("/k.iso", BootImageKind.Iso) };

    private static string Line(MachineSpec machine, Accelerator accelerator = Accelerator.TcgMulti, UefiFiles? uefi = null) =>
        $" {string.Join(' ', QemuCommand.Arguments(machine, accelerator, uefi, "/tmp/qmp"))} ";

    [Theory]
    [InlineData("-serial stdio")]
    [InlineData("-display none")]
    [InlineData("-monitor none")]
    [InlineData("-no-reboot")]
    [InlineData("-device isa-debug-exit,iobase=0xf4,iosize=4")]
    [InlineData("-machine pc")]
    [InlineData("-smp 3")]
    [InlineData("-m 128")]
    [InlineData("-accel tcg,thread=multi")]
    [InlineData("-kernel /k.elf")]
    [InlineData("-qmp unix:/tmp/qmp")]
    public void A_machine_by_default_has(string arguments) =>
        Assert.Contains($" {arguments} ", Line(s_kernel), StringComparison.Ordinal);

    [Fact]
    public void Devices_and_machines_are_handed_over()
    {
        string line = Line(s_kernel with { Type = MachineType.Microvm, Devices = ["virtio-rng-device", "a,b=c"] });

        Assert.Contains(" -device virtio-rng-device -device a,b=c ", line, StringComparison.Ordinal);
        Assert.Contains(" -machine microvm,acpi=on,", line, StringComparison.Ordinal);
    }

    [Fact]
    public void What_devices_are_connected_to_stands_before_them()
    {
        string line = Line(s_kernel with
        {
            Devices = ["virtio-blk-pci,drive=disk"],
            Backends =
            [
                new(DeviceBackendKind.Drive, "if=none,id=disk,file=a,,b.img"),
                new(DeviceBackendKind.Network, "user,id=net"),
                new(DeviceBackendKind.Character, "null,id=port"),
                new(DeviceBackendKind.Named, "rng-random,id=rng"),
                new(DeviceBackendKind.Global, "virtio-mmio.force-legacy=false"),
                new(DeviceBackendKind.Monitor, "chardev=port,mode=control"),
            ],
        });

        Assert.Contains(
            " -drive if=none,id=disk,file=a,,b.img -netdev user,id=net -chardev null,id=port -object rng-random,id=rng"
            + " -global virtio-mmio.force-legacy=false -mon chardev=port,mode=control -device virtio-blk-pci,drive=disk ",
            line,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("if=none,id=disk,format=raw,file=/a b/c.img")]
    [InlineData("user,id=net,hostfwd=tcp::5555-:80")]
    [InlineData("virtio-mmio.force-legacy=false")]
    public void What_a_device_is_connected_to_is_a_list_of_properties(string text) =>
        Assert.Equal(text, DeviceBackend.Parse(DeviceBackendKind.Drive, text).Text);

    [Theory]
    [InlineData("")]
    [InlineData("help")]
    [InlineData("user,help")]
    [InlineData("-snapshot")]
    [InlineData("=disk")]
    [InlineData("id= disk")]
    [InlineData("id=disk,file=a\nb")]
    public void What_a_device_cannot_be_connected_to_is_refused(string text) =>
        Assert.Throws<FormatException>(() => DeviceBackend.Parse(DeviceBackendKind.Drive, text));

    [Theory]
    [InlineData(DeviceBackendKind.Drive, "--drive is QEMU's: Bochs has no such choice.")]
    [InlineData(DeviceBackendKind.Network, "--netdev is QEMU's: Bochs has no such choice.")]
    public void What_devices_are_connected_to_is_for_qemu(DeviceBackendKind kind, string refusal) =>
        Assert.Equal(refusal, (s_iso with { Hypervisor = HypervisorKind.Bochs, Backends = [new(kind, "id=a")] }).FindContradiction());

    [Theory]
    [InlineData(MachineType.Pc, " -machine pc,acpi=off ")]
    [InlineData(MachineType.Microvm, " -machine microvm,acpi=off,")]
    public void A_machine_may_have_no_acpi(MachineType type, string argument) =>
        Assert.Contains(argument, Line(s_kernel with { Type = type, Acpi = AcpiChoice.Off }), StringComparison.Ordinal);

    [Fact]
    public void Only_a_machine_that_is_debugged_waits_for_gdb_and_only_on_this_computer()
    {
        Assert.DoesNotContain("-gdb", Line(s_kernel), StringComparison.Ordinal);
        Assert.Contains(" -gdb tcp:127.0.0.1:1235 ", Line(s_kernel with { GdbPort = 1235 }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HypervisorKind.Bochs, "--gdb is QEMU's: Bochs has no such choice.")]
    [InlineData(HypervisorKind.Vmware, "--gdb is QEMU's: VMware has no such choice.")]
    public void Gdb_is_for_qemu(HypervisorKind hypervisor, string refusal) =>
        Assert.Equal(refusal, (s_iso with { Hypervisor = hypervisor, GdbPort = 1234 }).FindContradiction());

    [Fact]
    public void Linux_gets_its_RAM_disk() =>
        Assert.Contains(" -initrd /i.img ", Line(s_kernel with { InitialRamDisk = "/i.img" }), StringComparison.Ordinal);

    [Fact]
    public void An_ISO_takes_no_RAM_disk() =>
        Assert.Contains("RAM disk", (s_iso with { InitialRamDisk = "/i.img" }).FindContradiction(), StringComparison.Ordinal);

    [Theory]
    [InlineData("virtio-rng-pci")]
    [InlineData("virtio-rng-pci,max-bytes=1024,period=1000")]
    [InlineData("isa-debugcon,iobase=0x402,chardev=a b")]
    public void A_device_is_a_name_and_properties(string text) => Assert.Equal(text, QemuName.ParseDevice(text));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("-kernel")]
    [InlineData("help")]
    [InlineData("virtio-rng-pci,help")]
    [InlineData("a,=b")]
    [InlineData("a,,b=c")]
    [InlineData("a b")]
    [InlineData("a\n")]
    [InlineData("a,b=c\nd")]
    public void What_can_only_be_a_slip_is_no_device(string text) =>
        Assert.Throws<FormatException>(() => QemuName.ParseDevice(text));

    [Theory]
    [InlineData("max", true)]
    [InlineData("qemu64,+x2apic,-sse2,enforce,family=6", true)]
    [InlineData("?", false)]
    [InlineData("help", false)]
    [InlineData("", false)]
    [InlineData("max -s", false)]
    public void A_processor_is_a_name_and_features(string text, bool good)
    {
        if (good)
        {
            Assert.Equal(text, QemuName.ParseCpu(text));
        }
        else
        {
            Assert.Throws<FormatException>(() => QemuName.ParseCpu(text));
        }
    }

    [Fact]
    public void Nothing_is_said_of_the_processor_unless_it_is_named()
    {
        Assert.DoesNotContain(" -cpu ", Line(s_kernel), StringComparison.Ordinal);
        Assert.Contains(" -cpu max ", Line(s_kernel with { Cpu = "max" }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_topology_goes_with_the_number_of_cores() => Assert.Contains(
        " -smp 6,sockets=2,cores=3,threads=1 ",
        Line(s_kernel with { Cores = 6, Topology = new Topology(2, 3, 1) }),
        StringComparison.Ordinal);

    [Theory]
    [InlineData(Accelerator.TcgSingle, "tcg,thread=single")]
    [InlineData(Accelerator.TcgCounted, "tcg,thread=single")]
    [InlineData(Accelerator.TcgMulti, "tcg,thread=multi")]
    [InlineData(Accelerator.Kvm, "kvm")]
    public void Each_accelerator_has_its_argument(Accelerator accelerator, string argument) =>
        Assert.Contains($" -accel {argument} ", Line(s_kernel, accelerator), StringComparison.Ordinal);

    [Fact]
    public void Only_a_counted_machine_has_clocks_that_instructions_drive()
    {
        const string Clocks = " -icount shift=10,sleep=off -rtc base=2000-01-01T00:00:00,clock=vm ";
        Assert.Contains(Clocks, Line(s_kernel, Accelerator.TcgCounted), StringComparison.Ordinal);
        Assert.DoesNotContain("-icount", Line(s_kernel, Accelerator.TcgSingle), StringComparison.Ordinal);
    }

    [Fact]
    public void An_iso_is_a_cd() => Assert.Contains(" -cdrom /k.iso -boot d ", Line(s_iso), StringComparison.Ordinal);

    [Fact]
    public void The_command_line_is_one_argument_as_it_is()
    {
        IReadOnlyList<string> arguments = QemuCommand.Arguments(
            s_kernel with { Append = "rounds=1000 a,b" }, Accelerator.TcgMulti, null, "/tmp/qmp");

        Assert.Equal("rounds=1000 a,b", arguments[arguments.ToList().IndexOf("-append") + 1]);
    }

    [Fact]
    public void Uefi_has_its_code_read_only_and_its_variables_writable()
    {
        string line = Line(s_iso, uefi: new UefiFiles("/code", "/my,vars"));

        Assert.Contains("unit=0,format=raw,readonly=on,file=/code ", line, StringComparison.Ordinal);
        Assert.Contains("unit=1,format=raw,file=/my,,vars ", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Uefi_in_one_file_is_a_bios_image() =>
        Assert.Contains(" -bios /all ", Line(s_iso, uefi: new UefiFiles("/all", null)), StringComparison.Ordinal);

    [Fact]
    public void Machines_that_cannot_be_are_refused()
    {
        Assert.Null(s_kernel.FindContradiction());
        Assert.NotNull((s_kernel with { Firmware = FirmwareKind.Uefi }).FindContradiction());
        Assert.NotNull((s_iso with { Append = "x" }).FindContradiction());
        Assert.NotNull((s_iso with { Type = MachineType.Microvm }).FindContradiction());
        Assert.Contains("always has ACPI", (s_kernel with { Type = MachineType.Q35, Acpi = AcpiChoice.Off }).FindContradiction(), StringComparison.Ordinal);
        Assert.NotNull((s_kernel with { Cores = 5, Topology = new Topology(2, 3, 1) }).FindContradiction());
    }
}
