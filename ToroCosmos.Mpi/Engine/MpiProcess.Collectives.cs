using ToroCosmos.Mpi.Communicators;
using ToroCosmos.Mpi.Datatypes;
using ToroCosmos.Mpi.Schedules;
using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Engine;

/// <content>Collective operations that move data (MPI 4.1, 6.3 to 6.8, 6.12). Those with a request do not wait.</content>
public sealed unsafe partial class MpiProcess
{
    /// <summary>
    /// Up to so many ranks the root of a long broadcast sends to each: they copy at once, all from the same memory, where a
    /// tree would make some wait for others.
    /// </summary>
    private const int FlatRanks = 16;

    /// <summary>Bruck's all-to-all takes a logarithm of rounds and copies more: for short blocks among many.</summary>
    private const int BruckBlockBytes = 256;

    private const int BruckRanks = 8;

    /// <summary>MPI_Barrier.</summary>
    public MpiError Barrier(MpiComm comm) => Barrier(comm, null);

    /// <summary>MPI_Ibarrier.</summary>
    public MpiError Ibarrier(MpiComm comm, MpiRequest* request) => Barrier(comm, request);

    /// <summary>MPI_Bcast.</summary>
    public MpiError Bcast(byte* buffer, int count, MpiDatatype type, int root, MpiComm comm) =>
        Bcast(buffer, count, type, root, comm, null);

    /// <summary>MPI_Ibcast.</summary>
    public MpiError Ibcast(byte* buffer, int count, MpiDatatype type, int root, MpiComm comm, MpiRequest* request) =>
        Bcast(buffer, count, type, root, comm, request);

    /// <summary>MPI_Gather.</summary>
    public MpiError Gather(
        byte* send, int sendCount, MpiDatatype sendType, byte* recv, int recvCount, MpiDatatype recvType, int root, MpiComm comm) =>
        Gather(send, sendCount, sendType, recv, recvCount, null, null, recvType, root, comm, null);

    /// <summary>MPI_Igather.</summary>
    public MpiError Igather(
        byte* send, int sendCount, MpiDatatype sendType, byte* recv, int recvCount, MpiDatatype recvType, int root, MpiComm comm,
        MpiRequest* request) =>
        Gather(send, sendCount, sendType, recv, recvCount, null, null, recvType, root, comm, request);

    /// <summary>MPI_Gatherv.</summary>
    public MpiError Gatherv(
        byte* send, int sendCount, MpiDatatype sendType, byte* recv, int* recvCounts, int* displacements, MpiDatatype recvType,
        int root, MpiComm comm) =>
        Gather(send, sendCount, sendType, recv, 0, recvCounts, displacements, recvType, root, comm, null);

    /// <summary>MPI_Igatherv.</summary>
    public MpiError Igatherv(
        byte* send, int sendCount, MpiDatatype sendType, byte* recv, int* recvCounts, int* displacements, MpiDatatype recvType,
        int root, MpiComm comm, MpiRequest* request) =>
        Gather(send, sendCount, sendType, recv, 0, recvCounts, displacements, recvType, root, comm, request);

    /// <summary>MPI_Scatter.</summary>
    public MpiError Scatter(
        byte* send, int sendCount, MpiDatatype sendType, byte* recv, int recvCount, MpiDatatype recvType, int root, MpiComm comm) =>
        Scatter(send, sendCount, null, null, sendType, recv, recvCount, recvType, root, comm, null);

    /// <summary>MPI_Iscatter.</summary>
    public MpiError Iscatter(
        byte* send, int sendCount, MpiDatatype sendType, byte* recv, int recvCount, MpiDatatype recvType, int root, MpiComm comm,
        MpiRequest* request) =>
        Scatter(send, sendCount, null, null, sendType, recv, recvCount, recvType, root, comm, request);

    /// <summary>MPI_Scatterv.</summary>
    public MpiError Scatterv(
        byte* send, int* sendCounts, int* displacements, MpiDatatype sendType, byte* recv, int recvCount, MpiDatatype recvType,
        int root, MpiComm comm) =>
        Scatter(send, 0, sendCounts, displacements, sendType, recv, recvCount, recvType, root, comm, null);

    /// <summary>MPI_Iscatterv.</summary>
    public MpiError Iscatterv(
        byte* send, int* sendCounts, int* displacements, MpiDatatype sendType, byte* recv, int recvCount, MpiDatatype recvType,
        int root, MpiComm comm, MpiRequest* request) =>
        Scatter(send, 0, sendCounts, displacements, sendType, recv, recvCount, recvType, root, comm, request);

    /// <summary>MPI_Allgather.</summary>
    public MpiError Allgather(
        byte* send, int sendCount, MpiDatatype sendType, byte* recv, int recvCount, MpiDatatype recvType, MpiComm comm) =>
        Allgather(send, sendCount, sendType, recv, recvCount, null, null, recvType, comm, null);

    /// <summary>MPI_Iallgather.</summary>
    public MpiError Iallgather(
        byte* send, int sendCount, MpiDatatype sendType, byte* recv, int recvCount, MpiDatatype recvType, MpiComm comm,
        MpiRequest* request) =>
        Allgather(send, sendCount, sendType, recv, recvCount, null, null, recvType, comm, request);

    /// <summary>MPI_Allgatherv.</summary>
    public MpiError Allgatherv(
        byte* send, int sendCount, MpiDatatype sendType, byte* recv, int* recvCounts, int* displacements, MpiDatatype recvType,
        MpiComm comm) =>
        Allgather(send, sendCount, sendType, recv, 0, recvCounts, displacements, recvType, comm, null);

    /// <summary>MPI_Iallgatherv.</summary>
    public MpiError Iallgatherv(
        byte* send, int sendCount, MpiDatatype sendType, byte* recv, int* recvCounts, int* displacements, MpiDatatype recvType,
        MpiComm comm, MpiRequest* request) =>
        Allgather(send, sendCount, sendType, recv, 0, recvCounts, displacements, recvType, comm, request);

    private MpiError Barrier(MpiComm comm, MpiRequest* request)
    {
        MpiError error = CheckCollective(comm, request, out CommSlot* place);
        error = error == MpiError.Success ? _collectives.Open(place, CollectiveKind.Barrier, 0, StepsOf(place), out _, 0) : error;
        if (error != MpiError.Success)
        {
            return Raise(comm, error);
        }

        // Dissemination: after round k a rank has heard, by others, of 2^k ranks.
        for (int distance = 1; distance < place->Size; distance <<= 1)
        {
            _collectives.AddReceive(CollectiveEngine.Around(place, -distance), null, 0, MpiDatatype.Byte);
            _collectives.AddSend(CollectiveEngine.Around(place, distance), null, 0, MpiDatatype.Byte);
            _collectives.AddWait();
        }

        return Raise(comm, _collectives.Close(request));
    }

    private MpiError Bcast(byte* buffer, int count, MpiDatatype type, int root, MpiComm comm, MpiRequest* request)
    {
        MpiError error = CheckCollective(comm, request, out CommSlot* place);
        if (error != MpiError.Success)
        {
            return Raise(comm, error);
        }

        error = CheckRoot(place, root, CheckBuffer(buffer, count, type, out TypeSlot* layout));
        error = error == MpiError.Success ? _collectives.Open(place, CollectiveKind.Broadcast, root, StepsOf(place), out _, 0) : error;
        if (error != MpiError.Success)
        {
            return Raise(comm, error);
        }

        if (count * layout->Size > _messages.EagerBytes && place->Size <= FlatRanks)
        {
            for (int step = 1; step < place->Size && place->Rank == root; step++)
            {
                _collectives.AddSend(CollectiveEngine.Around(place, step), buffer, count, type);
            }

            if (place->Rank != root)
            {
                _collectives.AddReceive(root, buffer, count, type);
            }
        }
        else
        {
            _collectives.AddTree(place, root, buffer, count, type);
        }

        return Raise(comm, _collectives.Close(request));
    }

    private MpiError Gather(
        byte* send, int sendCount, MpiDatatype sendType, byte* recv, int recvCount, int* recvCounts, int* displacements,
        MpiDatatype recvType, int root, MpiComm comm, MpiRequest* request)
    {
        MpiError error = CheckCollective(comm, request, out CommSlot* place);
        if (error != MpiError.Success)
        {
            return Raise(comm, error);
        }

        bool isRoot = place->Rank == root;
        if (send != MpiConstants.InPlace || !isRoot)
        {
            error = CheckBuffer(send, sendCount, sendType, out _);
        }

        if (isRoot && error == MpiError.Success)
        {
            error = CheckBlocks(place, recv, recvCount, recvCounts, recvType);
        }

        error = CheckRoot(place, root, error);
        error = error == MpiError.Success ? _collectives.Open(place, CollectiveKind.Gather, root, StepsOf(place), out _, 0) : error;
        if (error != MpiError.Success)
        {
            return Raise(comm, error);
        }

        if (!isRoot)
        {
            _collectives.AddSend(root, send, sendCount, sendType);
            return Raise(comm, _collectives.Close(request));
        }

        TypeSlot* layout = _types.Find(recvType);
        for (int rank = 0; rank < place->Size; rank++)
        {
            int count = recvCounts == null ? recvCount : recvCounts[rank];
            byte* block = CollectiveEngine.BlockAt(recv, layout, rank, recvCount, displacements);
            if (rank != root)
            {
                _collectives.AddReceive(rank, block, count, recvType);
            }
            else if (send != MpiConstants.InPlace)
            {
                _collectives.AddCopy(send, sendCount, sendType, block, count, recvType);
            }
        }

        return Raise(comm, _collectives.Close(request));
    }

    private MpiError Scatter(
        byte* send, int sendCount, int* sendCounts, int* displacements, MpiDatatype sendType, byte* recv, int recvCount,
        MpiDatatype recvType, int root, MpiComm comm, MpiRequest* request)
    {
        MpiError error = CheckCollective(comm, request, out CommSlot* place);
        if (error != MpiError.Success)
        {
            return Raise(comm, error);
        }

        bool isRoot = place->Rank == root;
        if (recv != MpiConstants.InPlace || !isRoot)
        {
            error = CheckBuffer(recv, recvCount, recvType, out _);
        }

        if (isRoot && error == MpiError.Success)
        {
            error = CheckBlocks(place, send, sendCount, sendCounts, sendType);
        }

        error = CheckRoot(place, root, error);
        error = error == MpiError.Success ? _collectives.Open(place, CollectiveKind.Scatter, root, StepsOf(place), out _, 0) : error;
        if (error != MpiError.Success)
        {
            return Raise(comm, error);
        }

        if (!isRoot)
        {
            _collectives.AddReceive(root, recv, recvCount, recvType);
            return Raise(comm, _collectives.Close(request));
        }

        TypeSlot* layout = _types.Find(sendType);
        for (int rank = 0; rank < place->Size; rank++)
        {
            int count = sendCounts == null ? sendCount : sendCounts[rank];
            byte* block = CollectiveEngine.BlockAt(send, layout, rank, sendCount, displacements);
            if (rank != root)
            {
                _collectives.AddSend(rank, block, count, sendType);
            }
            else if (recv != MpiConstants.InPlace)
            {
                _collectives.AddCopy(block, count, sendType, recv, recvCount, recvType);
            }
        }

        return Raise(comm, _collectives.Close(request));
    }

    private MpiError Allgather(
        byte* send, int sendCount, MpiDatatype sendType, byte* recv, int recvCount, int* recvCounts, int* displacements,
        MpiDatatype recvType, MpiComm comm, MpiRequest* request)
    {
        MpiError error = CheckCollective(comm, request, out CommSlot* place);
        if (error != MpiError.Success)
        {
            return Raise(comm, error);
        }

        error = CheckBlocks(place, recv, recvCount, recvCounts, recvType);
        if (error == MpiError.Success && send != MpiConstants.InPlace)
        {
            error = CheckBuffer(send, sendCount, sendType, out _);
        }

        if (error != MpiError.Success)
        {
            return Raise(comm, _collectives.Refuse(place, error));
        }

        TypeSlot* layout = _types.Find(recvType);
        int size = place->Size;
        long all = (long)recvCount * layout->Size * size;
        bool isShort = recvCounts == null && size > 2 && all <= _messages.EagerBytes;
        error = _collectives.Open(place, CollectiveKind.Allgather, 0, StepsOf(place), out byte* room, isShort ? all : 0);
        if (error != MpiError.Success)
        {
            return Raise(comm, error);
        }

        int own = recvCounts == null ? recvCount : recvCounts[place->Rank];
        byte* ownBlock = CollectiveEngine.BlockAt(recv, layout, place->Rank, recvCount, displacements);
        if (send != MpiConstants.InPlace)
        {
            _collectives.AddCopy(send, sendCount, sendType, ownBlock, own, recvType);
        }

        if (isShort)
        {
            _collectives.AddBruckGather(place, recv, recvCount, recvType, layout, ownBlock, room);
        }
        else
        {
            // A ring: what came last goes on to the next.
            int current = place->Rank;
            for (int step = 1; step < size; step++)
            {
                int next = current == 0 ? size - 1 : current - 1;
                _collectives.AddReceive(
                    CollectiveEngine.Around(place, -1), CollectiveEngine.BlockAt(recv, layout, next, recvCount, displacements),
                    recvCounts == null ? recvCount : recvCounts[next], recvType);
                _collectives.AddSend(
                    CollectiveEngine.Around(place, 1), CollectiveEngine.BlockAt(recv, layout, current, recvCount, displacements),
                    recvCounts == null ? recvCount : recvCounts[current], recvType);
                _collectives.AddWait();
                current = next;
            }
        }

        return Raise(comm, _collectives.Close(request));
    }

    private MpiError CheckCollective(MpiComm comm, MpiRequest* request, out CommSlot* place)
    {
        if (request != null)
        {
            *request = MpiRequest.Null;
        }

        place = _comms.Find(comm);
        return _messages.Failure != MpiError.Success ? _messages.Failure : place == null ? MpiError.Comm : MpiError.Success;
    }

    /// <summary>Whether there is such a root; with what else was wrong, the others are told.</summary>
    private MpiError CheckRoot(CommSlot* place, int root, MpiError error)
    {
        error = error != MpiError.Success ? error : (uint)root < (uint)place->Size ? MpiError.Success : MpiError.Root;
        return error == MpiError.Success ? error : _collectives.Refuse(place, error);
    }

    /// <summary>What is wrong with a buffer of a block for each rank.</summary>
    private MpiError CheckBlocks(CommSlot* place, byte* buffer, int count, int* counts, MpiDatatype type)
    {
        MpiError error = CheckBuffer(buffer, count, type, out _);
        for (int rank = 0; rank < place->Size && counts != null && error == MpiError.Success; rank++)
        {
            error = CheckBuffer(buffer, counts[rank], type, out _);
        }

        return error;
    }

    /// <summary>More steps than any schedule has that does not say otherwise.</summary>
    private static int StepsOf(CommSlot* place) => (4 * place->Size) + 64;
}
