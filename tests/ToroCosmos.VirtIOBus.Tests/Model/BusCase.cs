using System;
using System.Collections.Generic;
using System.Linq;

namespace ToroCosmos.VirtIOBus.Tests.Model;

/// <summary>A bus and what is done with it.</summary>
internal sealed record BusCase(int Cores, int QueueSize, int BufferSize, BusChecks Checks, BusCommand[] Commands)
{
    /// <summary>Cases that are a little simpler: first without many commands, then without few, then with shorter lengths.</summary>
    public IEnumerable<BusCase> Simpler()
    {
        for (int cut = Commands.Length / 2; cut > 0; cut /= 2)
        {
            for (int at = 0; at < Commands.Length; at += cut)
            {
                yield return this with { Commands = [.. Commands[..at], .. Commands[Math.Min(at + cut, Commands.Length)..]] };
            }
        }

        for (int i = 0; i < Commands.Length; i++)
        {
            foreach (int length in (int[])[0, Commands[i].Length / 2])
            {
                if (length < Commands[i].Length)
                {
                    BusCommand[] commands = [.. Commands];
                    commands[i] = commands[i] with { Length = length };
                    yield return this with { Commands = commands };
                }
            }
        }
    }

    public override string ToString() =>
        $"{Cores} cores, queues of {QueueSize}, buffers of {BufferSize}, {Checks}:\n"
        + string.Join('\n', Commands.Select(command => $"  {command}"));
}
