/*
 * Between ToroCosmos.Mpi.Cluster and the system's MPI: numbers of the ABI of MPI 5.0 become handles of the library whose
 * mpicc compiles this file. Communicators and requests that are made are kept in tables.
 */
#include <mpi.h>
#include <stdlib.h>

#define FIRST 0x1000
#define COMMS 256
#define REQUESTS 4096

/* MpiStatus: source, tag, error, length, cancelled, three reserved. */
struct toro_status { int source, tag, error, bytes, cancelled, reserved[3]; };

static MPI_Comm comms[COMMS];
static char comm_used[COMMS];
static MPI_Request requests[REQUESTS];
static char request_used[REQUESTS];

static int error_of(int code)
{
    if (code == MPI_SUCCESS) {
        return 0;
    }

    int class = MPI_ERR_OTHER;
    MPI_Error_class(code, &class);
    struct { int native, number; } classes[] = {
        { MPI_ERR_BUFFER, 1 }, { MPI_ERR_COUNT, 2 }, { MPI_ERR_TYPE, 3 }, { MPI_ERR_TAG, 4 }, { MPI_ERR_COMM, 5 },
        { MPI_ERR_RANK, 6 }, { MPI_ERR_REQUEST, 7 }, { MPI_ERR_ROOT, 8 }, { MPI_ERR_GROUP, 9 }, { MPI_ERR_OP, 10 },
        { MPI_ERR_TOPOLOGY, 11 }, { MPI_ERR_DIMS, 12 }, { MPI_ERR_ARG, 13 }, { MPI_ERR_TRUNCATE, 15 },
        { MPI_ERR_OTHER, 16 }, { MPI_ERR_INTERN, 17 }, { MPI_ERR_IN_STATUS, 19 }, { MPI_ERR_NO_MEM, 39 },
    };
    for (unsigned i = 0; i < sizeof classes / sizeof *classes; i++) {
        if (classes[i].native == class) {
            return classes[i].number;
        }
    }

    return 14;
}

static MPI_Comm comm_of(int comm)
{
    int index = comm - FIRST;
    return comm == 0x101 ? MPI_COMM_WORLD : comm == 0x102 ? MPI_COMM_SELF
        : index >= 0 && index < COMMS && comm_used[index] ? comms[index] : MPI_COMM_NULL;
}

static int number_of_comm(MPI_Comm comm)
{
    if (comm == MPI_COMM_NULL) {
        return 0x100;
    }

    for (int i = 0; i < COMMS; i++) {
        if (!comm_used[i]) {
            comm_used[i] = 1;
            comms[i] = comm;
            return FIRST + i;
        }
    }

    abort();
}

static MPI_Datatype type_of(int type)
{
    switch (type) {
    case 0x240: return MPI_INT8_T;
    case 0x241: return MPI_UINT8_T;
    case 0x247: return MPI_BYTE;
    case 0x248: return MPI_INT16_T;
    case 0x249: return MPI_UINT16_T;
    case 0x209: case 0x250: return MPI_INT32_T;
    case 0x251: return MPI_UINT32_T;
    case 0x258: return MPI_INT64_T;
    case 0x259: return MPI_UINT64_T;
    case 0x210: return MPI_FLOAT;
    case 0x214: return MPI_DOUBLE;
    case 0x238: return MPI_C_BOOL;
    default: return MPI_DATATYPE_NULL;
    }
}

static MPI_Op op_of(int op)
{
    switch (op) {
    case 0x21: return MPI_SUM;
    case 0x22: return MPI_MIN;
    case 0x23: return MPI_MAX;
    case 0x24: return MPI_PROD;
    case 0x28: return MPI_BAND;
    case 0x29: return MPI_BOR;
    case 0x2a: return MPI_BXOR;
    case 0x30: return MPI_LAND;
    case 0x31: return MPI_LOR;
    case 0x32: return MPI_LXOR;
    default: return MPI_OP_NULL;
    }
}

static int rank_of(int rank) { return rank == -1 ? MPI_ANY_SOURCE : rank == -3 ? MPI_PROC_NULL : rank < 0 ? -9999 : rank; }

static int tag_of(int tag) { return tag == -2 ? MPI_ANY_TAG : tag < 0 ? -9999 : tag; }

static void tell(struct toro_status *out, MPI_Status *in)
{
    if (out) {
        int cancelled = 0;
        out->source = in->MPI_SOURCE == MPI_ANY_SOURCE ? -1 : in->MPI_SOURCE == MPI_PROC_NULL ? -3 : in->MPI_SOURCE;
        out->tag = in->MPI_TAG == MPI_ANY_TAG ? -2 : in->MPI_TAG;
        MPI_Get_count(in, MPI_BYTE, &out->bytes);
        MPI_Test_cancelled(in, &cancelled);
        out->cancelled = cancelled;
    }
}

static int keep(int code, MPI_Request made, int *request)
{
    *request = 0x180;
    if (code != MPI_SUCCESS) {
        return error_of(code);
    }

    for (int i = 0; i < REQUESTS; i++) {
        if (!request_used[i]) {
            request_used[i] = 1;
            requests[i] = made;
            *request = FIRST + i;
            return 0;
        }
    }

    MPI_Request_free(&made);
    return 39;
}

static int find(int request)
{
    int index = request - FIRST;
    return index >= 0 && index < REQUESTS && request_used[index] ? index : -1;
}

int toro_init(void)
{
    int error = error_of(MPI_Init(NULL, NULL));
    if (!error) {
        MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
        MPI_Comm_set_errhandler(MPI_COMM_SELF, MPI_ERRORS_RETURN);
    }

    return error;
}

int toro_finalize(void) { return error_of(MPI_Finalize()); }

int toro_abort(int comm, int code) { return error_of(MPI_Abort(comm_of(comm), code)); }

int toro_comm_size(int comm, int *size) { return error_of(MPI_Comm_size(comm_of(comm), size)); }

int toro_comm_rank(int comm, int *rank) { return error_of(MPI_Comm_rank(comm_of(comm), rank)); }

int toro_comm_dup(int comm, int *made)
{
    MPI_Comm copy = MPI_COMM_NULL;
    int error = error_of(MPI_Comm_dup(comm_of(comm), &copy));
    *made = error ? 0x100 : number_of_comm(copy);
    return error;
}

int toro_comm_split(int comm, int color, int key, int *made)
{
    MPI_Comm part = MPI_COMM_NULL;
    int error = error_of(MPI_Comm_split(comm_of(comm), color == -32766 ? MPI_UNDEFINED : color, key, &part));
    *made = error ? 0x100 : number_of_comm(part);
    return error;
}

int toro_comm_free(int *comm)
{
    int index = *comm - FIRST;
    if (comm_of(*comm) == MPI_COMM_NULL || index < 0) {
        return 5;
    }

    comm_used[index] = 0;
    *comm = 0x100;
    return error_of(MPI_Comm_free(&comms[index]));
}

int toro_send(void *data, int count, int type, int dest, int tag, int comm)
{
    return error_of(MPI_Send(data, count, type_of(type), rank_of(dest), tag_of(tag), comm_of(comm)));
}

int toro_recv(void *data, int count, int type, int source, int tag, int comm, struct toro_status *status)
{
    MPI_Status native;
    int error = error_of(MPI_Recv(data, count, type_of(type), rank_of(source), tag_of(tag), comm_of(comm), &native));
    tell(status, &native);
    return error;
}

int toro_sendrecv(
    void *send, int send_count, int send_type, int dest, int send_tag,
    void *recv, int recv_count, int recv_type, int source, int recv_tag, int comm, struct toro_status *status)
{
    MPI_Status native;
    int error = error_of(MPI_Sendrecv(
        send, send_count, type_of(send_type), rank_of(dest), tag_of(send_tag),
        recv, recv_count, type_of(recv_type), rank_of(source), tag_of(recv_tag), comm_of(comm), &native));
    tell(status, &native);
    return error;
}

int toro_isend(void *data, int count, int type, int dest, int tag, int comm, int *request)
{
    MPI_Request made;
    int code = MPI_Isend(data, count, type_of(type), rank_of(dest), tag_of(tag), comm_of(comm), &made);
    return keep(code, made, request);
}

int toro_irecv(void *data, int count, int type, int source, int tag, int comm, int *request)
{
    MPI_Request made;
    int code = MPI_Irecv(data, count, type_of(type), rank_of(source), tag_of(tag), comm_of(comm), &made);
    return keep(code, made, request);
}

int toro_test(int *request, char *flag, struct toro_status *status)
{
    int index = find(*request);
    int done = 0;
    MPI_Status native;
    *flag = 0;
    if (index < 0) {
        return 7;
    }

    int error = error_of(MPI_Test(&requests[index], &done, &native));
    if (done) {
        tell(status, &native);
        request_used[index] = 0;
        *request = 0x180;
        *flag = 1;
    }

    return error;
}

int toro_wait(int *request, struct toro_status *status)
{
    int index = find(*request);
    MPI_Status native;
    if (index < 0) {
        return 7;
    }

    int error = error_of(MPI_Wait(&requests[index], &native));
    tell(status, &native);
    request_used[index] = 0;
    *request = 0x180;
    return error;
}

int toro_probe(int source, int tag, int comm, struct toro_status *status)
{
    MPI_Status native;
    int error = error_of(MPI_Probe(rank_of(source), tag_of(tag), comm_of(comm), &native));
    tell(status, &native);
    return error;
}

int toro_iprobe(int source, int tag, int comm, char *flag, struct toro_status *status)
{
    MPI_Status native;
    int there = 0;
    int error = error_of(MPI_Iprobe(rank_of(source), tag_of(tag), comm_of(comm), &there, &native));
    *flag = (char)there;
    if (there) {
        tell(status, &native);
    }

    return error;
}

int toro_barrier(int comm) { return error_of(MPI_Barrier(comm_of(comm))); }

int toro_bcast(void *data, int count, int type, int root, int comm)
{
    return error_of(MPI_Bcast(data, count, type_of(type), root, comm_of(comm)));
}

int toro_gather(void *send, int send_count, int send_type, void *recv, int recv_count, int recv_type, int root, int comm)
{
    return error_of(MPI_Gather(send, send_count, type_of(send_type), recv, recv_count, type_of(recv_type), root, comm_of(comm)));
}

int toro_scatter(void *send, int send_count, int send_type, void *recv, int recv_count, int recv_type, int root, int comm)
{
    return error_of(MPI_Scatter(send, send_count, type_of(send_type), recv, recv_count, type_of(recv_type), root, comm_of(comm)));
}

int toro_allgather(void *send, int send_count, int send_type, void *recv, int recv_count, int recv_type, int comm)
{
    return error_of(MPI_Allgather(send, send_count, type_of(send_type), recv, recv_count, type_of(recv_type), comm_of(comm)));
}

int toro_allgatherv(void *send, int send_count, int send_type, void *recv, int *counts, int *places, int recv_type, int comm)
{
    return error_of(MPI_Allgatherv(
        send, send_count, type_of(send_type), recv, counts, places, type_of(recv_type), comm_of(comm)));
}

int toro_alltoall(void *send, int send_count, int send_type, void *recv, int recv_count, int recv_type, int comm)
{
    return error_of(MPI_Alltoall(send, send_count, type_of(send_type), recv, recv_count, type_of(recv_type), comm_of(comm)));
}

int toro_alltoallv(
    void *send, int *send_counts, int *send_places, int send_type, void *recv, int *recv_counts, int *recv_places,
    int recv_type, int comm)
{
    return error_of(MPI_Alltoallv(
        send, send_counts, send_places, type_of(send_type), recv, recv_counts, recv_places, type_of(recv_type), comm_of(comm)));
}

int toro_reduce(void *send, void *recv, int count, int type, int op, int root, int comm)
{
    return error_of(MPI_Reduce(send, recv, count, type_of(type), op_of(op), root, comm_of(comm)));
}

int toro_allreduce(void *send, void *recv, int count, int type, int op, int comm)
{
    return error_of(MPI_Allreduce(send, recv, count, type_of(type), op_of(op), comm_of(comm)));
}

int toro_reduce_scatter_block(void *send, void *recv, int count, int type, int op, int comm)
{
    return error_of(MPI_Reduce_scatter_block(send, recv, count, type_of(type), op_of(op), comm_of(comm)));
}

int toro_scan(void *send, void *recv, int count, int type, int op, int comm)
{
    return error_of(MPI_Scan(send, recv, count, type_of(type), op_of(op), comm_of(comm)));
}

int toro_exscan(void *send, void *recv, int count, int type, int op, int comm)
{
    return error_of(MPI_Exscan(send, recv, count, type_of(type), op_of(op), comm_of(comm)));
}
