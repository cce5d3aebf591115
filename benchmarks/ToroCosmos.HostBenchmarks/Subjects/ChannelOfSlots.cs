using System.Threading.Channels;

namespace ToroCosmos.HostBenchmarks.Subjects;

/// <summary>A channel with one writer and one reader, by its calls that do not wait.</summary>
internal readonly struct ChannelOfSlots : ISlotQueue
{
    private readonly ChannelWriter<ulong> _writer;
    private readonly ChannelReader<ulong> _reader;

    private ChannelOfSlots(Channel<ulong> channel)
    {
        _writer = channel.Writer;
        _reader = channel.Reader;
    }

    public static ChannelOfSlots Bounded(int size) =>
        new(Channel.CreateBounded<ulong>(new BoundedChannelOptions(size) { SingleReader = true, SingleWriter = true }));

    public static ChannelOfSlots Unbounded() =>
        new(Channel.CreateUnbounded<ulong>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true }));

    public bool TryEnqueue(ulong item) => _writer.TryWrite(item);

    public bool TryDequeue(out ulong item) => _reader.TryRead(out item);
}
