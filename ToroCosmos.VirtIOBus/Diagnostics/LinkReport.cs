using ToroCosmos.VirtIOBus.Links;

namespace ToroCosmos.VirtIOBus.Diagnostics;

/// <summary>
/// What is known of the link from one core to another. <see cref="QueueConditionNames.Name"/> puts a condition in words.
/// </summary>
/// <param name="State">The link as a whole.</param>
/// <param name="SenderCondition">
/// What the sender found; not initialized until it looks at the queue for the first time, to send.
/// </param>
/// <param name="ReceiverCondition">What the receiver found.</param>
public readonly record struct LinkReport(
    LinkState State, QueueCondition SenderCondition, QueueCondition ReceiverCondition);
