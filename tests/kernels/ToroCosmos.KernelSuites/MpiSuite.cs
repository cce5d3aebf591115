using ToroCosmos.KernelTesting;
using ToroCosmos.Mpi.Engine;
using ToroCosmos.Mpi.Spec;
using ToroCosmos.Smp;

namespace ToroCosmos.KernelSuites;

/// <summary>MPI with a rank on each core: what depends on real cores, their memory and their sleep.</summary>
internal static unsafe class MpiSuite
{
    private const MpiComm World = MpiComm.World;
    private const int Rounds = 50;

    [KernelTest(MinimumCores = 2)]
    internal static void Mpi_messages_of_every_length_go_round_a_ring()
    {
        if (MpiRig.Build())
        {
            Cores.RunOnAll(&GoRound);
        }
    }

    [KernelTest(MinimumCores = 2)]
    internal static void Mpi_reductions_and_broadcasts_agree_on_all_ranks()
    {
        if (MpiRig.Build())
        {
            Cores.RunOnAll(&Agree);
        }
    }

    [KernelTest(MinimumCores = 2)]
    internal static void Mpi_all_to_all_turns_the_matrix_of_blocks()
    {
        if (MpiRig.Build())
        {
            Cores.RunOnAll(&Turn);
        }
    }

    [KernelTest(MinimumCores = 2)]
    internal static void Mpi_any_source_gets_all_messages_in_order()
    {
        if (MpiRig.Build())
        {
            Cores.RunOnAll(&GatherByAnySource);
        }
    }

    [KernelTest(MinimumCores = 2)]
    internal static void Mpi_columns_and_splits_and_errors_work_on_every_core()
    {
        if (MpiRig.Build())
        {
            Cores.RunOnAll(&UseTheRest);
        }
    }

    private static void GoRound(int core)
    {
        MpiProcess mpi = MpiRig.Process(core);
        byte* sent = MpiRig.Memory(core);
        byte* got = sent + (MpiRig.MemoryBytes / 2);
        int previous = (core + Cores.Count - 1) % Cores.Count;
        for (int length = 1; length <= MpiRig.MemoryBytes / 2; length <<= 3)
        {
            for (int i = 0; i < length; i++)
            {
                sent[i] = (byte)((core * 31) + i);
            }

            MpiStatus status;
            if (!MpiRig.Ok(mpi.Sendrecv(
                sent, length, MpiDatatype.Byte, (core + 1) % Cores.Count, 1,
                got, length, MpiDatatype.Byte, MpiConstants.AnySource, 1, World, &status)))
            {
                return;
            }

            Check.Equal(previous, status.Source);
            Check.Equal(length, status.Length);
            int wrong = 0;
            for (int i = 0; i < length; i++)
            {
                wrong += got[i] == (byte)((previous * 31) + i) ? 0 : 1;
            }

            Check.Equal(0, wrong, "wrong bytes");
        }
    }

    private static void Agree(int core)
    {
        MpiProcess mpi = MpiRig.Process(core);
        double* values = (double*)MpiRig.Memory(core);
        double* sums = values + 4096;
        for (int round = 0; round < Rounds; round++)
        {
            int count = round % 10 == 9 ? 3000 : 1 + (round % 5);
            for (int i = 0; i < count; i++)
            {
                values[i] = core + i + round;
            }

            if (!MpiRig.Ok(mpi.Allreduce((byte*)values, (byte*)sums, count, MpiDatatype.Double, MpiOp.Sum, World)))
            {
                return;
            }

            int total = Cores.Count * (Cores.Count - 1) / 2;
            Check.That(sums[count - 1] == total + (Cores.Count * (count - 1 + round)));
            int root = round % Cores.Count;
            sums[0] = core == root ? 7 * round : -1;
            MpiRig.Ok(mpi.Bcast((byte*)sums, count, MpiDatatype.Double, root, World));
            Check.That(sums[0] == 7 * round);
            MpiRig.Ok(mpi.Barrier(World));
        }
    }

    private static void Turn(int core)
    {
        MpiProcess mpi = MpiRig.Process(core);
        int* sent = (int*)MpiRig.Memory(core);
        int* got = sent + (MpiRig.MemoryBytes / 8);
        for (int block = 1; block <= 2048; block <<= 2)
        {
            for (int i = 0; i < block * Cores.Count; i++)
            {
                sent[i] = (core << 20) + i;
            }

            if (!MpiRig.Ok(mpi.Alltoall((byte*)sent, block, MpiDatatype.Int, (byte*)got, block, MpiDatatype.Int, World)))
            {
                return;
            }

            for (int from = 0; from < Cores.Count; from++)
            {
                Check.Equal((from << 20) + (core * block), got[from * block]);
                Check.Equal((from << 20) + (core * block) + block - 1, got[(from * block) + block - 1]);
            }
        }
    }

    private static void GatherByAnySource(int core)
    {
        MpiProcess mpi = MpiRig.Process(core);
        int value;
        if (core > 0)
        {
            for (int i = 0; i < Rounds; i++)
            {
                value = i;
                MpiRig.Ok(mpi.Send((byte*)&value, 1, MpiDatatype.Int, 0, core, World));
            }

            return;
        }

        int* next = (int*)MpiRig.Memory(0);
        for (int i = 0; i < Cores.Count; i++)
        {
            next[i] = 0;
        }

        for (int i = 0; i < Rounds * (Cores.Count - 1); i++)
        {
            MpiStatus status;
            if (!MpiRig.Ok(mpi.Recv(
                (byte*)&value, 1, MpiDatatype.Int, MpiConstants.AnySource, MpiConstants.AnyTag, World, &status)))
            {
                return;
            }

            Check.Equal(status.Source, status.Tag);
            Check.Equal(next[status.Source]++, value);
        }
    }

    private static void UseTheRest(int core)
    {
        MpiProcess mpi = MpiRig.Process(core);
        int* matrix = (int*)MpiRig.Memory(core);
        int* column = matrix + 10_000;
        for (int i = 0; i < 10_000; i++)
        {
            matrix[i] = i;
        }

        MpiDatatype type;
        MpiRequest request;
        MpiRig.Ok(mpi.TypeVector(100, 1, 100, MpiDatatype.Int, &type));
        MpiRig.Ok(mpi.TypeCommit(&type));
        int next = (core + 1) % Cores.Count;
        MpiRig.Ok(mpi.Irecv((byte*)column, 100, MpiDatatype.Int, MpiConstants.AnySource, 2, World, &request));
        MpiRig.Ok(mpi.Send((byte*)(matrix + 3), 1, type, next, 2, World));
        MpiRig.Ok(mpi.Wait(&request, null));
        Check.Equal(9903, column[99]);
        MpiRig.Ok(mpi.TypeFree(&type));

        MpiComm half;
        int sum = 1;
        MpiRig.Ok(mpi.CommSplit(World, core & 1, core, &half));
        MpiRig.Ok(mpi.Allreduce(MpiConstants.InPlace, (byte*)&sum, 1, MpiDatatype.Int, MpiOp.Sum, half));
        Check.Equal((Cores.Count + 1 - (core & 1)) / 2, sum);
        MpiRig.Ok(mpi.CommFree(&half));

        MpiRig.Expect(MpiError.Rank, mpi.Send((byte*)&sum, 1, MpiDatatype.Int, Cores.Count, 0, World));
        MpiRig.Ok(mpi.Irecv((byte*)column, 1, MpiDatatype.Int, MpiConstants.AnySource, 3, World, &request));
        MpiRig.Ok(mpi.Send((byte*)matrix, 2, MpiDatatype.Int, next, 3, World));
        MpiRig.Expect(MpiError.Truncate, mpi.Wait(&request, null));
        MpiRig.Ok(mpi.Barrier(World));
        Check.Equal(0, mpi.Leftovers.Requests);
    }
}
