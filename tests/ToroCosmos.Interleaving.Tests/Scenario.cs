using System;
using ToroCosmos.Interleaving.Tests.Exploration;
using ToroCosmos.Smp;

namespace ToroCosmos.Interleaving.Tests;

/// <summary>Two cores that exchange messages, on a bus of small queues whose indices are about to wrap around.</summary>
internal sealed record Scenario
{
    /// <summary>Messages before the exploration: so many that the indices wrap around in it.</summary>
    private const int Earlier = 65_534;

    private static readonly WaitLengths s_sleepAtOnce = new(0, 0);

    public required int QueueSize { get; init; }

    public required CoreProgram Core0 { get; init; }

    public required CoreProgram Core1 { get; init; }

    public WaitLengths Waiting { get; init; } = s_sleepAtOnce;

    /// <summary>What is done to the bus before both cores start.</summary>
    public Action<BusMemory>? Prepare { get; init; }

    public PlantedFault Fault { get; init; }

    /// <summary>Core 0 sends messages to core 1.</summary>
    public static Scenario OneWay(int queueSize, int messages) => new()
    {
        QueueSize = queueSize,
        Core0 = new CoreProgram(messages, (end, step) => Message.Send(end, 1, step)),
        Core1 = ReceiveAll(messages),
    };

    /// <summary>As <see cref="OneWay"/>, but core 0 has filled the queue already.</summary>
    public static Scenario FromFull(int queueSize, int messages) => OneWay(queueSize, messages) with
    {
        Core0 = new CoreProgram(messages - queueSize, (end, step) => Message.Send(end, 1, queueSize + step)),
        Prepare = memory => Fill(memory, queueSize),
    };

    /// <summary>Core 0 sends messages in pairs, core 1 sends each back.</summary>
    public static Scenario BothWays(int queueSize, int pairs) => new()
    {
        QueueSize = queueSize,
        Core0 = new CoreProgram(4 * pairs, (end, step) =>
        {
            int number = (step / 4 * 2) + (step % 2);
            if (step % 4 < 2)
            {
                Message.Send(end, 1, number);
            }
            else
            {
                Message.Receive(end, 1, number);
            }
        }),
        Core1 = new CoreProgram(4 * pairs, (end, step) =>
        {
            if (step % 2 == 0)
            {
                Message.Receive(end, 0, step / 2);
            }
            else
            {
                Message.Send(end, 0, step / 2);
            }
        }),
    };

    /// <summary>Receives messages in order, and none after them.</summary>
    public static CoreProgram ReceiveAll(int messages) => new(messages + 1, (end, step) =>
    {
        if (step < messages)
        {
            Message.Receive(end, 0, step);
        }
        else
        {
            Message.ExpectNone(end, 0);
        }
    });

    /// <summary>Core 0 sends as many messages as the queue holds, numbered from 0.</summary>
    public static void Fill(BusMemory memory, int queueSize)
    {
        for (int i = 0; i < queueSize; i++)
        {
            Message.Send(memory.Bus.Endpoint(0), 1, i);
        }
    }

    public ExplorationResult Explore()
    {
        using BusMemory memory = new(QueueSize, Message.Bytes, Waiting);
        for (int core = 0; core < BusMemory.Cores; core++)
        {
            memory.Bus.Endpoint(core).InitializeQueues();
        }

        for (int i = 0; i < Earlier; i++)
        {
            Message.Send(memory.Bus.Endpoint(0), 1, i);
            Message.Receive(memory.Bus.Endpoint(1), 0, i);
            Message.Send(memory.Bus.Endpoint(1), 0, i);
            Message.Receive(memory.Bus.Endpoint(0), 1, i);
        }

        Prepare?.Invoke(memory);
        return Explorer.Explore(memory, [Core0, Core1], Fault);
    }
}
