namespace ToroCosmos.VirtIOBus.Links;

/// <summary>
/// What one end of a link tells the other about itself, in a word that only it writes. It plays the part of the device
/// status field, which a queue in plain memory does not have.
/// <para>
/// The word is one of the states below, plus a generation, which counts the resets of the link from 0. A sender goes
/// first: the next generation in its word says that it has left all that were before and waits for that one. The
/// receiver follows it to there when it has initialized the queue anew. So in each generation the receiver alone writes
/// the queue before it says <see cref="Ready"/>. It follows to whichever generation the sender names: then two ends
/// that somebody else's writing has led apart meet again.
/// </para>
/// </summary>
internal static class EndState
{
    /// <summary>Of a receiver: the queue is not to be touched. Of a sender: it has nothing to tell.</summary>
    public const uint NotReady = 0;

    /// <summary>The queue is in use; only a receiver says so.</summary>
    public const uint Ready = 1;

    /// <summary>This end found a violation and is gone.</summary>
    public const uint Broken = 2;

    /// <summary>This end was closed.</summary>
    public const uint Closed = 3;

    private const uint StateMask = 0xFF;

    /// <summary>The state in a word, without its generation.</summary>
    public static uint Of(uint word) => word & StateMask;

    /// <summary>The generation in a word: a word itself, with <see cref="NotReady"/> for its state.</summary>
    public static uint GenerationOf(uint word) => word & ~StateMask;

    /// <summary>The generation that follows one; after the last comes the first.</summary>
    public static uint Next(uint generation) => generation + StateMask + 1;
}
