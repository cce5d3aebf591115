using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using TestRunner.Runs;

namespace TestRunner.Bochs;

/// <summary>
/// Finds out from Bochs' log how a machine ended. A line has the number of the instruction, the level, the part of Bochs
/// and the text: <c>00391812300p[ACPI  ] >>PANIC&lt;&lt; ACPI control: soft power off</c>.
/// </summary>
public sealed partial class BochsLog
{
    private readonly List<ProcessorDump> _processors = [];
    private int _resets;
    private (int Processor, int Vector)? _tripleFault;
    private uint? _debugExit;

    /// <summary>Whether the kernel powered the machine off.</summary>
    public bool PoweredOff { get; private set; }

    /// <summary>
    /// Whether the machine is at its end: nothing but the registers is still to come, and they do not take long. The
    /// kernel that has written its exit code counts: QEMU would have ended with it.
    /// </summary>
    public bool IsEnding => _debugExit is not null || PoweredOff || _tripleFault is not null || Failure is not null;

    /// <summary>Whether the machine was reset after its start; it boots again then.</summary>
    public bool WasReset => _resets > 1;

    /// <summary>Why Bochs itself gave up, in its words; null when it did not.</summary>
    public string? Failure { get; private set; }

    /// <summary>The processor that could not deliver an exception; null when none was told of.</summary>
    public MachineFault? Fault => _tripleFault is { } fault && _processors.LastOrDefault(dump => dump.Number == fault.Processor) is { } dump
        ? new MachineFault(fault.Processor, fault.Vector, dump.CodeSelector, dump.InstructionPointer, dump.PageFaultAddress)
        : null;

    /// <summary>Where the processors were at the end; empty when Bochs was not asked.</summary>
    public IReadOnlyList<CoreState> Cores => [.. _processors.Select(dump => dump.State)];

    /// <summary>The end that the log tells of.</summary>
    /// <param name="status">The exit status of Bochs, which is 1 for a power-off too.</param>
    /// <param name="errors">What Bochs wrote to its standard error.</param>
    public MachineEnd End(int status, string errors)
    {
        if (_debugExit is { } value)
        {
            // What QEMU would make of the value, so that a code is judged alike.
            return new MachineEnd(((int)(value & 0x7F) << 1) | 1, ShutdownCause.Unknown, "");
        }

        if (PoweredOff)
        {
            return new MachineEnd(0, ShutdownCause.PowerOff, "");
        }

        if (_tripleFault is not null || WasReset)
        {
            return new MachineEnd(1, ShutdownCause.Reset, "") { Fault = Fault };
        }

        // 128 and more is a signal's: such a status must not pass for a code of the kernel.
        const int SignalBase = 128;
        string words = Failure ?? (status > SignalBase ? $"signal {status - SignalBase} ended Bochs" : errors);
        return new MachineEnd(1, ShutdownCause.Unknown, words);
    }

    /// <summary>Reads the next line.</summary>
    public void Read(string line)
    {
        Match match = Line().Match(line);
        if (!match.Success)
        {
            return;
        }

        string part = match.Groups["part"].Value.Trim();
        string text = match.Groups["text"].Value;
        if (part.StartsWith("CPU", StringComparison.Ordinal)
            && int.TryParse(part.AsSpan(3), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int processor))
        {
            ReadProcessor(processor, text);
        }
        else if (part == "SYS" && text.StartsWith("bx_pc_system_c::Reset(", StringComparison.Ordinal))
        {
            _resets++;
        }
        else if (DebugExit().Match(text) is { Success: true } exit)
        {
            _debugExit ??= uint.Parse(exit.Groups["value"].ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        }
        else if (Panic(text) is { } panic)
        {
            ReadPanic(part, panic);
        }
    }

    private void ReadPanic(string part, string panic)
    {
        if (part == "ACPI" && panic == "ACPI control: soft power off")
        {
            PoweredOff = true;
        }
        else
        {
            Failure ??= panic;
        }
    }

    private void ReadProcessor(int number, string text)
    {
        if (Panic(text) is { } panic)
        {
            if (TripleFault().Match(panic) is { Success: true } fault)
            {
                _tripleFault ??= (number, int.Parse(fault.Groups["vector"].ValueSpan, CultureInfo.InvariantCulture));
            }
            else
            {
                Failure ??= $"processor {number}: {panic}";
            }
        }
        else if (Mode().Match(text) is { Success: true } mode)
        {
            // Bochs may write its registers more than once; the last ones count.
            _processors.RemoveAll(dump => dump.Number == number);
            _processors.Add(new ProcessorDump(number, mode.Groups["activity"].ValueSpan is not "active"));
        }
        else if (_processors.LastOrDefault() is { } dump && dump.Number == number)
        {
            ReadRegisters(dump, text);
        }
    }

    private static void ReadRegisters(ProcessorDump dump, string text)
    {
        if (CodeSegment().Match(text) is { Success: true } segment)
        {
            dump.CodeSelector = (ushort)Hex(segment.Groups["selector"]);
        }
        else if (Pointer().Match(text) is { Success: true } pointer)
        {
            // The second one is the instruction itself, also where the processor has gone on to the next.
            dump.InstructionPointer = Hex(pointer.Groups["last"]);
        }
        else if (Cr2().Match(text) is { Success: true } address)
        {
            dump.PageFaultAddress = Hex(address.Groups["address"]);
        }
    }

    private static string? Panic(string text)
    {
        const string Mark = ">>PANIC<< ";
        return text.StartsWith(Mark, StringComparison.Ordinal) ? text[Mark.Length..] : null;
    }

    private static ulong Hex(Group group) => ulong.Parse(group.ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\d{11,}[a-z]\[(?<part>[^\]]{6})\] (?<text>.*)$")]
    private static partial Regex Line();

    [GeneratedRegex(@"^unmapped: 32-bit write to 00f4 = (?<value>[0-9a-f]{1,8})$")]
    private static partial Regex DebugExit();

    [GeneratedRegex(@"^exception\(\): 3rd \((?<vector>\d{1,3})\) exception with no resolution")]
    private static partial Regex TripleFault();

    [GeneratedRegex(@"^CPU is in .+ \((?<activity>[^)]+)\)$")]
    private static partial Regex Mode();

    [GeneratedRegex(@"^\|\s+CS:(?<selector>[0-9a-f]{4})\(")]
    private static partial Regex CodeSegment();

    [GeneratedRegex(@"^\| [RE]IP=[0-9a-f]{1,16} \((?<last>[0-9a-f]{1,16})\)$")]
    private static partial Regex Pointer();

    [GeneratedRegex(@"^\| CR0=0x[0-9a-f]+ CR2=0x(?<address>[0-9a-f]{1,16})$")]
    private static partial Regex Cr2();
}
