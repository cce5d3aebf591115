using System;

namespace ToroCosmos.Virtio.Fakes;

/// <summary>A driver did what no driver may; the message has what, and the clause of VirtIO 1.2.</summary>
public sealed class DriverException(string message) : Exception(message);
