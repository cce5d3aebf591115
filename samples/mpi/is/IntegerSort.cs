using System;
using ToroCosmos.Mpi;

namespace ToroCosmos.Samples;

/// <summary>
/// NPB's IS, class S: 2^16 keys below 2^11 are ranked ten times, and the ranks of five of them compared with what is known
/// (RNR-94-007, 2.7).
/// </summary>
internal static class IntegerSort
{
    private const int Keys = 1 << 16;
    private const int MaximumKey = 1 << 11;
    private const int Iterations = 10;
    private const double Seed = 314159265;
    private const double A = 1220703125;

    public static void Run(Communicator world)
    {
        // Each rank makes and holds a part of the keys.
        int first = (int)((long)Keys * world.Rank / world.Size);
        int own = (int)((long)Keys * (world.Rank + 1) / world.Size) - first;
        int[] keys = new int[own];
        NpbRandom random = NpbRandom.At(Seed, A, 4L * first);
        for (int i = 0; i < own; i++)
        {
            double sum = random.Next() + random.Next() + random.Next() + random.Next();
            keys[i] = (int)(sum * (MaximumKey / 4));
        }

        ReadOnlySpan<int> testPlaces = [48427, 17148, 23627, 62548, 4431];
        ReadOnlySpan<int> testRanks = [0, 18, 346, 64917, 65463];
        int[] counts = new int[MaximumKey];
        int[] all = new int[MaximumKey];
        int right = 0;
        for (int iteration = 1; iteration <= Iterations; iteration++)
        {
            Set(keys, first, iteration, iteration);
            Set(keys, first, iteration + Iterations, MaximumKey - iteration);
            Array.Clear(counts);
            foreach (int key in keys)
            {
                counts[key]++;
            }

            world.Allreduce<int>(counts, Operation.Add, all);
            for (int test = 0; test < testPlaces.Length; test++)
            {
                // The rank of a key is how many are smaller.
                int place = testPlaces[test];
                int key = place >= first && place < first + own ? keys[place - first] : 0;
                key = world.Allreduce(key, Operation.Add);
                int rank = 0;
                for (int smaller = 0; smaller < key; smaller++)
                {
                    rank += all[smaller];
                }

                right += rank == testRanks[test] + (test < 3 ? iteration : -iteration) ? 1 : 0;
            }
        }

        Verify(world, keys, right);
    }

    private static void Set(int[] keys, int first, int place, int key)
    {
        if (place >= first && place < first + keys.Length)
        {
            keys[place - first] = key;
        }
    }

    /// <summary>Sorts: each rank gets the keys of a range, from all; then all are in order.</summary>
    private static void Verify(Communicator world, int[] keys, int right)
    {
        int[] sendCounts = new int[world.Size];
        int[] receiveCounts = new int[world.Size];
        Array.Sort(keys);
        foreach (int key in keys)
        {
            sendCounts[(int)((long)key * world.Size / MaximumKey)]++;
        }

        world.Alltoall<int>(sendCounts, receiveCounts);
        int received = 0;
        foreach (int count in receiveCounts)
        {
            received += count;
        }

        int[] sorted = new int[received];
        world.AlltoallFlattened<int>(keys, sendCounts, receiveCounts, sorted);
        Array.Sort(sorted);
        int total = world.Allreduce(received, Operation.Add);
        int largest = received > 0 ? sorted[^1] : -1;
        int before = world.ExclusiveScan(largest, Operation.Max);
        bool isSorted = world.Rank == 0 || received == 0 || before <= sorted[0];
        bool isRight = world.Allreduce(isSorted ? 1 : 0, Operation.Min) == 1 && total == Keys;
        if (world.Rank == 0)
        {
            MpiProgram.WriteLine($"IS: {right} of 50 ranks are right, {total} keys are {(isRight ? "sorted" : "not sorted")}");
            MpiProgram.WriteLine(right == 50 && isRight ? "IS class S: VERIFICATION SUCCESSFUL" : "IS class S: VERIFICATION FAILED");
        }
    }
}
