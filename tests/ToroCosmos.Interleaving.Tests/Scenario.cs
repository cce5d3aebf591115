using System;
using System.Linq;
using ToroCosmos.Interleaving.Tests.Exploration;
using ToroCosmos.Smp;
using ToroCosmos.Smp.Waiting;
using ToroCosmos.VirtIOBus;

namespace ToroCosmos.Interleaving.Tests;

/// <summary>Cores that exchange messages, on a bus of small queues whose indices are about to wrap around.</summary>
internal sealed record Scenario
{
    /// <summary>Messages before the exploration: so many that the indices wrap around in it.</summary>
    private const int Earlier = 65_534;

    private static readonly WaitLengths s_sleepAtOnce = new(0, 0);

    public required int QueueSize { get; init; }

    public required CoreProgram Core0 { get; init; }

    public required CoreProgram Core1 { get; init; }

    /// <summary>Null on a machine of two cores.</summary>
    public CoreProgram? Core2 { get; init; }

    public int Cores => Core2 == null ? 2 : 3;

    /// <summary>The longest message that is copied.</summary>
    public int BufferSize { get; init; } = Message.MaximumBytes;

    public WaitLengths Waiting { get; init; } = s_sleepAtOnce;

    /// <summary>What is done to the bus before both cores start.</summary>
    public Action<BusMemory>? Prepare { get; init; }

    /// <summary>Whether a timer has a core that sleeps look again.</summary>
    public bool HasLooks { get; init; }

    public PlantedFault Fault { get; init; }

    /// <summary>Core 0 sends messages to core 1.</summary>
    public static Scenario OneWay(int queueSize, int messages) => new()
    {
        QueueSize = queueSize,
        Core0 = new CoreProgram(messages, (end, step) => Message.Send(end, 1, step)),
        Core1 = ReceiveAll(messages),
    };

    /// <summary>As <see cref="OneWay"/>, with messages of which some are long.</summary>
    public static Scenario LongOneWay(int queueSize, int messages) => OneWay(queueSize, messages) with
    {
        BufferSize = Message.MaximumLongBytes,
        Core0 = new CoreProgram(messages, (end, step) => Message.Send(end, 1, Message.Long + step)),
        Core1 = ReceiveAll(messages, Message.Long),
    };

    /// <summary>As <see cref="OneWay"/>, but core 0 has filled the queue already.</summary>
    public static Scenario FromFull(int queueSize, int messages) => OneWay(queueSize, messages) with
    {
        Core0 = new CoreProgram(messages - queueSize, (end, step) => Message.Send(end, 1, queueSize + step)),
        Prepare = memory => Fill(memory, queueSize),
    };

    /// <summary>As <see cref="LongOneWay"/>, but core 0 has filled the queue already.</summary>
    public static Scenario LongFromFull(int queueSize, int messages) => LongOneWay(queueSize, messages) with
    {
        Core0 = new CoreProgram(messages - queueSize, (end, step) => Message.Send(end, 1, Message.Long + queueSize + step)),
        Prepare = memory => Fill(memory, queueSize, Message.Long),
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
    public static CoreProgram ReceiveAll(int messages, int first = 0) => new(messages + 1, (end, step) =>
    {
        if (step < messages)
        {
            Message.Receive(end, 0, first + step);
        }
        else
        {
            Message.ExpectNone(end, 0);
        }
    });

    /// <summary>Core 0 sends as many messages as the queue holds.</summary>
    public static void Fill(BusMemory memory, int queueSize, int first = 0)
    {
        for (int i = 0; i < queueSize; i++)
        {
            Message.Send(memory.Bus.Endpoint(0), 1, first + i);
        }
    }

    /// <param name="isReduced">As for <see cref="Explorer"/>.</param>
    public ExplorationResult Explore(bool isReduced = true)
    {
        using BusMemory memory = new(Cores, QueueSize, BufferSize, Waiting, HasLooks);
        for (int core = 0; core < Cores; core++)
        {
            memory.Bus.Endpoint(core).InitializeQueues();
        }

        for (int i = 0; i < Earlier; i++)
        {
            SendAround(memory.Bus, i);
        }

        Prepare?.Invoke(memory);
        CoreProgram[] programs = Core2 == null ? [Core0, Core1] : [Core0, Core1, Core2];
        CoreSteps[] steps = [.. programs.Select((program, core) => program.On(memory.Bus.Endpoint(core)))];
        return Explorer.Explore(memory, steps, Fault, isReduced);
    }

    private static void SendAround(MessageBus bus, int number)
    {
        for (int sender = 0; sender < bus.Cores; sender++)
        {
            for (int receiver = 0; receiver < bus.Cores; receiver++)
            {
                if (receiver != sender)
                {
                    Message.Send(bus.Endpoint(sender), receiver, number);
                    Message.Receive(bus.Endpoint(receiver), sender, number);
                }
            }
        }
    }
}
