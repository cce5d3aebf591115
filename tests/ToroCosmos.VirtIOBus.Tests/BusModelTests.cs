using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using ToroCosmos.VirtIOBus.Tests.Model;
using Xunit;

namespace ToroCosmos.VirtIOBus.Tests;

/// <summary>Random calls on a bus must end as the same calls on plain queues.</summary>
public sealed class BusModelTests
{
    private const int Cases = 100;
    private const int MaximumCommands = 400;

    [Theory]
    [InlineData(2, 16, BusChecks.Standard)]
    [InlineData(2, 512, BusChecks.Full)]
    [InlineData(3, 16, BusChecks.Standard)]
    [InlineData(3, 16, BusChecks.Full)]
    public void Any_calls_end_as_on_plain_queues(int cores, int bufferSize, BusChecks checks)
    {
        int received = 0;
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(Cases),
            Prop.ForAll(
                Arb.From(AnyCase(cores, bufferSize, checks), sample => sample.Simpler()),
                sample => { received += BusModel.Run(sample); }));

        // Else the calls would not say much.
        Assert.True(received > 5 * Cases, $"Only {received} messages were received.");
    }

    /// <summary>A case that fails is cut down to the calls that matter.</summary>
    [Fact]
    public void A_case_is_simplified_to_the_calls_that_matter()
    {
        static bool Fails(BusCase sample) => sample.Commands.Any(command =>
            command.Action == BusAction.Peek && sample.Commands.Any(other => other.Action == BusAction.Lend && other.Length >= 5));

        BusCase failing = AnyCase(3, 16, BusChecks.Standard).Sample(100, 1000).First(Fails);
        for (BusCase? simpler = failing; simpler != null; simpler = failing.Simpler().FirstOrDefault(Fails))
        {
            failing = simpler;
        }

        Assert.Equal(2, failing.Commands.Length);
        Assert.InRange(failing.Commands.Single(command => command.Action == BusAction.Lend).Length, 5, 9);
    }

    private static Gen<BusCase> AnyCase(int cores, int bufferSize, BusChecks checks)
    {
        Gen<BusAction> action = Gen.Frequency(
            (8, Gen.Constant(BusAction.Initialize)),
            (12, Gen.Constant(BusAction.Send)),
            (3, Gen.Constant(BusAction.Batch)),
            (4, Gen.Constant(BusAction.Broadcast)),
            (6, Gen.Constant(BusAction.Reserve)),
            (4, Gen.Constant(BusAction.Commit)),
            (6, Gen.Constant(BusAction.CommitMore)),
            (2, Gen.Constant(BusAction.CancelReserved)),
            (4, Gen.Constant(BusAction.Lend)),
            (2, Gen.Constant(BusAction.SendLarge)),
            (4, Gen.Constant(BusAction.AskForLoans)),
            (12, Gen.Constant(BusAction.Receive)),
            (3, Gen.Constant(BusAction.ReceiveIntoLittle)),
            (3, Gen.Constant(BusAction.ReceiveBatch)),
            (6, Gen.Constant(BusAction.ReceiveAny)),
            (6, Gen.Constant(BusAction.Peek)),
            (4, Gen.Constant(BusAction.Release)),
            (2, Gen.Constant(BusAction.CancelPeeked)));

        // Half of the cases are honest; in the others a link breaks now and then.
        Gen<BusAction> breaking = Gen.Frequency(
            (60, action),
            (1, Gen.Elements(BusAction.BreakAsSender, BusAction.BreakAsReceiver)));
        Gen<BusCommand> Command(Gen<BusAction> actions) =>
            from chosen in actions
            from core in Gen.Choose(0, cores - 1)
            from peer in Gen.Frequency((20, Gen.Choose(0, cores - 2).Select(other => other < core ? other : other + 1)), (1, Gen.Choose(-1, cores)))
            from length in Gen.Choose(0, bufferSize + 4)
            from form in Gen.Frequency((1, Gen.Constant(CallForm.Blocking)), (3, Gen.Constant(CallForm.Try)), (1, Gen.Constant(CallForm.Timed)))
            select new BusCommand(chosen, core, peer, length, form);
        return
            from sizeBits in Gen.Choose(1, 4)
            from isBreaking in Gen.Elements(false, true)
            from commands in Gen.Resize(Gen.ArrayOf(Command(isBreaking ? breaking : action)), MaximumCommands)
            select new BusCase(cores, 1 << sizeBits, bufferSize, checks, commands);
    }
}
