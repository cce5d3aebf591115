namespace ToroCosmos.Mpi.Spec;

/// <summary>The standard's constants, with the numbers of its ABI (MPI 5.0, 20).</summary>
public static unsafe class MpiConstants
{
    /// <summary>Whichever rank has sent.</summary>
    public const int AnySource = -1;

    /// <summary>Whichever tag the message has.</summary>
    public const int AnyTag = -2;

    /// <summary>The rank of nobody: what is sent there is gone, what is received from there is empty.</summary>
    public const int ProcNull = -3;

    /// <summary>No value: no colour, not a member of the group, no whole number of elements.</summary>
    public const int Undefined = -32766;

    /// <summary>The largest tag.</summary>
    public const int TagUpperBound = 0x3FFF_FFFF;

    /// <summary>What a message in the buffered mode takes of the attached buffer besides its own length.</summary>
    public const int BsendOverhead = 64;

    /// <summary>The attribute of the largest tag.</summary>
    public const int TagUbKeyval = 501;

    /// <summary>The attribute that says whether all ranks have one clock.</summary>
    public const int WtimeIsGlobalKeyval = 504;

    /// <summary>The attribute of the number of processes there can be.</summary>
    public const int UniverseSizeKeyval = 507;

    /// <summary>No key.</summary>
    public const int KeyvalInvalid = 0;

    /// <summary>In place of a buffer: the data lie where the result goes.</summary>
    public static byte* InPlace => (byte*)1;
}
