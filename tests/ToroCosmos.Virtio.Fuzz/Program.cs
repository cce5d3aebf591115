using System;
using System.IO;
using SharpFuzz;
using ToroCosmos.Virtio.Fakes;

namespace ToroCosmos.Virtio.Fuzz;

/// <summary>
/// The driver's queue against hostile devices that a fuzzer thinks of. Without arguments it is what AFL++ runs; with
/// <c>--seeds FOLDER FILE</c> it writes the cases of a corpus, a line of hexadecimal digits each, as the fuzzer's first
/// inputs; other arguments are files with inputs, which are played.
/// </summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        if (arguments is ["--seeds", string folder, string corpus])
        {
            Directory.CreateDirectory(folder);
            int number = 0;
            foreach (byte[] input in HostileCorpus.Read(corpus))
            {
                File.WriteAllBytes(Path.Combine(folder, $"{number++:0000}"), input);
            }

            return 0;
        }

        foreach (string file in arguments)
        {
            HostileRun run = HostileRun.Of(File.ReadAllBytes(file));
            Console.WriteLine($"{file}: {run.Taken} taken, {run.Fault}");
        }

        if (arguments.Length == 0)
        {
            Fuzzer.OutOfProcess.Run(stream =>
            {
                using MemoryStream input = new();
                stream.CopyTo(input);
                HostileRun.Of(input.ToArray());
            });
        }

        return 0;
    }
}
