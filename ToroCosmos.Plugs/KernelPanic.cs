using ToroCosmos.Power;
using ToroCosmos.Seam;
using ToroCosmos.Smp;

namespace ToroCosmos.Plugs;

/// <summary>
/// The end of a kernel that cannot go on: stops the other cores, says why and on which core, and ends the machine with a
/// failing exit code.
/// </summary>
internal static unsafe class KernelPanic
{
    private const int ExitCode = 1;

    private static uint s_panicking;

    /// <summary>Panics because of a processor exception; halts when a panic is under way already.</summary>
    /// <param name="reason">The exception's name.</param>
    /// <param name="instruction">Address of the instruction.</param>
    /// <param name="vector">The exception's number.</param>
    public static void Raise(string reason, uint instruction, uint vector)
    {
        Begin();
        Text(reason);
        Text(" (vector ");
        Number(vector);
        Text(") at ");
        Address(instruction);
        MachineConsolePlugs.EndLine();
        MachinePower.Off(ExitCode);
    }

    /// <summary>Panics because an exception has escaped all code of this core.</summary>
    public static void ExceptionEscaped() => Raise("unhandled exception");

    /// <summary>Panics for another reason; halts when a panic is under way already.</summary>
    public static void Raise(string reason)
    {
        Begin();
        Text(reason);
        MachineConsolePlugs.EndLine();
        MachinePower.Off(ExitCode);
    }

    private static void Begin()
    {
        Cpu.DisableInterrupts();
        uint before;
        fixed (uint* panicking = &s_panicking)
        {
            before = Machine.Exchange(panicking, 1);
        }

        while (before != 0)
        {
            // The report of the core that came first is the one to read.
            Cpu.DisableInterruptsAndHalt();
        }

        Cores.StopOthers();
        MachineConsolePlugs.TakeOver();
        Text("PANIC on core ");
        Number((uint)Cpu.CurrentCore());
        Text(": ");
    }

    private static void Text(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            MachineConsolePlugs.Put(text[i] < 0x80 ? (byte)text[i] : (byte)'?');
        }
    }

    private static void Number(uint value)
    {
        if (value >= 10)
        {
            Number(value / 10);
        }

        MachineConsolePlugs.Put((byte)('0' + (value % 10)));
    }

    private static void Address(uint value)
    {
        Text("0x");
        for (int shift = 28; shift >= 0; shift -= 4)
        {
            uint digit = (value >> shift) & 15;
            MachineConsolePlugs.Put((byte)(digit < 10 ? '0' + digit : 'a' + digit - 10));
        }
    }
}
