using System;
using System.Collections.Generic;
using System.IO;

namespace ToroCosmos.Virtio.Fakes;

/// <summary>Inputs for <see cref="HostileRun.Of"/>, kept as text: a line of hexadecimal digits each, or a comment after <c>#</c>.</summary>
public static class HostileCorpus
{
    /// <summary>The inputs in a file.</summary>
    public static IEnumerable<byte[]> Read(string file)
    {
        foreach (string line in File.ReadLines(file))
        {
            if (line.Length > 0 && line[0] != '#')
            {
                yield return Convert.FromHexString(line);
            }
        }
    }
}
