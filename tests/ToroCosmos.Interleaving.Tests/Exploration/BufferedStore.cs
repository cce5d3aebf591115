namespace ToroCosmos.Interleaving.Tests.Exploration;

/// <summary>A store that waits in a core's store buffer.</summary>
internal readonly record struct BufferedStore(int Offset, int Bytes, ulong Value);
