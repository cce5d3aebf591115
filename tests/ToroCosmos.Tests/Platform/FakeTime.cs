using System;
using System.Collections.Generic;
using ToroCosmos.Platform;

namespace ToroCosmos.Tests.Platform;

/// <summary>
/// Time that passes only as it is read: a clock, and a counter that counts down beside it. Each read takes some time, and
/// some reads are followed by a stop of the processor.
/// </summary>
internal sealed class FakeTime
{
    private readonly Dictionary<int, double> _stopsAfterRead = [];
    private double _seconds = 0.123;
    private int _reads;

    public double ClockHertz { get; init; } = 100e6;

    public double CounterHertz { get; init; } = IntervalTimer.Hertz;

    public uint Mask { get; init; } = ushort.MaxValue;

    public double SecondsPerRead { get; init; } = 1e-6;

    /// <summary>Whether the counter stands still while the processor is stopped, as the clock never does.</summary>
    public bool CounterStops { get; init; }

    public double CounterStopsForEverAt { get; init; } = double.MaxValue;

    /// <summary>How often the time was read.</summary>
    public int Reads => _reads;

    private double CounterSeconds { get; set; } = 0.123;

    /// <summary>Stops the processor after a read, the first one being 1.</summary>
    public FakeTime Stop(int afterRead, double seconds)
    {
        _stopsAfterRead[afterRead] = seconds;
        return this;
    }

    public MeasuredRate Measure(uint leastCounts, ulong leastTicks) =>
        RateMeasurement.Measure(new Reader(this), leastCounts, leastTicks);

    private ulong ReadClock()
    {
        ulong value = (ulong)(_seconds * ClockHertz);
        Pass();
        return value;
    }

    private uint ReadCount()
    {
        ulong counted = (ulong)(Math.Min(CounterSeconds, CounterStopsForEverAt) * CounterHertz);
        Pass();
        return (uint)(0x1234_5678_9ABC - counted) & Mask;
    }

    private void Pass()
    {
        _reads++;
        double stop = _stopsAfterRead.GetValueOrDefault(_reads);
        _seconds += SecondsPerRead + stop;
        CounterSeconds += SecondsPerRead + (CounterStops ? 0 : stop);
    }

    private readonly struct Reader(FakeTime time) : ITimedCounter
    {
        public uint Mask => time.Mask;

        public uint ReadCount() => time.ReadCount();

        public ulong ReadClock() => time.ReadClock();
    }
}
