using ToroCosmos.Mpi.Communicators;
using ToroCosmos.Mpi.Datatypes;
using ToroCosmos.Mpi.Schedules;
using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Engine;

/// <content>From each to each (MPI 4.1, 6.8).</content>
public sealed unsafe partial class MpiProcess
{
    /// <summary>MPI_Alltoall.</summary>
    public MpiError Alltoall(
        byte* send, int sendCount, MpiDatatype sendType, byte* recv, int recvCount, MpiDatatype recvType, MpiComm comm) =>
        Alltoall(send, sendCount, sendType, recv, recvCount, recvType, comm, null);

    /// <summary>MPI_Ialltoall.</summary>
    public MpiError Ialltoall(
        byte* send, int sendCount, MpiDatatype sendType, byte* recv, int recvCount, MpiDatatype recvType, MpiComm comm,
        MpiRequest* request) =>
        Alltoall(send, sendCount, sendType, recv, recvCount, recvType, comm, request);

    /// <summary>MPI_Alltoallv.</summary>
    public MpiError Alltoallv(
        byte* send, int* sendCounts, int* sendDisplacements, MpiDatatype sendType,
        byte* recv, int* recvCounts, int* recvDisplacements, MpiDatatype recvType, MpiComm comm) =>
        AlltoallOf(send, sendCounts, sendDisplacements, sendType, null, recv, recvCounts, recvDisplacements, recvType, null, comm, null);

    /// <summary>MPI_Ialltoallv.</summary>
    public MpiError Ialltoallv(
        byte* send, int* sendCounts, int* sendDisplacements, MpiDatatype sendType,
        byte* recv, int* recvCounts, int* recvDisplacements, MpiDatatype recvType, MpiComm comm, MpiRequest* request) =>
        AlltoallOf(send, sendCounts, sendDisplacements, sendType, null, recv, recvCounts, recvDisplacements, recvType, null, comm, request);

    /// <summary>MPI_Alltoallw: displacements count bytes.</summary>
    public MpiError Alltoallw(
        byte* send, int* sendCounts, int* sendDisplacements, MpiDatatype* sendTypes,
        byte* recv, int* recvCounts, int* recvDisplacements, MpiDatatype* recvTypes, MpiComm comm) =>
        AlltoallOf(
            send, sendCounts, sendDisplacements, MpiDatatype.Byte, sendTypes,
            recv, recvCounts, recvDisplacements, MpiDatatype.Byte, recvTypes, comm, null);

    /// <summary>MPI_Ialltoallw.</summary>
    public MpiError Ialltoallw(
        byte* send, int* sendCounts, int* sendDisplacements, MpiDatatype* sendTypes,
        byte* recv, int* recvCounts, int* recvDisplacements, MpiDatatype* recvTypes, MpiComm comm, MpiRequest* request) =>
        AlltoallOf(
            send, sendCounts, sendDisplacements, MpiDatatype.Byte, sendTypes,
            recv, recvCounts, recvDisplacements, MpiDatatype.Byte, recvTypes, comm, request);

    private MpiError Alltoall(
        byte* send, int sendCount, MpiDatatype sendType, byte* recv, int recvCount, MpiDatatype recvType, MpiComm comm,
        MpiRequest* request)
    {
        MpiError error = CheckCollective(comm, request, out CommSlot* place);
        if (error != MpiError.Success)
        {
            return Raise(comm, error);
        }

        bool isInPlace = send == MpiConstants.InPlace;
        error = CheckBlocks(place, recv, recvCount, null, recvType);
        if (error == MpiError.Success && !isInPlace)
        {
            error = CheckBlocks(place, send, sendCount, null, sendType);
        }

        if (error != MpiError.Success)
        {
            return Raise(comm, _collectives.Refuse(place, error));
        }

        int size = place->Size;
        TypeSlot* layout = _types.Find(recvType);
        int bytes = recvCount * layout->Size;
        bool isBruck = bytes <= BruckBlockBytes && size >= BruckRanks;
        long all = (long)bytes * size;
        int steps = isBruck ? (2 * size) + (RoundsOf(size) * (size + 4)) + 8 : (3 * size) + 8;
        error = _collectives.Open(place, CollectiveKind.Alltoall, 0, steps, out byte* room, isBruck ? 3 * all : isInPlace ? all : 0);
        if (error != MpiError.Success)
        {
            return Raise(comm, error);
        }

        if (isBruck)
        {
            _collectives.AddBruckExchange(place, isInPlace ? recv : send, isInPlace ? recvCount : sendCount, isInPlace ? recvType : sendType,
                recv, recvCount, recvType, bytes, room);
            return Raise(comm, _collectives.Close(request));
        }

        if (isInPlace)
        {
            _collectives.AddCopy(recv, recvCount * size, recvType, room, (int)all, MpiDatatype.Byte);
            send = room;
            sendCount = bytes;
            sendType = MpiDatatype.Byte;
        }

        TypeSlot* sendLayout = _types.Find(sendType);
        for (int step = 1; step < size; step++)
        {
            int rank = CollectiveEngine.Around(place, -step);
            _collectives.AddReceive(rank, CollectiveEngine.BlockAt(recv, layout, rank, recvCount, null), recvCount, recvType);
        }

        for (int step = 0; step < size; step++)
        {
            int rank = CollectiveEngine.Around(place, step);
            byte* block = CollectiveEngine.BlockAt(send, sendLayout, rank, sendCount, null);
            if (step == 0)
            {
                _collectives.AddCopy(block, sendCount, sendType, CollectiveEngine.BlockAt(recv, layout, rank, recvCount, null), recvCount, recvType);
            }
            else
            {
                _collectives.AddSend(rank, block, sendCount, sendType);
            }
        }

        return Raise(comm, _collectives.Close(request));
    }

    private MpiError AlltoallOf(
        byte* send, int* sendCounts, int* sendDisplacements, MpiDatatype sendType, MpiDatatype* sendTypes,
        byte* recv, int* recvCounts, int* recvDisplacements, MpiDatatype recvType, MpiDatatype* recvTypes, MpiComm comm,
        MpiRequest* request)
    {
        MpiError error = CheckCollective(comm, request, out CommSlot* place);
        if (error != MpiError.Success)
        {
            return Raise(comm, error);
        }

        bool isInPlace = send == MpiConstants.InPlace;
        int size = place->Size;
        long all = 0;
        for (int rank = 0; rank < size && error == MpiError.Success; rank++)
        {
            error = CheckBuffer(recv, recvCounts[rank], recvTypes == null ? recvType : recvTypes[rank], out TypeSlot* layout);
            if (error == MpiError.Success && !isInPlace)
            {
                error = CheckBuffer(send, sendCounts[rank], sendTypes == null ? sendType : sendTypes[rank], out _);
            }

            all += error == MpiError.Success ? (long)recvCounts[rank] * layout->Size : 0;
        }

        if (error != MpiError.Success)
        {
            return Raise(comm, _collectives.Refuse(place, error));
        }

        error = _collectives.Open(place, CollectiveKind.Alltoall, 0, (3 * size) + 8, out byte* room, isInPlace ? all : 0);
        if (error != MpiError.Success)
        {
            return Raise(comm, error);
        }

        // In place, what is sent lies where the same amount is received: it is put aside first.
        for (int rank = 0; rank < size && isInPlace; rank++)
        {
            byte* block = PlaceAt(recv, recvDisplacements, recvType, recvTypes, rank, out MpiDatatype type);
            int bytes = recvCounts[rank] * _types.Find(type)->Size;
            _collectives.AddCopy(block, recvCounts[rank], type, room, bytes, MpiDatatype.Byte);
            room += bytes;
        }

        room -= isInPlace ? (nint)all : 0;
        for (int step = 1; step < size; step++)
        {
            int rank = CollectiveEngine.Around(place, -step);
            byte* block = PlaceAt(recv, recvDisplacements, recvType, recvTypes, rank, out MpiDatatype type);
            _collectives.AddReceive(rank, block, recvCounts[rank], type);
        }

        for (int rank = 0; rank < size; rank++)
        {
            byte* to = PlaceAt(recv, recvDisplacements, recvType, recvTypes, rank, out MpiDatatype toType);
            MpiDatatype type = MpiDatatype.Byte;
            byte* block = room;
            int count = recvCounts[rank] * _types.Find(toType)->Size;
            if (isInPlace)
            {
                room += count;
            }
            else
            {
                block = PlaceAt(send, sendDisplacements, sendType, sendTypes, rank, out type);
                count = sendCounts[rank];
            }

            if (rank != place->Rank)
            {
                _collectives.AddSend(rank, block, count, type);
            }
            else if (!isInPlace)
            {
                _collectives.AddCopy(block, count, type, to, recvCounts[rank], toType);
            }
        }

        return Raise(comm, _collectives.Close(request));
    }

    /// <summary>Where a rank's block is: displacements count bytes where each has a type of its own.</summary>
    private byte* PlaceAt(byte* buffer, int* displacements, MpiDatatype type, MpiDatatype* types, int rank, out MpiDatatype own)
    {
        own = types == null ? type : types[rank];
        return buffer + (displacements[rank] * (types == null ? _types.Find(type)->Extent : 1));
    }

    private static int RoundsOf(int size)
    {
        int rounds = 0;
        for (int bit = 1; bit < size; bit <<= 1)
        {
            rounds++;
        }

        return rounds;
    }
}
