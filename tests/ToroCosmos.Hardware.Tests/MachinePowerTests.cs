using System;
using System.Text;
using ToroCosmos.Platform;
using ToroCosmos.Power;
using Xunit;

namespace ToroCosmos.Hardware.Tests;

/// <summary>How a machine ends whose serial port sends as slowly as a real one.</summary>
public class MachinePowerTests
{
    private const string Text = "the last line\r\n";

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void All_characters_have_left_the_serial_port_when_the_machine_ends(int exitCode)
    {
        PlayedUart serial = new();

        MachineEndedException end = PrintAndEnd(new PlayedMachine { Serial = serial }, exitCode);

        Assert.Equal(Text, serial.Sent);
        Assert.Equal(exitCode == 0 ? null : 17u, end.DebugExit);
    }

    [Fact]
    public void A_machine_that_fails_without_a_debug_exit_is_turned_off_by_acpi() =>
        Assert.Null(PrintAndEnd(new PlayedMachine { HasDebugExit = false }, 1).DebugExit);

    [Fact]
    public void A_serial_port_that_stops_sending_is_waited_for_once_and_not_for_ever()
    {
        PlayedUart serial = new();
        PlayedMachine.Current = new PlayedMachine { Serial = serial };
        MachineSerialPort.Initialize();
        MachineSerialPort.Write((byte)'a');
        serial.Hangs = true;

        Assert.Throws<MachineEndedException>(() => MachinePower.Off(0));
        int reads = serial.StatusReads;
        Assert.InRange(reads, 10_000, 2_000_000);

        MachineSerialPort.Write((byte)'b');
        Assert.Throws<MachineEndedException>(() => MachinePower.Off(0));
        Assert.Equal(reads, serial.StatusReads);
    }

    [Fact]
    public void A_machine_without_a_serial_port_ends_at_once()
    {
        PlayedUart serial = new() { IsThere = false };

        PrintAndEnd(new PlayedMachine { Serial = serial }, 0);

        Assert.Equal(0, serial.StatusReads);
    }

    [Fact]
    public void A_machine_that_nothing_turns_off_says_so_once_before_it_halts()
    {
        PlayedMachine.Current = new PlayedMachine { HasAcpi = false, HasDebugExit = false };

        Assert.Throws<InvalidOperationException>(() => MachinePower.Off(1));
        Assert.Throws<InvalidOperationException>(() => MachinePower.Off(1));

        Assert.Equal(
            ["ToroCosmos: the kernel has failed; this machine cannot be turned off, it halts"], PlayedMachine.Current.Console);
    }

    private static MachineEndedException PrintAndEnd(PlayedMachine machine, int exitCode)
    {
        PlayedMachine.Current = machine;
        MachineSerialPort.Initialize();
        foreach (byte character in Encoding.ASCII.GetBytes(Text))
        {
            MachineSerialPort.Write(character);
        }

        return Assert.Throws<MachineEndedException>(() => MachinePower.Off(exitCode));
    }
}
