using System;
using System.Collections.Generic;

namespace ToroCosmos.Benchmarking;

/// <summary>What is measured between two cores over any subject.</summary>
/// <param name="second">The other core.</param>
public sealed class PairMeasurements(SecondCore second)
{
    /// <summary>What is measured of every subject: <see cref="OneWay"/> and <see cref="Stream"/>.</summary>
    /// <param name="subject">Its name, from which the rows have theirs.</param>
    /// <param name="bytes">The length of a message.</param>
    /// <param name="there">From this core to the second.</param>
    /// <param name="back">From the second core to this one.</param>
    public IEnumerable<Measurement> Of<TPipe>(string subject, int bytes, TPipe there, TPipe back)
        where TPipe : struct, IPipe =>
        [OneWay(subject + "-oneway", bytes, there, back), Stream(subject + "-stream", bytes, there)];

    /// <summary>The time of a message from core to core: half a round trip.</summary>
    /// <param name="name">The row's name.</param>
    /// <param name="bytes">The length of a message.</param>
    /// <param name="there">From this core to the second.</param>
    /// <param name="back">From the second core to this one.</param>
    public Measurement OneWay<TPipe>(string name, int bytes, TPipe there, TPipe back)
        where TPipe : struct, IPipe
    {
        byte[] sent = Pattern(bytes);
        byte[] received = new byte[bytes];
        byte[] atSecond = new byte[bytes];
        return new Measurement(name, bytes, Metric.Nanoseconds, PerRound: 2, batches =>
        {
            Array.Clear(received);
            second.Run(() => Return(there, back, atSecond, batches.AllRounds));
            batches.Time(rounds => Serve(there, back, sent, received, rounds));
            second.Join();
            ThrowUnlessSame(name, sent, received);
        });
    }

    /// <summary>
    /// Messages from this core to the second, as many as it takes: the sender's pace, which is the receiver's too, because
    /// a queue holds far less than a batch.
    /// </summary>
    /// <param name="name">The row's name.</param>
    /// <param name="bytes">The length of a message.</param>
    /// <param name="there">From this core to the second.</param>
    /// <param name="together">How many messages the pipe is given at a time.</param>
    public Measurement Stream<TPipe>(string name, int bytes, TPipe there, int together = 1)
        where TPipe : struct, IPipe
    {
        byte[] sent = Pattern(bytes * together);
        byte[] received = new byte[bytes * together];
        return new Measurement(name, bytes, Metric.MillionMessagesPerSecond, together, batches =>
        {
            Array.Clear(received);
            second.Run(() => ReceiveAll(there, received, batches.AllRounds));
            batches.Time(rounds => SendAll(there, sent, rounds));
            second.Join();
            ThrowUnlessSame(name, sent, received);
        });
    }

    private static void Serve<TPipe>(TPipe there, TPipe back, byte[] sent, byte[] received, int rounds)
        where TPipe : struct, IPipe
    {
        for (int i = 0; i < rounds; i++)
        {
            there.Send(sent);
            back.Receive(received);
        }
    }

    private static void Return<TPipe>(TPipe there, TPipe back, byte[] buffer, int rounds)
        where TPipe : struct, IPipe
    {
        for (int i = 0; i < rounds; i++)
        {
            there.Receive(buffer);
            back.Send(buffer);
        }
    }

    private static void SendAll<TPipe>(TPipe there, byte[] message, int rounds)
        where TPipe : struct, IPipe
    {
        for (int i = 0; i < rounds; i++)
        {
            there.Send(message);
        }
    }

    private static void ReceiveAll<TPipe>(TPipe there, byte[] buffer, int rounds)
        where TPipe : struct, IPipe
    {
        for (int i = 0; i < rounds; i++)
        {
            there.Receive(buffer);
        }
    }

    private static byte[] Pattern(int bytes)
    {
        byte[] pattern = new byte[bytes];
        for (int i = 0; i < bytes; i++)
        {
            pattern[i] = (byte)((i * 7) + 1);
        }

        return pattern;
    }

    /// <summary>How fast a subject is does not matter when it loses what it carries.</summary>
    private static void ThrowUnlessSame(string name, byte[] sent, byte[] received)
    {
        if (!sent.AsSpan().SequenceEqual(received))
        {
            throw new InvalidOperationException(name + ": what arrived is not what was sent.");
        }
    }
}
