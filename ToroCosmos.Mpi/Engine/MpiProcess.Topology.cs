using ToroCosmos.Mpi.Communicators;
using ToroCosmos.Mpi.Messages;
using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Engine;

/// <content>Grids of processes (MPI 4.1, 8). Ranks run through the last dimension first.</content>
public sealed unsafe partial class MpiProcess
{
    /// <summary>MPI_Dims_create: how many places each dimension has, as equal as can be, the largest first.</summary>
    /// <param name="nodes">How many processes.</param>
    /// <param name="count">How many dimensions.</param>
    /// <param name="dims">0 to be found; what is not 0 stays.</param>
    public MpiError DimsCreate(int nodes, int count, int* dims)
    {
        int left = nodes;
        int open = 0;
        int found = 0;
        for (int i = 0; i < count; i++)
        {
            if (dims[i] < 0 || (dims[i] > 0 && left % dims[i] != 0))
            {
                return Raise(MpiComm.World, MpiError.Dims);
            }

            left = dims[i] > 0 ? left / dims[i] : left;
            open += dims[i] == 0 ? 1 : 0;
        }

        if (nodes < 1 || count < 0 || count > Grid.MaximumDimensions || (open == 0 && left != 1))
        {
            return Raise(MpiComm.World, nodes < 1 ? MpiError.Arg : MpiError.Dims);
        }

        // For one dimension after the other the smallest divisor that is not below the root of what is left.
        for (int i = 0; i < count && open > 0; i++)
        {
            if (dims[i] == 0)
            {
                dims[i] = Grid.DivisorFor(left, open);
                left /= dims[i];
                open--;
                found |= 1 << i;
            }
        }

        Grid.Sort(dims, count, found);

        return MpiError.Success;
    }

    /// <summary>MPI_Cart_create.</summary>
    /// <param name="periods">By dimension, whether it is a ring: 0 or not.</param>
    /// <param name="reorder">Whether ranks may change; they do not.</param>
    /// <param name="newComm">Null for processes that have no place in the grid.</param>
    public MpiError CartCreate(MpiComm comm, int count, int* dims, int* periods, bool reorder, MpiComm* newComm)
    {
        _ = reorder;
        *newComm = MpiComm.Null;
        CommSlot* place = _comms.Find(comm);
        if (place == null)
        {
            return Raise(comm, MpiError.Comm);
        }

        long places = 1;
        MpiError error = count < 0 || count > Grid.MaximumDimensions ? MpiError.Dims : MpiError.Success;
        for (int i = 0; i < count && error == MpiError.Success; i++)
        {
            error = dims[i] < 1 ? MpiError.Dims : MpiError.Success;
            places *= dims[i];
            places = places > int.MaxValue ? int.MaxValue : places;
        }

        if (error == MpiError.Success && places > place->Size)
        {
            error = MpiError.Topology;
        }

        if (error != MpiError.Success)
        {
            return Raise(comm, error);
        }

        error = AgreeOnContext(comm, out int context);
        if (error != MpiError.Success || place->Rank >= places)
        {
            return Raise(comm, error);
        }

        CommSlot* grid = _comms.New(context);
        if (grid == null)
        {
            return Raise(comm, MpiError.NoMem);
        }

        for (int rank = 0; rank < places; rank++)
        {
            _comms.Join(grid, place->Cores[rank]);
        }

        grid->Errhandler = place->Errhandler;
        grid->IsCartesian = true;
        grid->Dimensions = count;
        for (int i = 0; i < count; i++)
        {
            grid->Places[i] = dims[i];
            grid->Periods[i] = periods[i] != 0 ? 1 : 0;
        }

        *newComm = _comms.HandleOf(grid);
        return MpiError.Success;
    }

    /// <summary>MPI_Topo_test.</summary>
    public MpiError TopoTest(MpiComm comm, MpiTopology* topology)
    {
        CommSlot* place = _comms.Find(comm);
        *topology = place != null && place->IsCartesian ? MpiTopology.Cart : MpiTopology.Undefined;
        return Raise(comm, place == null ? MpiError.Comm : MpiError.Success);
    }

    /// <summary>MPI_Cartdim_get.</summary>
    public MpiError CartdimGet(MpiComm comm, int* count)
    {
        CommSlot* grid = FindGrid(comm, out MpiError error);
        *count = grid == null ? 0 : grid->Dimensions;
        return Raise(comm, error);
    }

    /// <summary>MPI_Cart_get: of so many dimensions, their sizes, which are rings, and this process' place.</summary>
    public MpiError CartGet(MpiComm comm, int count, int* dims, int* periods, int* coords)
    {
        CommSlot* grid = FindGrid(comm, out MpiError error);
        if (grid == null)
        {
            return Raise(comm, error);
        }

        for (int i = 0; i < count && i < grid->Dimensions; i++)
        {
            dims[i] = grid->Places[i];
            periods[i] = grid->Periods[i];
        }

        return CartCoords(comm, grid->Rank, count, coords);
    }

    /// <summary>MPI_Cart_rank: the rank at a place. Beyond the end of a ring it goes on at the beginning.</summary>
    public MpiError CartRank(MpiComm comm, int* coords, int* rank)
    {
        *rank = MpiConstants.ProcNull;
        CommSlot* grid = FindGrid(comm, out MpiError error);
        if (grid == null)
        {
            return Raise(comm, error);
        }

        int result = Grid.RankAt(grid, coords, SlotList.Nothing, 0);
        if (result < 0)
        {
            return Raise(comm, MpiError.Arg);
        }

        *rank = result;
        return MpiError.Success;
    }

    /// <summary>MPI_Cart_coords: the place of a rank, in its first dimensions.</summary>
    public MpiError CartCoords(MpiComm comm, int rank, int count, int* coords)
    {
        CommSlot* grid = FindGrid(comm, out MpiError error);
        if (grid == null || (uint)rank >= (uint)grid->Size)
        {
            return Raise(comm, grid == null ? error : MpiError.Rank);
        }

        int places = grid->Size;
        for (int i = 0; i < grid->Dimensions; i++)
        {
            places /= grid->Places[i];
            int at = rank / places;
            rank -= at * places;
            if (i < count)
            {
                coords[i] = at;
            }
        }

        return MpiError.Success;
    }

    /// <summary>MPI_Cart_shift: whom to receive from and to send to, so many places along a dimension.</summary>
    public MpiError CartShift(MpiComm comm, int direction, int displacement, int* source, int* dest)
    {
        *source = MpiConstants.ProcNull;
        *dest = MpiConstants.ProcNull;
        CommSlot* grid = FindGrid(comm, out MpiError error);
        if (grid == null || (uint)direction >= (uint)grid->Dimensions)
        {
            return Raise(comm, grid == null ? error : MpiError.Arg);
        }

        int* coords = (int*)_messages.Parts;
        _ = CartCoords(comm, grid->Rank, grid->Dimensions, coords);
        *dest = Grid.RankAt(grid, coords, direction, displacement);
        *source = Grid.RankAt(grid, coords, direction, -displacement);
        return MpiError.Success;
    }

    /// <summary>MPI_Cart_sub: grids of some of the dimensions.</summary>
    /// <param name="remain">By dimension, whether it stays: 0 or not.</param>
    public MpiError CartSub(MpiComm comm, int* remain, MpiComm* newComm)
    {
        *newComm = MpiComm.Null;
        CommSlot* grid = FindGrid(comm, out MpiError error);
        if (grid == null)
        {
            return Raise(comm, error);
        }

        int* coords = (int*)_messages.Parts;
        _ = CartCoords(comm, grid->Rank, grid->Dimensions, coords);
        int color = 0;
        int key = 0;
        for (int i = 0; i < grid->Dimensions; i++)
        {
            if (remain[i] != 0)
            {
                key = (key * grid->Places[i]) + coords[i];
            }
            else
            {
                color = (color * grid->Places[i]) + coords[i];
            }
        }

        error = CommSplit(comm, color, key, newComm);
        if (error != MpiError.Success)
        {
            return error;
        }

        CommSlot* part = _comms.Find(*newComm);
        part->IsCartesian = true;
        for (int i = 0; i < grid->Dimensions; i++)
        {
            if (remain[i] != 0)
            {
                part->Places[part->Dimensions] = grid->Places[i];
                part->Periods[part->Dimensions++] = grid->Periods[i];
            }
        }

        return MpiError.Success;
    }

    private CommSlot* FindGrid(MpiComm comm, out MpiError error)
    {
        CommSlot* place = _comms.Find(comm);
        error = place == null ? MpiError.Comm : place->IsCartesian ? MpiError.Success : MpiError.Topology;
        return error == MpiError.Success ? place : null;
    }
}
