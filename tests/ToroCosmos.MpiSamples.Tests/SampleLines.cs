using System.Linq;

namespace ToroCosmos.MpiSamples.Tests;

/// <summary>What the samples print, on any number of ranks.</summary>
internal static class SampleLines
{
    private static readonly int[] s_ringLengths = [1, 100, 131072];

    public static string[] Of(string sample, int ranks) => sample switch
    {
        "hello" => [.. Enumerable.Range(0, ranks).Select(rank => $"Hello from rank {rank} of {ranks}")],
        "ring" => [.. s_ringLengths.Select(length => $"{length} numbers: the last is {RingTotal(length, ranks)}")],
        "pi" => ["pi is about 314159265 / 100000000"],
        "jacobi" =>
        [
            "step 100: residual 242137217 / 1000000000",
            "step 200: residual 120753579 / 1000000000",
            "step 300: residual 79349646 / 1000000000",
            "step 400: residual 57876151 / 1000000000",
        ],
        "is" => ["IS: 50 of 50 ranks are right, 65536 keys are sorted", "IS class S: VERIFICATION SUCCESSFUL"],
        _ => [],
    };

    private static long RingTotal(int length, int ranks) =>
        10L * ((ranks * (ranks - 1) / 2) + ((long)ranks * (length - 1)));
}
