using System.Linq;
using System.Reflection;
using ToroCosmos.Interleaving.Tests.Exploration;
using ToroCosmos.Smp.Waiting;
using ToroCosmos.VirtIOBus;
using ToroCosmos.VirtIOBus.Links;
using ToroCosmos.Virtio.Queue;
using Xunit;

namespace ToroCosmos.Interleaving.Tests;

/// <summary>The explored machine orders memory as x86 does, shown by the usual litmus tests.</summary>
public sealed unsafe class MachineTests
{
    [Fact]
    public void A_load_passes_an_earlier_store() =>
        Assert.StartsWith("both loads", Explore(StoreThenLoad, PlantedFault.NoLitmusFence), System.StringComparison.Ordinal);

    [Fact]
    public void A_load_does_not_pass_a_fence() => Assert.Null(Explore(StoreThenLoad, PlantedFault.None));

    [Fact]
    public void Stores_are_seen_in_order() => Assert.Null(Explore(TwoStores, PlantedFault.None));

    [Fact]
    public void A_load_sees_an_own_store_to_a_part_of_its_field() => Assert.Null(Explore(StoreToAPart, PlantedFault.None));

    [Fact]
    public void Of_two_exchanges_one_is_the_first() => Assert.Null(Explore(Exchange, PlantedFault.None));

    [Fact]
    public void A_store_is_seen_before_an_exchange_behind_it() => Assert.Null(Explore(StoreThenExchange, PlantedFault.None));

    [Fact]
    public void A_store_past_the_seam_is_noticed() =>
        Assert.Contains("past the seam", Explore(StorePastTheSeam, PlantedFault.None), System.StringComparison.Ordinal);

    /// <summary>The explorer keeps a core's private part of the bus's memory; of its objects it keeps one field.</summary>
    [Fact]
    public void The_objects_of_an_endpoint_and_of_a_wait_set_change_in_nothing_but_whose_turn_it_is()
    {
        // Sources are added before the exploration, and a loan is watched for within a step.
        string[] setUp = ["<Count>k__BackingField", "<Tag>k__BackingField"];
        foreach (System.Type type in (System.Type[])[typeof(BusEndpoint), typeof(Waiter), typeof(WaitSet), typeof(WaitSource), typeof(CoreSignal), typeof(MessageSource), typeof(RoomSource), typeof(AnyMessageSource)])
        {
            Assert.All(
                type.GetFields(BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public),
                field => Assert.True(field.IsInitOnly || field.IsLiteral || field.Name == "_first" || setUp.Contains(field.Name), $"{type.Name}.{field.Name} can change"));
        }
    }

    /// <summary>Each core writes its word, then reads the other's: with total store order both can read the old value.</summary>
    private static CoreProgram StoreThenLoad(BusMemory memory, int core)
    {
        Link* mine = memory.Links.Find(core, 1 - core);
        Link* other = memory.Links.Find(1 - core, core);
        return new CoreProgram(1, (_, _) =>
        {
            RingMemory.Store(&mine->SenderState, 1u);
            RingMemory.Fence();
            uint read = RingMemory.Load(&other->SenderState);

            // What was read, plus one; the other core sees it or still 0.
            RingMemory.Store(&mine->ReceiverState, read + 1);
            Assert.False(read == 0 && RingMemory.Load(&other->ReceiverState) == 1, "both loads passed the stores");
        });
    }

    private static CoreProgram TwoStores(BusMemory memory, int core)
    {
        Link* link = memory.Links.Find(0, 1);
        return new CoreProgram(1, (_, _) =>
        {
            if (core == 0)
            {
                RingMemory.Store(&link->SenderState, 1u);
                RingMemory.Store(&link->ReceiverState, 1u);
            }
            else if (RingMemory.Load(&link->ReceiverState) == 1)
            {
                Assert.Equal(1u, RingMemory.Load(&link->SenderState));
            }
        });
    }

    private static CoreProgram StoreToAPart(BusMemory memory, int core)
    {
        Link* link = memory.Links.Find(core, 1 - core);
        return new CoreProgram(1, (_, _) =>
        {
            RingMemory.Store(&link->SenderState, 0x11223344u);
            Volatile.Write(ref *((byte*)&link->SenderState + 1), 0);
            Assert.Equal(0x11220044u, RingMemory.Load(&link->SenderState));
        });
    }

    private static CoreProgram Exchange(BusMemory memory, int core)
    {
        Link* link = memory.Links.Find(0, 1);
        return new CoreProgram(2, (_, step) =>
        {
            uint other = (uint)(2 - core);
            if (step == 0)
            {
                uint before = CoreRun.Current!.Exchange(&link->SenderState, (uint)(1 + core), "");
                Assert.True(before == 0 || before == other);
                memory.NotesOf(core)[0] = (int)before;
                RingMemory.Store(core == 0 ? &link->ReceiverState : &memory.Links.Find(1, 0)->ReceiverState, before + 1);
            }
            else
            {
                // What the other one found, plus one; 0 while it is not known.
                uint found = RingMemory.Load(core == 1 ? &link->ReceiverState : &memory.Links.Find(1, 0)->ReceiverState);
                Assert.True(found == 0 || (found == 1) == (memory.NotesOf(core)[0] != 0), "both were the first, or none");
            }
        });
    }

    /// <summary>As <see cref="StoreThenLoad"/>, with an exchange in place of the fence.</summary>
    private static CoreProgram StoreThenExchange(BusMemory memory, int core)
    {
        Link* mine = memory.Links.Find(core, 1 - core);
        Link* other = memory.Links.Find(1 - core, core);
        return new CoreProgram(1, (_, _) =>
        {
            RingMemory.Store(&mine->SenderState, 1u);
            CoreRun.Current!.Exchange((uint*)memory.Lent + core, 1, "");
            uint read = RingMemory.Load(&other->SenderState);
            RingMemory.Store(&mine->ReceiverState, read + 1);
            Assert.False(read == 0 && RingMemory.Load(&other->ReceiverState) == 1, "both loads passed the stores");
        });
    }

    private static CoreProgram StorePastTheSeam(BusMemory memory, int core)
    {
        Link* link = memory.Links.Find(0, 1);
        return new CoreProgram(1, (_, _) => link->SenderState = (uint)core);
    }

    private static string? Explore(System.Func<BusMemory, int, CoreProgram> program, PlantedFault fault)
    {
        using BusMemory memory = new(cores: 2, queueSize: 2, Message.MaximumBytes, WaitLengths.Default);
        CoreSteps[] programs =
            [.. Enumerable.Range(0, 2).Select(core => program(memory, core).On(memory.Bus.Endpoint(core)))];
        return Explorer.Explore(memory, programs, fault).Violation;
    }
}
