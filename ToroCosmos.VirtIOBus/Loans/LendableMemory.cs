namespace ToroCosmos.VirtIOBus.Loans;

/// <summary>
/// Which memory cores may lend to each other. A receiver asks before it reads what a sender refers to, for a reference
/// to memory that does not exist would fault.
/// </summary>
public abstract unsafe class LendableMemory
{
    /// <summary>Whether a stretch can be read by every core. Called on receiving cores: it must not allocate.</summary>
    /// <param name="memory">Any address, also an invalid one.</param>
    /// <param name="bytes">Its length; the stretch may reach beyond the end of the address space.</param>
    public abstract bool Contains(byte* memory, uint bytes);
}
