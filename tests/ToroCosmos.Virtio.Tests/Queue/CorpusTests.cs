using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using ToroCosmos.Virtio.Fakes;
using ToroCosmos.Virtio.Queue;
using Xunit;

namespace ToroCosmos.Virtio.Tests.Queue;

/// <summary>What the fuzzer has thought of so far (docs/virtio-conformance.md, Fuzzing), played again.</summary>
public sealed class CorpusTests
{
    private static readonly byte[][] s_corpus = [.. HostileCorpus.Read(Path.Combine(AppContext.BaseDirectory, "Queue", "corpus.txt"))];

    [Fact]
    public void No_input_of_the_corpus_makes_the_queue_do_what_it_must_not()
    {
        foreach (byte[] input in s_corpus)
        {
            Exception? failure = Record.Exception(() => HostileRun.Of(input));
            Assert.True(failure is null, $"{Convert.ToHexString(input)}: {failure?.Message}");
        }
    }

    [Fact]
    public void The_corpus_meets_every_fault_that_a_device_can_be_at()
    {
        HashSet<QueueFault> met = [.. s_corpus.Select(input => HostileRun.Of(input).Fault)];
        Assert.Equal(Enum.GetValues<QueueFault>().Where(fault => fault != QueueFault.WrongAnswer), met.Order());
        Assert.Contains(s_corpus, input => HostileRun.Of(input).Taken > 2);
    }

    [Fact]
    public void An_input_without_bytes_plays_nothing() => Assert.Equal(QueueFault.None, HostileRun.Of([]).Fault);
}
