using System.Runtime.InteropServices;
using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Engine;

/// <summary>
/// MPI as one rank sees it, by the system's library: what the face uses, with the arguments of the kernel's engine. A shim
/// that the library's own compiler has made turns numbers into its handles.
/// </summary>
public sealed unsafe partial class MpiProcess
{
    /// <summary>MPI_Init.</summary>
    public static MpiError Init() =>
        InitOf();

    /// <summary>MPI_Finalize.</summary>
    public MpiError Finalize() =>
        FinalizeOf();

    /// <summary>MPI_Abort.</summary>
    public MpiError Abort(MpiComm comm, int errorCode) =>
        AbortOf(comm, errorCode);

    /// <summary>MPI_Comm_size.</summary>
    public MpiError CommSize(MpiComm comm, int* size) =>
        CommSizeOf(comm, size);

    /// <summary>MPI_Comm_rank.</summary>
    public MpiError CommRank(MpiComm comm, int* rank) =>
        CommRankOf(comm, rank);

    /// <summary>MPI_Comm_dup.</summary>
    public MpiError CommDup(MpiComm comm, MpiComm* newComm) =>
        CommDupOf(comm, newComm);

    /// <summary>MPI_Comm_split.</summary>
    public MpiError CommSplit(MpiComm comm, int color, int key, MpiComm* newComm) =>
        CommSplitOf(comm, color, key, newComm);

    /// <summary>MPI_Comm_free.</summary>
    public MpiError CommFree(MpiComm* comm) =>
        CommFreeOf(comm);

    /// <summary>MPI_Send.</summary>
    public MpiError Send(byte* buffer, int count, MpiDatatype type, int dest, int tag, MpiComm comm) =>
        SendOf(buffer, count, type, dest, tag, comm);

    /// <summary>MPI_Recv.</summary>
    public MpiError Recv(byte* buffer, int count, MpiDatatype type, int source, int tag, MpiComm comm, MpiStatus* status) =>
        RecvOf(buffer, count, type, source, tag, comm, status);

    /// <summary>MPI_Sendrecv.</summary>
    public MpiError Sendrecv(
        byte* sendBuffer, int sendCount, MpiDatatype sendType, int dest, int sendTag, byte* recvBuffer,
        int recvCount, MpiDatatype recvType, int source, int recvTag, MpiComm comm, MpiStatus* status) =>
        SendrecvOf(
            sendBuffer, sendCount, sendType, dest, sendTag, recvBuffer, recvCount, recvType, source, recvTag, comm,
            status);

    /// <summary>MPI_Isend.</summary>
    public MpiError Isend(byte* buffer, int count, MpiDatatype type, int dest, int tag, MpiComm comm, MpiRequest* request) =>
        IsendOf(buffer, count, type, dest, tag, comm, request);

    /// <summary>MPI_Irecv.</summary>
    public MpiError Irecv(
        byte* buffer, int count, MpiDatatype type, int source, int tag, MpiComm comm, MpiRequest* request) =>
        IrecvOf(buffer, count, type, source, tag, comm, request);

    /// <summary>MPI_Wait.</summary>
    public MpiError Wait(MpiRequest* request, MpiStatus* status) =>
        WaitOf(request, status);

    /// <summary>MPI_Test.</summary>
    public MpiError Test(MpiRequest* request, bool* flag, MpiStatus* status) =>
        TestOf(request, flag, status);

    /// <summary>MPI_Probe.</summary>
    public MpiError Probe(int source, int tag, MpiComm comm, MpiStatus* status) =>
        ProbeOf(source, tag, comm, status);

    /// <summary>MPI_Iprobe.</summary>
    public MpiError Iprobe(int source, int tag, MpiComm comm, bool* flag, MpiStatus* status) =>
        IprobeOf(source, tag, comm, flag, status);

    /// <summary>MPI_Barrier.</summary>
    public MpiError Barrier(MpiComm comm) =>
        BarrierOf(comm);

    /// <summary>MPI_Bcast.</summary>
    public MpiError Bcast(byte* buffer, int count, MpiDatatype type, int root, MpiComm comm) =>
        BcastOf(buffer, count, type, root, comm);

    /// <summary>MPI_Gather.</summary>
    public MpiError Gather(
        byte* send, int sendCount, MpiDatatype sendType, byte* recv, int recvCount, MpiDatatype recvType, int root,
        MpiComm comm) =>
        GatherOf(send, sendCount, sendType, recv, recvCount, recvType, root, comm);

    /// <summary>MPI_Scatter.</summary>
    public MpiError Scatter(
        byte* send, int sendCount, MpiDatatype sendType, byte* recv, int recvCount, MpiDatatype recvType, int root,
        MpiComm comm) =>
        ScatterOf(send, sendCount, sendType, recv, recvCount, recvType, root, comm);

    /// <summary>MPI_Allgather.</summary>
    public MpiError Allgather(
        byte* send, int sendCount, MpiDatatype sendType, byte* recv, int recvCount, MpiDatatype recvType, MpiComm comm) =>
        AllgatherOf(send, sendCount, sendType, recv, recvCount, recvType, comm);

    /// <summary>MPI_Allgatherv.</summary>
    public MpiError Allgatherv(
        byte* send, int sendCount, MpiDatatype sendType, byte* recv, int* recvCounts, int* displacements,
        MpiDatatype recvType, MpiComm comm) =>
        AllgathervOf(send, sendCount, sendType, recv, recvCounts, displacements, recvType, comm);

    /// <summary>MPI_Alltoall.</summary>
    public MpiError Alltoall(
        byte* send, int sendCount, MpiDatatype sendType, byte* recv, int recvCount, MpiDatatype recvType, MpiComm comm) =>
        AlltoallOf(send, sendCount, sendType, recv, recvCount, recvType, comm);

    /// <summary>MPI_Alltoallv.</summary>
    public MpiError Alltoallv(
        byte* send, int* sendCounts, int* sendDisplacements, MpiDatatype sendType, byte* recv, int* recvCounts,
        int* recvDisplacements, MpiDatatype recvType, MpiComm comm) =>
        AlltoallvOf(send, sendCounts, sendDisplacements, sendType, recv, recvCounts, recvDisplacements, recvType, comm);

    /// <summary>MPI_Reduce.</summary>
    public MpiError Reduce(byte* send, byte* recv, int count, MpiDatatype type, MpiOp op, int root, MpiComm comm) =>
        ReduceOf(send, recv, count, type, op, root, comm);

    /// <summary>MPI_Allreduce.</summary>
    public MpiError Allreduce(byte* send, byte* recv, int count, MpiDatatype type, MpiOp op, MpiComm comm) =>
        AllreduceOf(send, recv, count, type, op, comm);

    /// <summary>MPI_Reduce_scatter_block.</summary>
    public MpiError ReduceScatterBlock(byte* send, byte* recv, int count, MpiDatatype type, MpiOp op, MpiComm comm) =>
        ReduceScatterBlockOf(send, recv, count, type, op, comm);

    /// <summary>MPI_Scan.</summary>
    public MpiError Scan(byte* send, byte* recv, int count, MpiDatatype type, MpiOp op, MpiComm comm) =>
        ScanOf(send, recv, count, type, op, comm);

    /// <summary>MPI_Exscan.</summary>
    public MpiError Exscan(byte* send, byte* recv, int count, MpiDatatype type, MpiOp op, MpiComm comm) =>
        ExscanOf(send, recv, count, type, op, comm);

    private const string Library = "toro_mpi";

    [DllImport(Library, EntryPoint = "toro_init")]
    private static extern MpiError InitOf();

    [DllImport(Library, EntryPoint = "toro_finalize")]
    private static extern MpiError FinalizeOf();

    [DllImport(Library, EntryPoint = "toro_abort")]
    private static extern MpiError AbortOf(MpiComm comm, int errorCode);

    [DllImport(Library, EntryPoint = "toro_comm_size")]
    private static extern MpiError CommSizeOf(MpiComm comm, int* size);

    [DllImport(Library, EntryPoint = "toro_comm_rank")]
    private static extern MpiError CommRankOf(MpiComm comm, int* rank);

    [DllImport(Library, EntryPoint = "toro_comm_dup")]
    private static extern MpiError CommDupOf(MpiComm comm, MpiComm* newComm);

    [DllImport(Library, EntryPoint = "toro_comm_split")]
    private static extern MpiError CommSplitOf(MpiComm comm, int color, int key, MpiComm* newComm);

    [DllImport(Library, EntryPoint = "toro_comm_free")]
    private static extern MpiError CommFreeOf(MpiComm* comm);

    [DllImport(Library, EntryPoint = "toro_send")]
    private static extern MpiError SendOf(byte* buffer, int count, MpiDatatype type, int dest, int tag, MpiComm comm);

    [DllImport(Library, EntryPoint = "toro_recv")]
    private static extern MpiError RecvOf(
        byte* buffer, int count, MpiDatatype type, int source, int tag, MpiComm comm, MpiStatus* status);

    [DllImport(Library, EntryPoint = "toro_sendrecv")]
    private static extern MpiError SendrecvOf(
        byte* sendBuffer, int sendCount, MpiDatatype sendType, int dest, int sendTag, byte* recvBuffer,
        int recvCount, MpiDatatype recvType, int source, int recvTag, MpiComm comm, MpiStatus* status);

    [DllImport(Library, EntryPoint = "toro_isend")]
    private static extern MpiError IsendOf(
        byte* buffer, int count, MpiDatatype type, int dest, int tag, MpiComm comm, MpiRequest* request);

    [DllImport(Library, EntryPoint = "toro_irecv")]
    private static extern MpiError IrecvOf(
        byte* buffer, int count, MpiDatatype type, int source, int tag, MpiComm comm, MpiRequest* request);

    [DllImport(Library, EntryPoint = "toro_wait")]
    private static extern MpiError WaitOf(MpiRequest* request, MpiStatus* status);

    [DllImport(Library, EntryPoint = "toro_test")]
    private static extern MpiError TestOf(MpiRequest* request, bool* flag, MpiStatus* status);

    [DllImport(Library, EntryPoint = "toro_probe")]
    private static extern MpiError ProbeOf(int source, int tag, MpiComm comm, MpiStatus* status);

    [DllImport(Library, EntryPoint = "toro_iprobe")]
    private static extern MpiError IprobeOf(int source, int tag, MpiComm comm, bool* flag, MpiStatus* status);

    [DllImport(Library, EntryPoint = "toro_barrier")]
    private static extern MpiError BarrierOf(MpiComm comm);

    [DllImport(Library, EntryPoint = "toro_bcast")]
    private static extern MpiError BcastOf(byte* buffer, int count, MpiDatatype type, int root, MpiComm comm);

    [DllImport(Library, EntryPoint = "toro_gather")]
    private static extern MpiError GatherOf(
        byte* send, int sendCount, MpiDatatype sendType, byte* recv, int recvCount, MpiDatatype recvType, int root,
        MpiComm comm);

    [DllImport(Library, EntryPoint = "toro_scatter")]
    private static extern MpiError ScatterOf(
        byte* send, int sendCount, MpiDatatype sendType, byte* recv, int recvCount, MpiDatatype recvType, int root,
        MpiComm comm);

    [DllImport(Library, EntryPoint = "toro_allgather")]
    private static extern MpiError AllgatherOf(
        byte* send, int sendCount, MpiDatatype sendType, byte* recv, int recvCount, MpiDatatype recvType, MpiComm comm);

    [DllImport(Library, EntryPoint = "toro_allgatherv")]
    private static extern MpiError AllgathervOf(
        byte* send, int sendCount, MpiDatatype sendType, byte* recv, int* recvCounts, int* displacements,
        MpiDatatype recvType, MpiComm comm);

    [DllImport(Library, EntryPoint = "toro_alltoall")]
    private static extern MpiError AlltoallOf(
        byte* send, int sendCount, MpiDatatype sendType, byte* recv, int recvCount, MpiDatatype recvType, MpiComm comm);

    [DllImport(Library, EntryPoint = "toro_alltoallv")]
    private static extern MpiError AlltoallvOf(
        byte* send, int* sendCounts, int* sendDisplacements, MpiDatatype sendType, byte* recv, int* recvCounts,
        int* recvDisplacements, MpiDatatype recvType, MpiComm comm);

    [DllImport(Library, EntryPoint = "toro_reduce")]
    private static extern MpiError ReduceOf(
        byte* send, byte* recv, int count, MpiDatatype type, MpiOp op, int root, MpiComm comm);

    [DllImport(Library, EntryPoint = "toro_allreduce")]
    private static extern MpiError AllreduceOf(byte* send, byte* recv, int count, MpiDatatype type, MpiOp op, MpiComm comm);

    [DllImport(Library, EntryPoint = "toro_reduce_scatter_block")]
    private static extern MpiError ReduceScatterBlockOf(
        byte* send, byte* recv, int count, MpiDatatype type, MpiOp op, MpiComm comm);

    [DllImport(Library, EntryPoint = "toro_scan")]
    private static extern MpiError ScanOf(byte* send, byte* recv, int count, MpiDatatype type, MpiOp op, MpiComm comm);

    [DllImport(Library, EntryPoint = "toro_exscan")]
    private static extern MpiError ExscanOf(byte* send, byte* recv, int count, MpiDatatype type, MpiOp op, MpiComm comm);
}
