using ToroCosmos.Mpi.Communicators;
using ToroCosmos.Mpi.Datatypes;
using ToroCosmos.Mpi.Memory;
using ToroCosmos.Mpi.Messages;
using ToroCosmos.Mpi.Reductions;

namespace ToroCosmos.Mpi.Engine;

/// <summary>Where the pools of a process lie.</summary>
internal readonly unsafe struct ProcessMemory
{
    /// <summary>How many operations can be made.</summary>
    public const int Operations = 64;

    /// <summary>Lays the pools out from the region's next byte on.</summary>
    /// <param name="region">Memory; or none, to count.</param>
    /// <param name="options">The sizes.</param>
    /// <param name="ranks">How many processes there are.</param>
    /// <param name="packetBytes">The longest message of the bus.</param>
    public ProcessMemory(ref Region region, MpiOptions options, int ranks, int packetBytes)
    {
        Requests = (RequestSlot*)region.Take((nuint)options.Requests * (nuint)sizeof(RequestSlot));
        Unexpected = (UnexpectedSlot*)region.Take((nuint)options.UnexpectedMessages * (nuint)sizeof(UnexpectedSlot));
        UnexpectedData = region.Take((nuint)options.UnexpectedMessages * (nuint)packetBytes);
        Parts = region.Take((nuint)packetBytes);
        PendingTo = (int*)region.Take((nuint)ranks * sizeof(int));
        Gone = (int*)region.Take((nuint)ranks * sizeof(int));
        Comms = (CommSlot*)region.Take((nuint)options.Communicators * (nuint)sizeof(CommSlot));
        CommRanks = (int*)region.Take((nuint)options.Communicators * (nuint)CommTable.NumbersFor(ranks) * sizeof(int));
        Groups = (GroupSlot*)region.Take((nuint)options.Groups * (nuint)sizeof(GroupSlot));
        GroupCores = (int*)region.Take((nuint)options.Groups * (nuint)ranks * sizeof(int));
        Types = (TypeSlot*)region.Take((nuint)(BasicTypes.Count + options.Datatypes) * (nuint)sizeof(TypeSlot));
        Runs = region.Take((nuint)options.DatatypeBytes);
        Ops = (UserOperation*)region.Take(Operations * (nuint)sizeof(UserOperation));
        KeyvalSlots = (KeyvalSlot*)region.Take(AttributeTable.Keyvals * (nuint)sizeof(KeyvalSlot));
        AttributeSlots = (AttributeSlot*)region.Take(AttributeTable.Attributes * (nuint)sizeof(AttributeSlot));
        Errhandlers = (nint*)region.Take(ErrhandlerTable.Capacity * (nuint)sizeof(nint));
        InfoEntries = (InfoEntry*)region.Take(InfoTable.Entries * (nuint)sizeof(InfoEntry));
        InfoText = region.Take(InfoTable.Entries * (InfoEntry.KeyBytes + InfoEntry.ValueBytes));
        Scratch = region.Take((nuint)options.ScratchBytes);
    }

    public RequestSlot* Requests { get; }

    public UnexpectedSlot* Unexpected { get; }

    public byte* UnexpectedData { get; }

    public byte* Parts { get; }

    public int* PendingTo { get; }

    public int* Gone { get; }

    public CommSlot* Comms { get; }

    public int* CommRanks { get; }

    public GroupSlot* Groups { get; }

    public int* GroupCores { get; }

    public TypeSlot* Types { get; }

    public byte* Runs { get; }

    public UserOperation* Ops { get; }

    public KeyvalSlot* KeyvalSlots { get; }

    public AttributeSlot* AttributeSlots { get; }

    public nint* Errhandlers { get; }

    public InfoEntry* InfoEntries { get; }

    public byte* InfoText { get; }

    public byte* Scratch { get; }
}
