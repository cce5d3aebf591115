using System.Linq;
using TestRunner.Bochs;
using TestRunner.Runs;
using Xunit;

namespace TestRunner.Tests.Bochs;

/// <summary>How a machine ended, from excerpts of logs that Bochs 2.7 wrote.</summary>
public class BochsLogTests
{
    private const string PowerOff = """
        00000000000i[SYS   ] bx_pc_system_c::Reset(HARDWARE) called
        00391812180i[CPU0  ] Enter to System Management Mode
        00391812300p[ACPI  ] >>PANIC<< ACPI control: soft power off
        00391812300i[CPU0  ] CPU is in long mode (active)
        00391812300i[CPU0  ] | RIP=00000000001014a6 (00000000001014a4)
        00391812300i[CPU0  ] | CR0=0x80010033 CR2=0x0000000000000000
        00391812300i[SIM   ] quit_sim called with exit code 1
        """;

    private const string TripleFault = """
        00000000000i[SYS   ] bx_pc_system_c::Reset(HARDWARE) called
        00304214765p[CPU1  ] >>PANIC<< exception(): 3rd (14) exception with no resolution
        00304214765i[CPU0  ] CPU is in protected mode (halted)
        00304214765i[CPU0  ] CS.mode = 16 bit
        00304214765i[CPU0  ] |  CS:07c0( 0004| 0|  0) 00007c00 0000ffff 0 0
        00304214765i[CPU0  ] |  DS:0008( 0001| 0|  0) 00000000 ffffffff 1 1
        00304214765i[CPU0  ] | EIP=0000005a (0000005a)
        00304214765i[CPU0  ] | CR0=0x60000011 CR2=0x00000000
        00304214765i[CPU0  ] | CR3=0x00000000 CR4=0x00000000
        00304214765i[CPU1  ] CPU is in long mode (active)
        00304214765i[CPU1  ] |  CS:0018( 0003| 0|  0) 00000000 ffffffff 1 0
        00304214765i[CPU1  ] | RIP=ffffffff8009e083 (ffffffff8009e081)
        00304214765i[CPU1  ] | CR0=0x80010033 CR2=0x0000000000000080
        00304214765i[CPU1  ] | CR3=0x000000000022f000 CR4=0x00040620
        """;

    private const string MissingDisplay = """
        00000000000p[PLUGIN] >>PANIC<< dlopen failed for module 'term' (libbx_term_gui.so): file not found
        00000000000e[SIM   ] notify called, but no bxevent_callback function is registered
        """;

    private static BochsLog Read(string text)
    {
        var log = new BochsLog();
        foreach (string line in text.Split('\n'))
        {
            log.Read(line.TrimEnd('\r'));
        }

        return log;
    }

    [Fact]
    public void A_power_off_is_a_good_end_although_bochs_calls_it_a_panic() =>
        Assert.Equal(new MachineEnd(0, ShutdownCause.PowerOff, ""), Read(PowerOff).End(1, "Bochs is exiting"));

    [Fact]
    public void A_triple_fault_names_the_processor_its_instruction_and_the_address() => Assert.Equal(
        new MachineEnd(1, ShutdownCause.Reset, "")
        {
            Fault = new MachineFault(Processor: 1, Vector: 14, CodeSelector: 0x18, InstructionPointer: 0xffffffff8009e081, PageFaultAddress: 0x80),
        },
        Read(TripleFault).End(1, ""));

    [Fact]
    public void A_triple_fault_before_its_registers_are_written_is_a_reset() => Assert.Equal(
        new MachineEnd(1, ShutdownCause.Reset, ""),
        Read(string.Join('\n', TripleFault.Split('\n').Take(2))).End(137, ""));

    [Fact]
    public void Ten_and_more_processors_have_hexadecimal_names()
    {
        string log = TripleFault.Replace("[CPU1  ]", "[CPUB  ]", System.StringComparison.Ordinal);

        Assert.Equal(11, Read(log).End(1, "").Fault!.Processor);
    }

    [Fact]
    public void Where_the_processors_were_is_known_after_the_end() => Assert.Equal(
        [new CoreState(0, 0x5a, Halted: true), new CoreState(1, 0xffffffff8009e081, Halted: false)],
        Read(TripleFault).Cores);

    [Theory]
    [InlineData("00000011", 35)]
    [InlineData("00000017", 47)]
    [InlineData("00000010", 33)]
    public void The_exit_code_has_the_status_that_qemu_would_make_of_it(string value, int status)
    {
        string log = $"00391812100d[UNMAP ] unmapped: 32-bit write to 00f4 = {value}\n{PowerOff}";

        Assert.Equal(status, Read(log).End(1, "").Status);
    }

    [Theory]
    [InlineData("00391812100d[UNMAP ] unmapped: 8-bit write to 00f4 = 11")]
    [InlineData("00391812100d[UNMAP ] unmapped: 32-bit write to 00f5 = 00000011")]
    [InlineData("00391812100d[UNMAP ] unmapped: 32-bit read from 00f4 = 00000011")]
    public void Another_access_is_no_exit_code(string line) =>
        Assert.Equal(0, Read($"{line}\n{PowerOff}").End(1, "").Status);

    [Theory]
    [InlineData("HARDWARE")]
    [InlineData("SOFTWARE")]
    public void A_second_reset_is_the_end_and_the_first_is_the_start(string kind)
    {
        const string Start = "00000000000i[SYS   ] bx_pc_system_c::Reset(HARDWARE) called\n00000000000i[CPU0  ] cpu hardware reset\n";

        Assert.False(Read(Start).WasReset);
        Assert.Equal(
            ShutdownCause.Reset,
            Read($"{Start}00400000000i[SYS   ] bx_pc_system_c::Reset({kind}) called").End(137, "").Cause);
    }

    [Fact]
    public void A_failure_of_bochs_is_told_in_its_words() => Assert.Equal(
        new MachineEnd(1, ShutdownCause.Unknown, "dlopen failed for module 'term' (libbx_term_gui.so): file not found"),
        Read(MissingDisplay).End(1, "and more"));

    [Fact]
    public void A_processor_that_gives_up_otherwise_is_named() => Assert.Equal(
        "processor 2: fetch_decode: unable to decode",
        Read("00000000012p[CPU2  ] >>PANIC<< fetch_decode: unable to decode").End(1, "").Errors);

    [Fact]
    public void A_signal_does_not_pass_for_a_code_of_the_kernel()
    {
        // 139 is odd and within the range of kernel codes.
        MachineEnd end = Read("").End(139, "");

        Assert.Equal((1, "signal 11 ended Bochs"), (end.Status, end.Errors));
    }

    [Fact]
    public void What_a_kernel_prints_is_no_line_of_the_log() =>
        Assert.Equal(ShutdownCause.Unknown, Read(">>PANIC<< ACPI control: soft power off").End(1, "").Cause);
}
