using System;
using System.Text;
using ToroCosmos.Hardware.Tests;

namespace ToroCosmos.Platform;

/// <summary>The console of the machine that a test plays.</summary>
internal static class MachineConsole
{
    public static void WriteLine(ReadOnlySpan<byte> text) => PlayedMachine.Current.Console.Add(Encoding.ASCII.GetString(text));
}
