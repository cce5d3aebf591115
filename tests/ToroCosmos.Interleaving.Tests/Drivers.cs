using System;
using ToroCosmos.Interleaving.Tests.Exploration;
using ToroCosmos.Memory;
using ToroCosmos.Virtio.Fakes;
using ToroCosmos.Virtio.Queue;
using ToroCosmos.Virtio.Spec;
using Xunit;

namespace ToroCosmos.Interleaving.Tests;

/// <summary>
/// A driver that sleeps until an interrupt when it has nothing to do, and a device that sleeps until a notification.
/// </summary>
/// <param name="Size">How many descriptors the queue has.</param>
/// <param name="Features">The features that were negotiated.</param>
/// <param name="Batches">How often the driver adds and takes.</param>
internal sealed record Drivers(int Size, VirtioFeatures Features, int Batches)
{
    private const int Driver = 0;
    private const int Device = 1;

    /// <summary>Chains before the exploration, so that the indices wrap around in it.</summary>
    private const int Earlier = 65_534;

    /// <summary>How many chains the driver adds and publishes at a time.</summary>
    public int PerBatch { get; init; } = 1;

    /// <summary>What the driver must do and a faulty one does not: look again when it has asked for an interrupt.</summary>
    public bool LooksAgain { get; init; } = true;

    /// <summary>The same of the device.</summary>
    public bool DeviceLooksAgain { get; init; } = true;

    public PlantedFault Fault { get; init; }

    public ExplorationResult Explore()
    {
        using DeviceMemory memory = new(Size, Features);
        BufferChain chain = new(2);
        for (int i = 0; i < Earlier; i++)
        {
            Add(memory, chain, i);
            memory.Driver.Publish();
            Serve(memory, memory.Device.Take()!);
            Assert.Equal(QueueStatus.Ok, memory.Driver.TryTake(out _, out _));
        }

        return Explorer.Explore(
            memory,
            [
                new CoreSteps(2 * Batches, step => Drive(memory, chain, step / 2, isAdding: step % 2 == 0)),
                new CoreSteps(Batches * PerBatch, _ => ServeNext(memory)),
            ],
            Fault);
    }

    private void Drive(DeviceMemory memory, BufferChain chain, int batch, bool isAdding)
    {
        if (isAdding)
        {
            for (int i = 0; i < PerBatch; i++)
            {
                Add(memory, chain, Earlier + (batch * PerBatch) + i);
            }

            if (memory.Driver.Publish())
            {
                CoreRun.Current!.Wake(Device);
            }

            return;
        }

        // This device uses chains in their order.
        memory.Driver.SuppressInterrupts();
        for (int taken = 0; taken < PerBatch;)
        {
            QueueStatus status = memory.Driver.TryTake(out nuint token, out uint bytes);
            if (status == QueueStatus.Ok)
            {
                int number = Earlier + (batch * PerBatch) + taken++;
                Assert.Equal(((nuint)number, (uint)sizeof(uint)), (token, bytes));
                Assert.Equal(Answer(number), Load(AnswerTo(memory, number)));
            }
            else if (memory.Driver.TryEnableInterrupts() || !LooksAgain)
            {
                Assert.Equal(QueueStatus.Empty, status);
                CoreRun.Current!.Sleep(isTimed: false);
            }
        }
    }

    private void ServeNext(DeviceMemory memory)
    {
        memory.Device.SuppressNotifications();
        FakeRequest? request = memory.Device.Take();
        while (request is null)
        {
            memory.Device.RequestNotification();
            request = DeviceLooksAgain ? memory.Device.Take() : null;
            if (request is null)
            {
                CoreRun.Current!.Sleep(isTimed: false);
                request = memory.Device.Take();
            }
        }

        int before = memory.Device.Interrupts;
        Serve(memory, request);
        if (memory.Device.Interrupts != before)
        {
            CoreRun.Current!.Wake(Driver);
        }
    }

    private static void Add(DeviceMemory memory, BufferChain chain, int number)
    {
        DmaMemory question = memory.Words[2 * (number % memory.Driver.Size)];
        Store(question, (uint)number);
        chain.Clear();
        chain.AddReadable(question);
        chain.AddWritable(AnswerTo(memory, number));
        Assert.Equal(QueueStatus.Ok, memory.Driver.TryAdd(chain, (nuint)number));
    }

    private static DmaMemory AnswerTo(DeviceMemory memory, int number) => memory.Words[(2 * (number % memory.Driver.Size)) + 1];

    private static void Serve(DeviceMemory memory, FakeRequest request)
    {
        uint question = Load(request.Readable[0]);
        Store(request.Writable[0], Answer((int)question));
        memory.Device.Use(request, sizeof(uint));
    }

    private static uint Answer(int question) => 3 * (uint)question;

    private static unsafe uint Load(DmaMemory word) => RingMemory.Load((uint*)word.Start);

    private static unsafe void Store(DmaMemory word, uint value) => RingMemory.Store((uint*)word.Start, value);
}
