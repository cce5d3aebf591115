using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using ToroCosmos.Virtio.Fakes;
using ToroCosmos.Virtio.Queue;
using ToroCosmos.Virtio.Spec;
using Xunit;

namespace ToroCosmos.Virtio.Tests.Queue;

/// <summary>
/// Random commands on a queue with an honest device, and on plain lists, must agree command by command, for so long that the
/// free-running indices wrap around twice.
/// </summary>
public sealed class QueueModelTests
{
    private const int ChainsPerCase = (2 * 65_536) + 5_000;
    private const int RoundsBetween = 150;

    private enum Step
    {
        Add,
        AddLong,
        Publish,
        DeviceTakes,
        DeviceUses,
        DevicePuts,
        DevicePutsBatch,
        DeviceShows,
        DriverTakes,
        EnableInterrupts,
        SuppressInterrupts,
        RequestNotification,
        SuppressNotification,
    }

    [Theory]
    [MemberData(nameof(Rings.All), MemberType = typeof(Rings))]
    public void Any_sequence_of_commands_agrees_with_plain_lists_across_two_wraps(VirtioFeatures features)
    {
        bool isPacked = (features & VirtioFeatures.RingPacked) != 0;
        Gen<Command> command =
            from step in Gen.Frequency(
                (5, Gen.Constant(Step.Add)),
                (1, Gen.Constant(Step.AddLong)),
                (4, Gen.Constant(Step.Publish)),
                (4, Gen.Constant(Step.DeviceTakes)),
                (4, Gen.Elements(Step.DeviceUses, Step.DevicePuts, Step.DevicePutsBatch, Step.DeviceShows)),
                (4, Gen.Constant(Step.DriverTakes)),
                (2, Gen.Elements(Step.EnableInterrupts, Step.SuppressInterrupts, Step.RequestNotification, Step.SuppressNotification)))
            from times in Gen.Choose(1, 12)
            select new Command(step, times);
        Gen<Case> cases =
            from size in isPacked ? Gen.Choose(1, 40) : Gen.Choose(0, 6).Select(bits => 1 << bits)
            from indirect in Gen.Elements(0, 2, 5)
            from commands in Gen.ArrayOf(command).Where(commands => commands.Length > 0)
            select new Case(size, indirect, commands);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2), Prop.ForAll(Arb.From(cases, Simpler), sample => Run(sample, features)));
    }

    private static IEnumerable<Case> Simpler(Case sample)
    {
        for (int i = 0; i < sample.Commands.Length && sample.Commands.Length > 1; i++)
        {
            yield return sample with { Commands = [.. sample.Commands.Where((_, at) => at != i)] };
        }
    }

    private static void Run(Case sample, VirtioFeatures features)
    {
        using PlayedQueue queue = new(sample.Size, features, sample.Indirect);
        QueueModel model = new(sample.Size, features, sample.Indirect);
        for (int round = 0; model.Taken < ChainsPerCase; round++)
        {
            Assert.True(round < 20 * (ChainsPerCase / RoundsBetween), $"{sample} comes to rest: {model.Outstanding} outstanding, {queue.Device.Held.Count} held.");
            foreach (Command command in sample.Commands)
            {
                for (int i = 0; i < command.Times; i++)
                {
                    Do(queue, model, command.Step);
                }
            }

            // Commands that leave one of the parts out come to rest, and others go on slowly: whole rounds bring the indices on.
            for (int i = 0; i < RoundsBetween; i++)
            {
                Do(queue, model, Step.Add);
                Do(queue, model, Step.Publish);
                Do(queue, model, Step.DeviceTakes);
                Do(queue, model, Step.DeviceUses);
                Do(queue, model, Step.DeviceShows);
                Do(queue, model, Step.DriverTakes);
            }
        }

        Assert.Equal(QueueFault.None, queue.Driver.Fault);
    }

    private static void Do(PlayedQueue queue, QueueModel model, Step step)
    {
        switch (step)
        {
            case Step.Add or Step.AddLong:
                // The next one has another shape, also when this one is refused.
                int shape = model.NextShape();
                int buffers = step == Step.AddLong ? Math.Min(model.Size, 12) : 1 + (shape % 5);
                int readable = shape % 3 % buffers;
                QueueStatus status = queue.AddOnly(model.NextToken, readable, buffers - readable);
                Require(model.Add(readable, buffers - readable) == status, "whether a chain is added");
                break;
            case Step.Publish:
                bool mustNotify = queue.Driver.Publish();
                Require(model.Publish(mustNotify), "whether the device is notified");
                break;
            case Step.DeviceTakes:
                FakeRequest? request = queue.Device.Take();
                Require(model.DeviceTakes(request), "which chain the device takes");
                break;
            case Step.DeviceUses or Step.DevicePuts when queue.Device.Held.Count > 0:
                int which = model.ChooseHeld();
                FakeRequest used = queue.Device.Held[which];
                uint written = model.Use(which);
                queue.Device.Put(used, written);
                if (step == Step.DeviceUses)
                {
                    Show(queue, model);
                }

                break;
            case Step.DevicePutsBatch when queue.Device.Held.Count > 0 && model.IsInOrder:
                List<FakeRequest> batch = [.. queue.Device.Held.Take(1 + model.ChooseHeldAny())];
                queue.Device.PutBatch(batch, model.UseBatch(batch.Count));
                break;
            case Step.DeviceShows:
                Show(queue, model);
                break;
            case Step.DriverTakes:
                Require(model.HasNews == queue.Driver.HasNews(), "whether there is news");
                Require(model.DriverTakes() == queue.Take(), "which chain comes back");
                break;
            case Step.EnableInterrupts:
                Require(model.EnableInterrupts() == queue.Driver.TryEnableInterrupts(), "whether there is something already");
                break;
            case Step.SuppressInterrupts:
                queue.Driver.SuppressInterrupts();
                model.SuppressInterrupts();
                break;
            case Step.RequestNotification:
                queue.Device.RequestNotification();
                model.RequestNotification();
                break;
            case Step.SuppressNotification:
                queue.Device.SuppressNotifications();
                model.SuppressNotifications();
                break;
        }

        Require(model.Outstanding == queue.Driver.Outstanding && model.FreeDescriptors == queue.Driver.FreeDescriptors, "what is outstanding");
    }

    private static void Show(PlayedQueue queue, QueueModel model)
    {
        int before = queue.Device.Interrupts;
        queue.Device.Show();
        Require(model.Show(queue.Device.Interrupts != before), "whether the driver is interrupted");
    }

    private static void Require(bool isAsInTheModel, string what)
    {
        if (!isAsInTheModel)
        {
            Assert.Fail($"The model says otherwise: {what}.");
        }
    }

    private sealed record Command(Step Step, int Times);

    private sealed record Case(int Size, int Indirect, Command[] Commands)
    {
        public override string ToString() =>
            $"Queue of {Size}, tables of {Indirect}, {string.Join(", ", Commands.Select(command => $"{command.Times} × {command.Step}"))}";
    }
}
