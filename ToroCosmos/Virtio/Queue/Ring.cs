namespace ToroCosmos.Virtio.Queue;

/// <summary>
/// What the split and the packed ring have in common: the driver's own record of its chains, and whether the device broke
/// the rules. <see cref="Virtqueue"/> calls a ring only while it works, and has what each member means.
/// </summary>
internal abstract class Ring
{
    /// <summary>Makes a ring whose chains take slots of their own.</summary>
    protected Ring(int slots) => Chains = new ChainTable(slots);

    /// <summary>The driver's own record.</summary>
    public ChainTable Chains { get; }

    /// <summary>The first violation.</summary>
    public QueueFault Fault { get; private set; }

    /// <summary>How many descriptors are free.</summary>
    public abstract int FreeDescriptors { get; }

    /// <summary>See <see cref="Virtqueue.NotificationPosition"/>.</summary>
    public abstract ushort NotificationPosition { get; }

    /// <summary>Adds a chain that a queue of this size can have.</summary>
    public abstract QueueStatus TryAdd(BufferChain buffers, nuint token);

    /// <summary>Makes what was added available; there is some.</summary>
    public abstract bool Publish();

    /// <summary>Takes a used chain.</summary>
    public abstract QueueStatus TryTake(out nuint token, out uint bytes);

    /// <summary>Whether <see cref="TryTake"/> has something to tell.</summary>
    public abstract bool HasNews();

    /// <summary>Asks for an interrupt at the next chain to take. A fence must follow, and another look.</summary>
    public abstract void RequestInterrupt();

    /// <summary>Asks for no interrupt.</summary>
    public abstract void SuppressInterrupts();

    /// <summary>Makes it empty and writes all of its memory.</summary>
    public virtual void Reset()
    {
        Chains.Clear();
        Fault = QueueFault.None;
    }

    /// <summary>Notes a violation; the first one stays.</summary>
    public QueueStatus Break(QueueFault fault)
    {
        if (Fault == QueueFault.None)
        {
            Fault = fault;
        }

        return QueueStatus.Broken;
    }
}
